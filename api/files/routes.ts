import { sha256Hex } from '../core/ids.ts'
import { createRoute, json, newRouter, problems, z } from '../http/kit.ts'
import { type FindCaseScope, getReadableMedia } from './access.ts'
import { readBytes, shownOf } from './service.ts'
import { uploadMedia } from './upload.ts'

const Conversation = z.object({
  'x-loa-conversation': z
    .string()
    .regex(/^[\w-]{22,128}$/)
    .optional()
    .openapi({ description: 'Secret of the web chat that the photo belongs to' }),
})

const Uploaded = z
  .object({
    mediaId: z.uuid(),
    widthPx: z.number().int(),
    heightPx: z.number().int(),
    taken: z
      .object({
        at: z.iso.datetime().optional(),
        lng: z.number().optional(),
        lat: z.number().optional(),
      })
      .optional(),
    uploadSecret: z.string().optional(),
  })
  .openapi('UploadedMedia')

const upload = createRoute({
  method: 'post',
  path: '/media',
  operationId: 'uploadMedia',
  tags: ['media'],
  summary: 'Upload a photo',
  description:
    'JPEG, PNG or WebP up to 10 MB. It is stored without metadata and stays private until an official publishes it; ' +
    'what it said of time and place comes back once. Uploads that nothing refers to go after 24 hours.',
  request: {
    headers: Conversation,
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({
            file: z.instanceof(File).openapi({ type: 'string', format: 'binary' }),
          }),
        },
      },
    },
  },
  responses: {
    201: json(Uploaded, 'Stored'),
    ...problems(
      'http.bad_request',
      'http.invalid_input',
      'http.csrf',
      'files.too_large',
      'files.not_an_image',
      'files.heic',
      'files.storage_off',
    ),
  },
})

const binary = { schema: z.string().openapi({ format: 'binary' }) }

const read = createRoute({
  method: 'get',
  path: '/media/{id}',
  operationId: 'getMedia',
  tags: ['media'],
  summary: 'Read a photo',
  description:
    'A published photo is for everybody; any other only for its uploader and officials of its case, and looks missing ' +
    'to all others.',
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({
      size: z.enum(['full', 'thumb']).default('full'),
      rendition: z
        .enum(['public', 'original'])
        .default('public')
        .describe('`original`: with the parts that were covered, for officials of the case alone'),
    }),
    headers: Conversation,
  },
  responses: {
    200: {
      description: 'The picture',
      content: { 'image/jpeg': binary, 'image/png': binary, 'image/webp': binary },
    },
    304: { description: 'Unchanged (If-None-Match)' },
    ...problems('files.not_found', 'files.storage_off', 'http.invalid_input'),
  },
})

const keyOf = async (secret: string | undefined): Promise<string | undefined> =>
  secret === undefined ? undefined : sha256Hex(secret)

/** Upload and reading of photos; `findCaseScope` comes from the room of cases. */
export function mediaRoutes(findCaseScope: FindCaseScope) {
  return newRouter()
    .openapi(upload, async (c) => {
      const { file } = c.req.valid('form')
      const conversationKey = await keyOf(c.req.valid('header')['x-loa-conversation'])
      const bytes = new Uint8Array(await file.arrayBuffer())
      return c.json(await uploadMedia(c.var.ctx, { bytes, conversationKey }), 201)
    })
    .openapi(read, async (c) => {
      const ctx = c.var.ctx
      const { size, rendition } = c.req.valid('query')
      const conversationKey = await keyOf(c.req.valid('header')['x-loa-conversation'])
      const { id } = c.req.valid('param')
      const wanted = { mediaId: id, conversationKey, rendition }
      const row = await getReadableMedia(ctx, wanted, findCaseScope)
      const isPublic = row.publishedAt !== null && rendition === 'public'
      const headers = {
        ETag: `"${shownOf(row, rendition).sha256.slice(0, 32)}-${size}"`,
        'Cache-Control': isPublic ? 'public, max-age=3600' : 'private, no-store',
        ...(isPublic ? { 'Cross-Origin-Resource-Policy': 'cross-origin' } : {}),
        Vary: 'Cookie, Authorization, X-Loa-Conversation',
      }
      if (c.req.header('if-none-match') === headers.ETag) return c.body(null, 304, headers)
      const { bytes, contentType } = await readBytes(ctx, row, size, rendition)
      return c.body(new Uint8Array(bytes), 200, {
        ...headers,
        'Content-Type': contentType,
        'Content-Disposition': 'inline',
      })
    })
}

export type MediaClient = ReturnType<typeof mediaRoutes>
