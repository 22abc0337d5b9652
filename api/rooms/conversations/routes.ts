import type { RenderedPreview, TurnResult } from '../../app.ts'
import type { Flow } from '../../chat/flow.ts'
import type { Content, Inbound } from '../../chat/inbound.ts'
import type { Message } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { lngLat } from '../../core/geo.ts'
import { createRoute, json, jsonBody, newRouter, problems } from '../../http/kit.ts'
import { openForm, revealForms, sendForm } from './form.ts'
import { lookEveryMs } from './policy.ts'
import {
  ChatAnswer,
  ChatInput,
  OpenedForm,
  OpenFormInput,
  PreviewAnswer,
  PreviewInput,
  PushedHeaders,
  PushedMessages,
  PushedQuery,
  SendFormInput,
  SentForm,
} from './schema.ts'
import { listPushed, webChatKey } from './service.ts'

type Options = {
  turn: (ctx: Ctx, inbound: Inbound) => Promise<TurnResult>
  preview: (messages: readonly Message[]) => readonly RenderedPreview[]
  /** Those with a form can be filled in on the page for long input. */
  flows: readonly Flow[]
}

/** A person types at most this fast; photos come in bursts. */
const TURNS_A_MINUTE = 40
/** Of one address; many phones of one carrier share it. */
const FORMS_A_MINUTE = 120
const tags = ['chat']

const send = createRoute({
  method: 'post',
  path: '/chat',
  operationId: 'sendChatMessage',
  summary: 'Send one message of a person and get the answers to it',
  tags,
  request: { body: jsonBody(ChatInput) },
  responses: {
    200: json(ChatAnswer, 'The answers; for a repeated id the same ones again'),
    ...problems(
      'http.invalid_input',
      'chat.conversation_invalid',
      'http.idempotency_mismatch',
      'http.rate_limited',
    ),
  },
})

const pushed = createRoute({
  method: 'get',
  path: '/chat/messages',
  operationId: 'listPushedChatMessages',
  summary:
    'Messages that came without being asked for, such as steps of a case; may wait for the next',
  tags,
  request: { query: PushedQuery, headers: PushedHeaders },
  responses: {
    200: json(PushedMessages, 'New messages, oldest first, and where to go on'),
    ...problems('http.invalid_input', 'chat.conversation_invalid'),
  },
})

const FORM_PROBLEMS = [
  'http.invalid_input',
  'http.rate_limited',
  'chat.form_unknown',
  'chat.form_expired',
  'chat.form_closed',
] as const

const open = createRoute({
  method: 'post',
  path: '/chat/form/open',
  operationId: 'openChatForm',
  summary: 'What the page for long input shows; opening does not use up its link',
  tags,
  request: { body: jsonBody(OpenFormInput) },
  responses: {
    200: json(OpenedForm, 'The answers so far, or what was answered once it was sent'),
    ...problems(...FORM_PROBLEMS),
  },
})

const sendLong = createRoute({
  method: 'post',
  path: '/chat/form',
  operationId: 'sendChatForm',
  summary: 'Send the page for long input, once; the confirmation comes in the chat too',
  tags,
  request: { body: jsonBody(SendFormInput) },
  responses: {
    200: json(SentForm, 'The answers; sent again, the same ones'),
    ...problems(...FORM_PROBLEMS, 'identity.consent_stale', 'files.not_found'),
  },
})

const preview = createRoute({
  method: 'post',
  path: '/chat/preview',
  operationId: 'previewChatMessages',
  summary: 'How the same messages look on every channel',
  tags,
  request: { body: jsonBody(PreviewInput) },
  responses: {
    200: json(PreviewAnswer, 'Rendered calls a channel'),
    ...problems('http.invalid_input'),
  },
})

