import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { drawingSvg } from './data/drawings.ts'
import {
  DRAWINGS,
  LessonAnswer,
  LessonCard,
  LessonDesk,
  LessonQuery,
  LessonVersion,
  LessonView,
  PublishDraft,
  SaveDraft,
} from './schema.ts'
import {
  listForEditor,
  previewVersion,
  publishLesson,
  readVersions,
  saveLessonDraft,
} from './service/edit.ts'
import { answerQuestion, listLessons, readLesson } from './service/read.ts'

const tags = ['guides']
const id = z.object({ id: z.string().max(40) })
const idAndVersion = id.extend({ version: z.coerce.number().int() })
const denied = ['http.unauthenticated', 'http.forbidden', 'http.invalid_input'] as const
/** Questions of one address; a whole family behind one carrier's address still gets its answers. */
const SEARCHES = { hits: 120, seconds: 60 }
const DRAWING_AGE_SECONDS = 86_400

async function takeLimit(ctx: Ctx, remote: string): Promise<void> {
  const taken = await ctx.ports.limits.take(
    `guides.search:${remote}`,
    SEARCHES.hits,
    SEARCHES.seconds,
  )
  if (!taken.ok)
    throw new AppError('http.rate_limited', { retryAfterSeconds: taken.retryAfterSeconds })
}

const list = createRoute({
  method: 'get',
  path: '/lessons',
  operationId: 'listLessons',
  summary: 'Published lessons, in the order in which they are offered',
  tags,
  responses: { 200: json(z.object({ lessons: z.array(LessonCard) }), 'Lessons') },
})

const search = createRoute({
  method: 'post',
  path: '/lessons/search',
  operationId: 'searchLessons',
  summary:
    'Which lessons a question in plain words means; the question goes in the body and is kept nowhere',
  tags,
  request: { body: jsonBody(LessonQuery) },
  responses: {
    200: json(LessonAnswer, 'What was found, and how sure that is'),
    ...problems('http.invalid_input', 'http.rate_limited'),
  },
})

const one = createRoute({
  method: 'get',
  path: '/lessons/{id}',
  operationId: 'readLesson',
  summary: 'One published lesson',
  tags,
  request: { params: id },
  responses: { 200: json(LessonView, 'The lesson'), ...problems('guides.not_found') },
})

const drawing = createRoute({
  method: 'get',
  path: '/lesson-drawings/{name}',
  operationId: 'readLessonDrawing',
  summary: 'The drawing of a step',
  tags,
  request: { params: z.object({ name: z.enum(DRAWINGS) }) },
  responses: {
    200: { description: 'SVG', content: { 'image/svg+xml': { schema: z.string() } } },
    ...problems('http.invalid_input'),
  },
})

const desk = createRoute({
  method: 'get',
  path: '/console/lessons',
  operationId: 'listLessonsForEditor',
  summary: 'The newest version of every lesson, drafts too',
  tags: ['console'],
  responses: {
    200: json(LessonDesk, 'Newest versions, and the drawings there are'),
    ...problems(...denied),
  },
})

const versions = createRoute({
  method: 'get',
  path: '/console/lessons/{id}/versions',
  operationId: 'readLessonVersions',
  summary: 'All versions of one lesson, newest first',
  tags: ['console'],
  request: { params: id },
  responses: {
    200: json(z.object({ versions: z.array(LessonVersion) }), 'Versions'),
    ...problems(...denied, 'guides.not_found'),
  },
})

const preview = createRoute({
  method: 'get',
  path: '/console/lessons/{id}/versions/{version}',
  operationId: 'previewLesson',
  summary: 'One version as readers would see it',
  tags: ['console'],
  request: { params: idAndVersion },
  responses: { 200: json(LessonView, 'The lesson'), ...problems(...denied, 'guides.not_found') },
})

const draft = createRoute({
  method: 'post',
  path: '/console/lessons',
  operationId: 'saveLessonDraft',
  summary: 'Saves a draft of a lesson, new or of the newest version; nobody else sees it',
  tags: ['console'],
  request: { body: jsonBody(SaveDraft) },
  responses: {
    200: json(z.object({ version: z.int() }), 'The version of the draft'),
    ...problems(...denied, 'http.conflict'),
  },
})

const publish = createRoute({
  method: 'post',
  path: '/console/lessons/{id}/publish',
  operationId: 'publishLesson',
  summary: 'Shows the draft instead of what was shown, as read through today',
  tags: ['console'],
  request: { params: id, body: jsonBody(PublishDraft) },
  responses: {
    204: { description: 'Published, or so already' },
    ...problems(...denied, 'guides.not_found', 'guides.nothing_to_publish', 'http.conflict'),
  },
})

export const guideRoutes = () =>
  newRouter()
    .openapi(list, async (c) => c.json({ lessons: await listLessons(c.var.ctx) }, 200))
    .openapi(search, async (c) => {
      await takeLimit(c.var.ctx, c.var.remote)
      return c.json(await answerQuestion(c.var.ctx, c.req.valid('json')), 200)
    })
    .openapi(one, async (c) => c.json(await readLesson(c.var.ctx, c.req.valid('param').id), 200))
    .openapi(drawing, (c) =>
      c.body(drawingSvg(c.req.valid('param').name), 200, {
        'content-type': 'image/svg+xml',
        'cache-control': `public, max-age=${DRAWING_AGE_SECONDS}`,
      }),
    )
    .openapi(desk, async (c) => c.json(await listForEditor(c.var.ctx), 200))
    .openapi(versions, async (c) =>
      c.json({ versions: await readVersions(c.var.ctx, c.req.valid('param').id) }, 200),
    )
    .openapi(preview, async (c) =>
      c.json(await previewVersion(c.var.ctx, c.req.valid('param')), 200),
    )
    .openapi(draft, async (c) => c.json(await saveLessonDraft(c.var.ctx, c.req.valid('json')), 200))
    .openapi(publish, async (c) => {
      const { id: lessonId } = c.req.valid('param')
      await publishLesson(c.var.ctx, { id: lessonId, ...c.req.valid('json') })
      return c.body(null, 204)
    })
