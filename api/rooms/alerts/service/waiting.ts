import type { Ctx } from '../../../context.ts'
import { can, reachOf, requireCan, requireOfficial } from '../../identity/index.ts'
import { kindLabel, levelLabel, saidIn } from '../messages.ts'
import type { ReminderStep } from '../policy/reminders.ts'
import { type AlertRow, findInForce, findOpen } from '../store.ts'
import { dueReminders } from './remind.ts'

/** A warning that somebody has to do something about. */
export type WaitingAlert = {
  id: string
  /** To release or give back; or it holds, and has to be updated, prolonged or ended. */
  reason: 'proposed' | ReminderStep
  unitCode: string
  kindLabel: string
  levelLabel: string
  headline: string
  /** True: a gauge's measured level, written by itself. */
  isMeasured: boolean
  /** ISO time since when it waits. */
  since: string
}

/**
 * Proposals that somebody else wrote, or a gauge, and that this official may issue; those whose time is over wait no
 * more. Throws `http.unauthenticated`, `http.forbidden`.
 */
export async function listWaitingAlerts(ctx: Ctx): Promise<WaitingAlert[]> {
  requireCan(ctx, 'alerts.issue')
  const { officialId } = requireOfficial(ctx)
  const open = await findOpen(ctx.db, reachOf(ctx.actor, 'alerts.issue'))
  return open
    .filter(
      ({ state, authorId, unitCode, expiresAt }) =>
        state === 'proposed' &&
        authorId !== officialId &&
        new Date(expiresAt) > ctx.now() &&
        can(ctx.actor, 'alerts.issue', { unitCode }),
    )
    .map((row) => toWaiting(ctx, row, { reason: 'proposed', since: row.updatedAt }))
}

/**
 * Warnings that hold in this official's units and that nobody updated for hours, or that end soon. Throws
 * `http.unauthenticated`, `http.forbidden`.
 */
export async function listOpenWarnings(ctx: Ctx): Promise<WaitingAlert[]> {
  requireCan(ctx, 'alerts.draft')
  const held = await findInForce(ctx.db, ctx.now())
  const own = held.filter(({ unitCode }) => can(ctx.actor, 'alerts.draft', { unitCode }))
  const due = await dueReminders(ctx, own)
  return due.map(({ row, step, since }) =>
    toWaiting(ctx, row, { reason: step, since: since.toISOString() }),
  )
}

const toWaiting = (
  { t, language }: Pick<Ctx, 't' | 'language'>,
  row: AlertRow,
  why: Pick<WaitingAlert, 'reason' | 'since'>,
): WaitingAlert => ({
  ...why,
  id: row.id,
  unitCode: row.unitCode,
  kindLabel: kindLabel(t, row.kind),
  levelLabel: levelLabel(t, row),
  headline: saidIn(row, language).headline,
  isMeasured: row.stationCode !== null,
})
