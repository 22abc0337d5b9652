import { z } from 'zod'

/** Longer texts belong into the form; bounds the work of one turn. */
const MAX_TEXT = 8_000
const MAX_PHOTOS = 10
/** Longest held request; proxies usually cut at 30 s. */
const MAX_WAIT_SECONDS = 25
const MAX_PREVIEW = 20

/** The client's own random secret; at least 128 bits in base64url. */
export const CONVERSATION_SECRET = /^[A-Za-z0-9_-]{22,128}$/

/** One message of a person from the web chat. `text` beside `media` is their caption. */
export const ChatInput = z
  .object({
    conversation: z.string().describe('Random secret made by the client, 22–128 url-safe signs'),
    id: z
      .string()
      .regex(/^[\w.:-]{1,64}$/)
      .describe("The client's own id of this message; repeated, it gets the same answer"),
    text: z.string().max(MAX_TEXT).optional(),
    choice: z.string().min(1).max(200).optional().describe('`id` of a choice of a message'),
    media: z.array(z.uuid()).min(1).max(MAX_PHOTOS).optional(),
    location: z
      .object({
        lat: z.number().min(-90).max(90),
        lng: z.number().min(-180).max(180),
        label: z.string().max(200).optional(),
      })
      .optional(),
    start: z.string().max(64).optional().describe('Opens the chat; may carry a payload of a link'),
    language: z.enum(['vi', 'en']).optional(),
  })
  .refine(
    ({ text, choice, media, location, start }) =>
      [media ?? text, choice, location, start].filter((given) => given !== undefined).length === 1,
    { message: 'exactly one of text, choice, media, location, start', path: ['text'] },
  )
export type ChatInput = z.output<typeof ChatInput>

const Part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({
    kind: z.literal('fields'),
    title: z.string(),
    rows: z.array(z.object({ label: z.string(), value: z.string() })),
  }),
  z.object({
    kind: z.literal('image'),
    mediaId: z.string(),
    url: z.string(),
    alt: z.string(),
  }),
  z.object({ kind: z.literal('link'), label: z.string(), url: z.string() }),
])

const ChatMessage = z
  .object({
    parts: z.array(Part),
    choices: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
    want: z.enum(['photo', 'location', 'phone']).optional(),
  })
  .meta({ id: 'ChatMessage' })

export const ChatAnswer = z.object({ messages: z.array(ChatMessage) }).meta({ id: 'ChatAnswer' })

export const PushedQuery = z.object({
  after: z.string().max(8_000).optional().describe('`cursor` of the former answer'),
  waitSeconds: z.coerce.number().int().min(0).max(MAX_WAIT_SECONDS).default(0),
})

export const PushedHeaders = z.object({ 'x-loa-conversation': z.string() })

export const PushedMessages = z
  .object({
    messages: z.array(z.object({ id: z.string(), at: z.string(), message: ChatMessage })),
    cursor: z.string(),
  })
  .meta({ id: 'PushedMessages' })

export const PreviewInput = z.object({ messages: z.array(ChatMessage).max(MAX_PREVIEW) })

export const PreviewAnswer = z
  .object({
    channels: z.array(
      z.object({
        channel: z.string(),
        calls: z.array(z.unknown()),
        dropped: z.array(z.string()).describe('What the channel cannot show natively'),
      }),
    ),
  })
  .meta({ id: 'ChatPreview' })
