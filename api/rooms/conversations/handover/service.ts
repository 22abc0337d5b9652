import { say } from '../../../chat/message.ts'
import { toPlainText } from '../../../chat/plain-text.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { formatDateTime } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { isWorkingDay, listOffices, loadCalendar } from '../../areas/index.ts'
import { can, requireCan, requireOfficial, ViewPerson } from '../../identity/index.ts'
import { AnswerInput, type Thread, type ThreadPhones, type Waiting } from '../schema-handover.ts'
import { notifyChat } from '../service.ts'
import {
  type ChatKey,
  type ConversationRow,
  findConversation,
  lockConversation,
  savePause,
} from '../store.ts'
import { firstAnswerBy, nextAnswerBy, type Office, officeAt, USUAL_HOURS } from './policy.ts'
import {
  findAnswered,
  findLive,
  findOverdue,
  findSaid,
  type HandoverRow,
  insertHandover,
  listLive,
  saveHandover,
} from './store.ts'
import { phonesIn, wordsOf } from './words.ts'

const DAY_MS = 86_400_000
const MOST = 100
const TAIL = 4

/** Whether the office of this installation is open now; its own hours, else the usual ones. */
async function officeNow(ctx: Ctx): Promise<Office> {
  const calendar = await loadCalendar(ctx.db)
  const [office] = await listOffices(ctx.db, ctx.settings.homeUnitCode)
  return officeAt(ctx.now(), office?.hours ?? USUAL_HOURS, (day) => isWorkingDay(day, calendar))
}

export type Opened = { isNew: boolean; isOpen: boolean; opensAt: string | null }

/**
 * Somebody asks for a person, in the turn of their chat (its row is locked): the bot is silent from the next message on,
 * and what they write is kept for whoever answers. Asked again it is the same waiting.
 */
export async function openHandover(ctx: Ctx, input: { conversationId: string }): Promise<Opened> {
  const { conversationId } = input
  return inTransaction(ctx, async (tx) => {
    const office = await officeNow(tx)
    const opened = {
      isOpen: office.isOpen,
      opensAt: office.opensAt === null ? null : formatDateTime(office.opensAt),
    }
    if ((await findLive(tx.db, conversationId)) !== undefined) return { ...opened, isNew: false }
    const now = tx.now()
    const answerBy = firstAnswerBy(now, office)
    const id = tx.newId()
    await insertHandover(tx.db, { id, conversationId, openedAt: now, answerBy })
    await savePause(tx.db, conversationId, answerBy)
    await note(tx, conversationId, 'asked', { isOpen: office.isOpen })
    return { ...opened, isNew: true }
  })
}

const note = async (
  tx: Ctx,
  conversationId: string,
  what: 'asked' | 'answered' | 'ended',
  data: Record<string, string | boolean> = {},
): Promise<void> => {
  await audit(tx, {
    action: `conversations.person_${what}`,
    subjectKind: 'conversation',
    subjectId: conversationId,
    data,
  })
  await appendEvent(tx, { kind: `conversations.person_${what}`, subjectId: conversationId })
}

export type EndReason = 'handed_back' | 'resident' | 'nobody'

/** Ends the waiting of a locked conversation; false when there was none. */
export async function endHandover(
  tx: Ctx,
  conversationId: string,
  reason: EndReason,
): Promise<boolean> {
  const live = await findLive(tx.db, conversationId)
  if (live === undefined) return false
  await saveHandover(tx.db, live.id, { state: 'ended', endedAt: tx.now(), endReason: reason })
  await savePause(tx.db, conversationId, null)
  await note(tx, conversationId, 'ended', { reason })
  return true
}

const lock = (tx: Ctx, { channel, chatKey }: ChatKey): Promise<ConversationRow> =>
  lockConversation(tx.db, {
    id: tx.newId(),
    channel,
    chatKey,
    language: tx.language,
    now: tx.now(),
  })

/** Who waits for a person or has one, the longest waiting first; nothing of what was said. */
export async function listWaiting(ctx: Ctx): Promise<Waiting[]> {
  requireCan(ctx, 'conversations.answer')
  const { officialId } = requireOfficial(ctx)
  const rows = await listLive(ctx.db, MOST)
  return rows.map((row) => ({
    id: row.conversationId,
    channel: row.channel,
    tail: row.chatKey.slice(-TAIL),
    state: row.state === 'held' ? 'held' : 'waiting',
    openedAt: row.openedAt,
    answerBy: row.answerBy,
    takenBy: row.takerName,
    isMine: row.takenBy === officialId,
  }))
}

async function getLive(tx: Ctx, conversationId: string): Promise<[ConversationRow, HandoverRow]> {
  const found = isUuid(conversationId) ? await findConversation(tx.db, conversationId) : undefined
  if (found === undefined) throw new AppError('http.not_found')
  const row = await lock(tx, found)
  const live = await findLive(tx.db, row.id)
  if (live === undefined) throw new AppError('http.not_found')
  return [row, live]
}

