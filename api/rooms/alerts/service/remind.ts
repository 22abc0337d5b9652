import type { Ctx } from '../../../context.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { notifyChat } from '../../conversations/index.ts'
import { isQuietTime } from '../../delivery/index.ts'
import {
  can,
  findOnDuty,
  listReachable,
  pickEntitled,
  type ReachableOfficial,
} from '../../identity/index.ts'
import { reminderMessage } from '../messages.ts'
import { DEFAULT_REMINDER_HOURS, reminderStep } from '../policy/reminders.ts'
import {
  type AlertRow,
  findAutomaticStations,
  findInForce,
  findReminders,
  insertReminder,
  lockAlert,
} from '../store.ts'

type Due = { row: AlertRow } & NonNullable<ReturnType<typeof reminderStep>>

/** Warnings in force that somebody has to update, prolong or end, with the step that each stands at. */
export async function dueReminders(ctx: Ctx, inForce: readonly AlertRow[]): Promise<Due[]> {
  const automatic = new Set(await findAutomaticStations(ctx.db))
  const hours = ctx.settings.reminderHours ?? DEFAULT_REMINDER_HOURS
  return inForce.flatMap((row) => {
    const held = {
      issuedAt: new Date(row.issuedAt ?? row.updatedAt),
      expiresAt: new Date(row.expiresAt),
      renewsItself: row.stationCode !== null && automatic.has(row.stationCode),
    }
    const due = reminderStep(held, hours, ctx.now())
    return due === undefined ? [] : [{ row, ...due }]
  })
}

/**
 * Reminds officials in their own chats of warnings that hold and that nobody looks after; of each step of a message
 * once, also when nobody could be written to: the console shows it all the same. How many steps were told.
 */
export async function remindOpenWarnings(ctx: Ctx): Promise<number> {
  const due = await dueReminders(ctx, await findInForce(ctx.db, ctx.now()))
  const told = await findReminders(
    ctx.db,
    due.map(({ row }) => row.id),
  )
  const isTold = ({ row, step }: Due) =>
    told.some((one) => one.alertId === row.id && one.step === step)
  let done = 0
  for (const one of due.filter((some) => !isTold(some)))
    try {
      if (await inTransaction(ctx, (tx) => remind(tx, one))) done += 1
    } catch (error) {
      // The other warnings are told all the same, and this one has another try.
      ctx.log.error('alerts.remind_failed', { alertId: one.row.id, error })
    }
  return done
}

async function remind(tx: Ctx, { row, step }: Due): Promise<boolean> {
  const now = tx.now()
  const locked = await lockAlert(tx.db, row.id)
  // It was updated or ended since it was read.
  if (locked === undefined || locked.supersededBy !== null) return false
  const readers = await readersOf(tx, row.unitCode)
  const told = new Set(readers.map(({ officialId }) => officialId)).size
  if (!(await insertReminder(tx.db, { alertId: row.id, step, told, toldAt: now }))) return false
  for (const { channel, chatKey, language } of readers)
    await notifyChat(tx, {
      ...{ channel, chatKey, language, lane: 'notice' },
      message: reminderMessage(tx.translate(language), { row, language, step }, tx.settings),
      dedupeKey: `alerts-remind:${row.id}:${step}:${channel}:${chatKey}`,
      expiresAt: new Date(row.expiresAt),
    })
  const data = { step, told }
  await audit(tx, { action: 'alerts.remind', subjectKind: 'alert', subjectId: row.id, data })
  await appendEvent(tx, { kind: 'alerts.changed', subjectId: row.id })
  return true
}

/**
 * Whoever is on duty for the unit, and by day whoever issues its warnings too. At night only who is on duty is rung,
 * unless nobody is: a warning does not wait for the morning.
 */
async function readersOf(tx: Ctx, unitCode: string): Promise<ReachableOfficial[]> {
  const all = await listReachable(tx)
  const shifts = await findOnDuty(tx, unitCode)
  const onDuty = all.filter(
    ({ officialId, actor }) =>
      can(actor, 'alerts.draft', { unitCode }) &&
      shifts.some((shift) => shift.officialId === officialId),
  )
  if (isQuietTime(tx) && onDuty.length > 0) return onDuty
  const issuers = pickEntitled(all, 'alerts.issue', { unitCode })
  return all.filter((one) => onDuty.includes(one) || issuers.includes(one))
}
