import type { TurnResult } from '../../app.ts'
import { readState } from '../../chat/engine.ts'
import type { Flow, FormView } from '../../chat/flow.ts'
import type { FormFields, Inbound } from '../../chat/inbound.ts'
import type { Message } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { sha256Hex } from '../../core/ids.ts'
import { audit } from '../../db/audit.ts'
import { inTransaction } from '../../db/transaction.ts'
import { claimMedia, type MediaRef } from '../../files/index.ts'
import { consentTextView, currentConsentText } from '../identity/index.ts'
import {
  type ConversationRow,
  deleteForms,
  type FormRow,
  findConversationById,
  findEventAnswer,
  insertForm,
  lockForm,
  saveFormUsed,
} from './store.ts'

/** Long enough to write a long text, short enough for a link that lies in a chat. */
const FORM_MINUTES = 30
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** A token is the id (a UUID) and the start of its signature, each 32 hex digits: 128 bits that nobody can guess. */
const HALF = 32
const TOKEN = /^[0-9a-f]{64}$/
const PURPOSE = 'chat-form'

/** Stands for the link in stored messages: the secret is put in only on its way out. */
const pendingPrefix = ({ settings }: Pick<Ctx, 'settings'>) => `${settings.publicUrl}/#/viet/id-`

/** The link of a form that does not exist yet, as messages hold it. */
export const pendingFormUrl = (ctx: Pick<Ctx, 'settings'>, id: string): string =>
  `${pendingPrefix(ctx)}${id}`

export const hasLink = (messages: readonly Message[], url: string): boolean =>
  messages.some(({ parts }) => parts.some((part) => part.kind === 'link' && part.url === url))

async function tokenOf(ctx: Ctx, id: string): Promise<string> {
  const hex = id.replaceAll('-', '')
  return hex + (await ctx.ports.sign(PURPOSE, hex)).slice(0, HALF)
}

/** The id in a token that we made; undefined for any other. */
async function readToken(ctx: Ctx, token: string): Promise<string | undefined> {
  if (!TOKEN.test(token)) return undefined
  const hex = token.slice(0, HALF)
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  // Hashes are compared: how far they agree tells nothing about the token.
  const [given, ours] = await Promise.all([sha256Hex(token), sha256Hex(await tokenOf(ctx, id))])
  return given === ours ? id : undefined
}

/** The same messages with working links, for their way out to the person. */
export async function revealForms(ctx: Ctx, messages: readonly Message[]): Promise<Message[]> {
  const prefix = pendingPrefix(ctx)
  return Promise.all(
    messages.map(async (message) => {
      const isPlain = message.parts.every(
        (part) => part.kind !== 'link' || !part.url.startsWith(prefix),
      )
      if (isPlain) return message
      const parts = await Promise.all(
        message.parts.map(async (part) => {
          if (part.kind !== 'link' || !part.url.startsWith(prefix)) return part
          const token = await tokenOf(ctx, part.url.slice(prefix.length))
          return { ...part, url: `${ctx.settings.publicUrl}/#/viet/${token}` }
        }),
      )
      return { ...message, parts }
    }),
  )
}

/** Makes a form's link good, in the turn's transaction. */
export const issueForm = (ctx: Ctx, form: { id: string; conversationId: string }): Promise<void> =>
  insertForm(ctx.db, {
    ...form,
    createdAt: ctx.now(),
    expiresAt: new Date(ctx.now().getTime() + FORM_MINUTES * MINUTE_MS),
  })

/** The row of a token, locked. Throws `chat.form_unknown`, `chat.form_expired`. */
async function getForm(tx: Ctx, token: string): Promise<FormRow> {
  const id = await readToken(tx, token)
  const form = id === undefined ? undefined : await lockForm(tx.db, id)
  if (form === undefined) throw new AppError('chat.form_unknown')
  if (Date.parse(form.expiresAt) <= tx.now().getTime()) throw new AppError('chat.form_expired')
  return form
}

const eventIdOf = (form: FormRow): string => `form:${form.id}`

/** What was answered when this form was sent; undefined while it was not. */
async function findAnswer(tx: Ctx, form: FormRow, chat: ConversationRow) {
  if (form.usedAt === null) return undefined
  const { channel } = chat
  return findEventAnswer(tx.db, { channel, eventId: eventIdOf(form) })
}

export type OpenedForm =
  | {
      state: 'open'
      expiresAt: string
      view: Omit<FormView, 'consentVersion'>
      /** The text to agree to; null when this chat agreed to it. */
      consent: { version: number; body: string } | null
    }
  | { state: 'sent'; messages: readonly Message[] }

/**
 * What the page shows; opening spends nothing. Whoever holds the token may. Throws `chat.form_unknown`,
 * `chat.form_expired`, and `chat.form_closed` when its flow ended in the chat.
 */
export async function openForm(
  ctx: Ctx,
  token: string,
  flows: ReadonlyMap<string, Flow>,
): Promise<OpenedForm> {
  return inTransaction(ctx, async (tx) => {
    const form = await getForm(tx, token)
    const chat = await findConversationById(tx.db, form.conversationId)
    const answered = await findAnswer(tx, form, chat)
    if (answered !== undefined) return { state: 'sent', messages: answered }
    const state = readState(chat.state)
    const flow = flows.get(state?.flow ?? '')
    if (state === null || flow?.form === undefined || flow.version !== state.version)
      throw new AppError('chat.form_closed')
    const { consentVersion, ...view } = flow.form.view(state.data)
    const text = await currentConsentText(tx.db, 'report')
    const { version, body } = consentTextView(text, tx.language)
    const consent = consentVersion === version ? null : { version, body }
    return { state: 'open', expiresAt: form.expiresAt, view, consent }
  })
}

/**
 * Sends the page's answers as one turn of its chat: the confirmation comes there, and to the page. Sent again it
 * answers the same. What the use-case refuses is thrown and leaves the link unspent. Errors as for `openForm`.
 */
export async function sendForm(
  ctx: Ctx,
  input: { token: string; media: readonly MediaRef[] } & Omit<FormFields, 'mediaIds'>,
  turn: (ctx: Ctx, inbound: Inbound) => Promise<TurnResult>,
): Promise<TurnResult> {
  const { token, media, ...fields } = input
  return inTransaction(ctx, async (tx) => {
    const form = await getForm(tx, token)
    const chat = await findConversationById(tx.db, form.conversationId)
    const answered = await findAnswer(tx, form, chat)
    if (answered !== undefined) return { messages: answered, isRepeat: true }
    const { channel, chatKey } = chat
    await claimMedia(tx, { media, conversationKey: chatKey })
    const result = await turn(tx, {
      channel: channel as Inbound['channel'],
      chatKey,
      eventId: eventIdOf(form),
      content: { kind: 'form', fields: { ...fields, mediaIds: media.map((m) => m.mediaId) } },
    })
    await saveFormUsed(tx.db, form.id, tx.now())
    await audit(tx, {
      action: 'conversations.form_sent',
      subjectKind: 'conversation',
      subjectId: chat.id,
      data: { formId: form.id, channel },
    })
    return result
  })
}

/** Daily: forgets links that ended a day ago; how many. */
export const purgeForms = (ctx: Ctx): Promise<number> =>
  deleteForms(ctx.db, new Date(ctx.now().getTime() - DAY_MS))
