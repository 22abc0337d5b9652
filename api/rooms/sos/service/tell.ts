import type { Language } from '../../../../locales/index.ts'
import type { Message } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { audit } from '../../../db/audit.ts'
import { listHotlines } from '../../areas/index.ts'
import { notifyChat } from '../../conversations/index.ts'
import { chatsOfOfficials, type Reachable, reachOnDuty } from '../../identity/index.ts'
import { alertMessage, dutyName, numbersOf, stepMessage } from '../messages.ts'
import { nextRoundAt, rostersOf, tellsAddition, WARNS_SENDER_AT } from '../policy/rounds.ts'
import { findNotes, type SosRow, saveCase } from '../store.ts'

/** The unit's roster; the city's desk with it in later rounds, and at once when nobody of the unit can be written to. */
async function onDutyFor(tx: Ctx, round: number, unitCode: string): Promise<Reachable[]> {
  const { chats } = await reachOnDuty(tx, rostersOf(round, unitCode))
  return chats.length > 0 || round > 1 ? chats : (await reachOnDuty(tx, [null])).chats
}

/** Writes to every own chat of these officials, in the lane that goes first. */
async function writeTo(
  tx: Ctx,
  chats: readonly Reachable[],
  mail: { key: string; message: (language: Language) => Message; expiresAt?: Date },
): Promise<number> {
  const { key, message, expiresAt } = mail
  for (const { channel, chatKey, language } of chats) {
    await notifyChat(tx, {
      channel,
      chatKey,
      language,
      lane: 'reply',
      message: message(language),
      dedupeKey: `${key}:${channel}:${chatKey}`,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    })
  }
  return new Set(chats.map(({ officialId }) => officialId)).size
}

/**
 * One round over everybody on duty, in the open transaction on the locked call; how many people were written to. A
 * round that could not be sent in its time is not sent with the next.
 */
export async function tellRound(tx: Ctx, row: SosRow): Promise<{ row: SosRow; told: number }> {
  const now = tx.now()
  const round = row.round + 1
  const due = nextRoundAt(round, new Date(row.createdAt), now)
  const chats = await onDutyFor(tx, round, row.unitCode)
  const notes = await findNotes(tx.db, [row.id])
  const told = await writeTo(tx, chats, {
    key: `sos:${row.id}:${round}`,
    message: (language) =>
      alertMessage(tx.translate(language), row, notes, { kind: 'round', round }),
    expiresAt: due,
  })
  const saved = await saveCase(tx.db, row.id, {
    round,
    nextRoundAt: due,
    ...(told > 0 ? { isTold: true, toldAt: now } : {}),
  })
  await audit(tx, {
    action: 'sos.round',
    subjectKind: 'sos_case',
    subjectId: row.id,
    data: { round, told },
  })
  if (told > 0 && !row.isTold && round > 1) await tellSender(tx, saved, 'told')
  else if (round === WARNS_SENDER_AT) await tellSender(tx, saved, 'waiting')
  return { row: saved, told }
}

/** Tells what was added, to whoever has it, or to everybody on duty while nobody has. */
export async function tellAddition(tx: Ctx, row: SosRow, hasNewFacts: boolean): Promise<void> {
  const now = tx.now()
  const toldAt = row.toldAt === null ? null : new Date(row.toldAt)
  if (!tellsAddition(toldAt, now, hasNewFacts)) return
  const chats =
    row.claimedBy === null
      ? await onDutyFor(tx, Math.max(1, row.round), row.unitCode)
      : await chatsOfOfficials(tx, [row.claimedBy])
  const notes = await findNotes(tx.db, [row.id])
  const told = await writeTo(tx, chats, {
    key: `sos:${row.id}:v${row.version}`,
    message: (language) =>
      alertMessage(tx.translate(language), row, notes, { kind: 'addition', round: row.round }),
  })
  if (told > 0) await saveCase(tx.db, row.id, { isTold: true, toldAt: now })
}

/** Tells officials how a call stands, so that two do not go where one is enough. */
export async function tellColleagues(
  tx: Ctx,
  row: SosRow,
  to: { except: string | null; message: (language: Language) => Message },
): Promise<void> {
  const onDuty = await onDutyFor(tx, Math.max(1, row.round), row.unitCode)
  const own = row.claimedBy === null ? [] : await chatsOfOfficials(tx, [row.claimedBy])
  const all = new Map(
    [...onDuty, ...own].map((chat) => [`${chat.channel} ${chat.chatKey}`, chat] as const),
  )
  const chats = [...all.values()].filter(({ officialId }) => officialId !== to.except)
  await writeTo(tx, chats, { key: `sos:${row.id}:s${row.version}`, message: to.message })
}

/** Tells the sender a step in the chat of the call; the page shows it by itself. */
export async function tellSender(
  tx: Ctx,
  row: SosRow,
  step: Parameters<typeof stepMessage>[1],
  byUnit: string | null = row.unitCode,
): Promise<void> {
  const { id, channel, chatKey, language, version } = row
  if (chatKey === null) return
  const t = tx.translate(language)
  const numbers = numbersOf(await listHotlines(tx.db, row.unitCode))
  await notifyChat(tx, {
    channel,
    chatKey,
    language,
    lane: 'reply',
    message: stepMessage(t, step, { who: dutyName(t, byUnit), at: tx.now(), ...numbers }),
    dedupeKey: `sos:${id}:sender:${version}:${step}`,
  })
}
