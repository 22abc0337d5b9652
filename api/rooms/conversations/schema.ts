import { z } from 'zod'
import { clean } from '../../core/text.ts'

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

export const ChatMessage = z
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

/** What the page for long input takes; as much as a report may have. */
const MAX_LONG_TEXT = 4_000
const MAX_PLACE_WORDS = 200
const FORM_PHOTOS = 5

const FormToken = z.string().max(200).describe('What stands behind `#/viet/` in the link')

export const OpenFormInput = z.object({ token: FormToken })

export const OpenedForm = z
  .discriminatedUnion('state', [
    z.object({
      state: z.literal('open'),
      expiresAt: z.string(),
      view: z.object({
        description: z.string(),
        category: z.string().nullable(),
        place: z.object({ label: z.string(), words: z.string() }).nullable(),
        photoCount: z.number().int(),
        photosLeft: z.number().int(),
      }),
      consent: z.object({ version: z.number().int(), body: z.string() }).nullable(),
    }),
    z.object({ state: z.literal('sent'), messages: z.array(ChatMessage) }),
  ])
  .meta({ id: 'OpenedChatForm' })
export type OpenedForm = z.infer<typeof OpenedForm>

export const SendFormInput = z.object({
  token: FormToken,
  description: z
    .string()
    .max(4 * MAX_LONG_TEXT)
    .transform(clean)
    .pipe(z.string().max(MAX_LONG_TEXT).regex(/\p{L}/u)),
  category: z.string().max(40).optional(),
  place: z.string().max(MAX_PLACE_WORDS).optional(),
  media: z
    .array(z.object({ mediaId: z.uuid(), uploadSecret: z.string().max(100).optional() }))
    .max(FORM_PHOTOS)
    .default([]),
  consentVersion: z.number().int().positive().optional(),
})
export type SendFormInput = z.input<typeof SendFormInput>

export const SentForm = z
  .object({
    messages: z.array(ChatMessage).describe('The same that went to the chat'),
    isRepeat: z.boolean().describe('This link was used before; the answer is the one of then'),
  })
  .meta({ id: 'SentChatForm' })

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