/** A thread begins a day before the person asked. */
const threadSince = (live: HandoverRow): Date => new Date(Date.parse(live.openedAt) - DAY_MS)

/**
 * What was said in the chat since a day before the person asked: theirs, the bot's, the office's. Only while the person
 * waits for an answer; who they are is no part of it, their telephone numbers are masked. Each reading is audited. Throws `http.not_found`.
 */
export async function readThread(ctx: Ctx, conversationId: string): Promise<Thread> {
  requireCan(ctx, 'conversations.answer')
  return inTransaction(ctx, async (tx) => {
    const [row, live] = await getLive(tx, conversationId)
    const since = threadSince(live)
    const said = await findSaid(tx.db, { conversationId: row.id, since, limit: MOST })
    const { channel, chatKey } = row
    const answered = await findAnswered(tx.db, { channel, chatKey, since, limit: MOST })
    await audit(tx, {
      action: 'conversations.thread_read',
      subjectKind: 'conversation',
      subjectId: row.id,
    })
    const lines = [
      ...said.map(({ at, body }) => ({ at, from: 'resident' as const, text: wordsOf(tx, body) })),
      ...answered.map(({ at, message, dedupeKey }) => ({
        at,
        from: dedupeKey.startsWith('push:answer:') ? ('official' as const) : ('bot' as const),
        text: toPlainText(message),
      })),
    ]
    return {
      id: row.id,
      channel,
      state: live.state === 'held' ? 'held' : 'waiting',
      mayViewPhones: can(ctx.actor, 'identity.view_reporter'),
      lines: lines.toSorted((a, b) => a.at.localeCompare(b.at)),
    }
  })
}

/**
 * The telephone numbers that the person gave in a thread: for holders of `identity_viewer`, with a reason, and never
 * without a row of the audit. Throws `http.forbidden`, `http.invalid_input`, `http.not_found`.
 */
export async function viewThreadPhones(
  ctx: Ctx,
  input: { conversationId: string; reason: string },
): Promise<ThreadPhones> {
  requireCan(ctx, 'conversations.answer')
  requireCan(ctx, 'identity.view_reporter')
  const { reason } = parseInput(ViewPerson, input)
  return inTransaction(ctx, async (tx) => {
    const [row, live] = await getLive(tx, input.conversationId)
    const said = await findSaid(tx.db, {
      conversationId: row.id,
      since: threadSince(live),
      limit: MOST,
    })
    await audit(tx, {
      action: 'conversations.phones_viewed',
      subjectKind: 'conversation',
      subjectId: row.id,
      data: { reason },
    })
    return { phones: phonesIn(said.map(({ body }) => body)) }
  })
}

/** Answers on the channel of the chat and takes it, for as long as it goes on. Throws `http.not_found`. */
export async function answerPerson(
  ctx: Ctx,
  input: { conversationId: string } & AnswerInput,
): Promise<void> {
  requireCan(ctx, 'conversations.answer')
  const { officialId } = requireOfficial(ctx)
  const { text } = parseInput(AnswerInput, input)
  await inTransaction(ctx, async (tx) => {
    const [row, live] = await getLive(tx, input.conversationId)
    const now = tx.now()
    const answerBy = nextAnswerBy(now)
    await saveHandover(tx.db, live.id, {
      state: 'held',
      takenBy: officialId,
      takenAt: live.takenAt ?? now,
      answerBy,
    })
    await savePause(tx.db, row.id, answerBy)
    const { channel, chatKey, language } = row
    const who = tx.translate(language)('person:from_office')
    const message = say(`${who}\n${text}`)
    const dedupeKey = `answer:${tx.newId()}`
    await notifyChat(tx, { channel, chatKey, language, message, dedupeKey, lane: 'reply' })
    await note(tx, row.id, 'answered')
  })
}

/** Gives waiting chats back to the bot when their time is up, with a word; how many. */
export async function returnUnanswered(ctx: Ctx): Promise<number> {
  let ended = 0
  for (const chat of await findOverdue(ctx.db, ctx.now(), MOST)) {
    ended += await inTransaction(ctx, async (tx) => {
      const row = await lock(tx, chat)
      const live = await findLive(tx.db, row.id)
      if (live === undefined || new Date(live.answerBy) > tx.now()) return 0
      await endHandover(tx, row.id, 'nobody')
      const { channel, chatKey, language } = row
      const t = tx.translate(language)
      const key = live.state === 'held' ? 'person:over' : 'person:nobody'
      await notifyChat(tx, {
        channel,
        chatKey,
        language,
        message: say(t(key), [{ id: 'menu', label: t('sos:menu') }]),
        dedupeKey: `person:${live.id}:over`,
      })
      return 1
    })
  }
  return ended
}
