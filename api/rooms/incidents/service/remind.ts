import type { Ctx } from '../../../context.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { notifyChat } from '../../conversations/index.ts'
import { chatRingsAt, isQuietTime } from '../../delivery/index.ts'
import {
  findOnDuty,
  listReachable,
  pickEntitled,
  type ReachableOfficial,
} from '../../identity/index.ts'
import { REMIND_KINDS, type Reminder, remindMessage } from '../messages/remind.ts'
import { findUntold, setTold, type UntoldRow } from '../store/attention.ts'
import { unitName } from './around.ts'
import { RIGHT_OF } from './attention.ts'
import { auditCase } from './record.ts'

const BATCH = 500
const HOUR_MS = 3_600_000
/** What nobody could be told of by then stands in the console anyway. */
const NEWS_FOR_MS = 72 * HOUR_MS
/** A reminder that a channel could not send within a day is no help. */
const EXPIRES_AFTER_MS = 24 * HOUR_MS

/**
 * Tells officials in their own chats what waits for them, each in one message. In quiet hours only whoever is on duty
 * hears of urgent reports; the rest goes in the morning, as far as it still waits. Returns how many chats were written to.
 */
export async function remindOfficials(ctx: Ctx): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const isQuiet = isQuietTime(tx)
    const rows = await findUntold(tx.db, {
      kinds: isQuiet ? ['urgent'] : REMIND_KINDS,
      since: new Date(tx.now().getTime() - NEWS_FOR_MS),
      limit: BATCH,
    })
    if (rows.length === 0) return 0
    const all = await listReachable(tx)
    const mail = new Map<ReachableOfficial, UntoldRow[]>()
    for (const row of rows) {
      const readers = await readersOf(tx, row, all, isQuiet)
      // Nobody on duty at night: the morning tells everybody.
      if (isQuiet && readers.length === 0) continue
      for (const reader of readers) mail.set(reader, [...(mail.get(reader) ?? []), row])
      await setTold(tx.db, row.id, tx.now())
      if (readers.length > 0) {
        const data = { kind: row.kind, officials: new Set(readers.map((r) => r.officialId)).size }
        await auditCase(tx, { id: row.incidentId }, { action: 'incident.remind', data })
      }
    }
    for (const [reader, own] of mail) await write(tx, reader, own, isQuiet)
    return mail.size
  })
}

/** Whom a thing to notice is told: the assignee before the office; of something urgent, whoever is on duty as well. */
async function readersOf(
  tx: Ctx,
  row: UntoldRow,
  all: readonly ReachableOfficial[],
  isQuiet: boolean,
): Promise<ReachableOfficial[]> {
  const { unitCode, agencyCode, recipient } = row
  const assigneeId = recipient === 'officer' ? row.assigneeId : null
  const entitled = pickEntitled(all, RIGHT_OF[recipient], { unitCode, agencyCode, assigneeId })
  if (row.kind !== 'urgent') return entitled
  const shifts = await findOnDuty(tx, unitCode)
  const isOnDuty = ({ officialId }: ReachableOfficial) =>
    shifts.some((shift) => shift.officialId === officialId)
  return isQuiet
    ? all.filter(isOnDuty)
    : all.filter((one) => isOnDuty(one) || entitled.includes(one))
}

async function write(
  tx: Ctx,
  reader: ReachableOfficial,
  rows: readonly UntoldRow[],
  isQuiet: boolean,
): Promise<void> {
  const { channel, chatKey, language } = reader
  const now = tx.now()
  const reminders = rows.map(
    ({ unitCode, ...row }): Reminder => ({ ...row, unit: unitName(unitCode) }),
  )
  await notifyChat(tx, {
    ...{ channel, chatKey, language, lane: 'notice' },
    message: remindMessage(tx.translate(language), reminders, tx.settings.publicUrl),
    dedupeKey: `incidents-remind:${rows.at(-1)?.id}:${channel}:${chatKey}`,
    // Whoever is on duty may be rung.
    runAt: isQuiet ? now : await chatRingsAt(tx, { channel, chatKey }),
    expiresAt: new Date(now.getTime() + EXPIRES_AFTER_MS),
  })
}