/** `turn` and `preview` are wired by the host, because this side knows no bot. */
export function conversationRoutes(options: Options) {
  let waiting = 0
  const flows = new Map(options.flows.map((flow) => [flow.id, flow]))
  const limitForms = async (ctx: Ctx, remote: string) => {
    const allowed = await ctx.ports.limits.take(`chat-form:${remote}`, FORMS_A_MINUTE, 60)
    if (allowed.ok) return
    throw new AppError('http.rate_limited', { retryAfterSeconds: allowed.retryAfterSeconds })
  }
  return newRouter()
    .openapi(send, async (c) => {
      const { ctx } = c.var
      const input = c.req.valid('json')
      const chatKey = await webChatKey(input.conversation)
      const allowed = await ctx.ports.limits.take(`chat:${chatKey}`, TURNS_A_MINUTE, 60)
      if (!allowed.ok) {
        const { retryAfterSeconds } = allowed
        throw new AppError('http.rate_limited', { retryAfterSeconds })
      }
      const { messages } = await options.turn(ctx, {
        channel: 'web',
        chatKey,
        // Two clients may count their messages alike; the key is theirs only together with the chat.
        eventId: `${chatKey}:${input.id}`,
        content: toContent(input),
        language: input.language ?? ctx.language,
      })
      return c.json({ messages: (await revealForms(ctx, messages)).map(toWire) }, 200)
    })
    .openapi(pushed, async (c) => {
      const { ctx } = c.var
      const { after, waitSeconds } = c.req.valid('query')
      const chatKey = await webChatKey(c.req.valid('header')['x-loa-conversation'])
      const gone = c.req.raw.signal
      let found = await listPushed(ctx, { chatKey, after })
      waiting += 1
      try {
        for (let leftMs = waitSeconds * 1_000; leftMs > 0 && found.messages.length === 0; ) {
          const ms = Math.min(leftMs, lookEveryMs(waiting))
          await pause(ms, gone)
          if (gone.aborted) break
          leftMs -= ms
          found = await listPushed(ctx, { chatKey, after })
        }
      } finally {
        waiting -= 1
      }
      const messages = found.messages.map((row) => ({ ...row, message: toWire(row.message) }))
      return c.json({ messages, cursor: found.cursor }, 200)
    })
    .openapi(open, async (c) => {
      const { ctx, remote } = c.var
      await limitForms(ctx, remote)
      const opened = await openForm(ctx, c.req.valid('json').token, flows)
      return c.json(
        opened.state === 'open' ? opened : { ...opened, messages: opened.messages.map(toWire) },
        200,
      )
    })
    .openapi(sendLong, async (c) => {
      const { ctx, remote } = c.var
      await limitForms(ctx, remote)
      const { messages, isRepeat } = await sendForm(
        ctx,
        definedOf(c.req.valid('json')),
        options.turn,
      )
      return c.json({ messages: messages.map(toWire), isRepeat }, 200)
    })
    .openapi(preview, async (c) => {
      const { messages } = c.req.valid('json')
      const channels = options.preview(messages).map(({ channel, calls, dropped }) => ({
        channel,
        calls: [...calls],
        dropped: [...dropped],
      }))
      return c.json({ channels }, 200)
    })
}

export type ConversationClient = ReturnType<typeof conversationRoutes>

/** Fields in a fixed order: the body's hash is taken over them. */
function toContent(input: ChatInput): Content {
  const { text, choice, media, location, start } = input
  if (media !== undefined) {
    return { kind: 'photo', mediaIds: media, ...(text === undefined ? {} : { caption: text }) }
  }
  if (choice !== undefined) return { kind: 'choice', id: choice }
  if (location !== undefined) {
    const at = lngLat(location.lng, location.lat)
    if (at === undefined) return { kind: 'unsupported', what: 'location' }
    const { label } = location
    return { kind: 'location', at, ...(label === undefined ? {} : { label }) }
  }
  if (start !== undefined) return { kind: 'start', ...(start === '' ? {} : { payload: start }) }
  return { kind: 'text', text: text ?? '' }
}

/** The neutral message as JSON arrays (the model's are read-only). */
export const toWire = ({ parts, choices, want }: Message) => ({
  parts: parts.map((part) => (part.kind === 'fields' ? { ...part, rows: [...part.rows] } : part)),
  ...(choices === undefined ? {} : { choices: [...choices] }),
  ...(want === undefined ? {} : { want }),
})

/** Waits, or until the client has gone. */
const pause = (ms: number, gone: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      gone.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    gone.addEventListener('abort', done)
    if (gone.aborted) done()
  })

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Without the keys whose value is undefined. */
const definedOf = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Defined<T>
