import type { Ctx } from '../../../context.ts'
import { can, reachOf, requireCan, requireOfficial } from '../../identity/index.ts'
import { kindLabel, levelLabel } from '../messages.ts'
import { findOpen } from '../store.ts'

/** A message that nobody outside has seen, and that waits for this official to release it or give it back. */
export type WaitingAlert = {
  id: string
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
    .map((row) => ({
      id: row.id,
      unitCode: row.unitCode,
      kindLabel: kindLabel(ctx.t, row.kind),
      levelLabel: levelLabel(ctx.t, row),
      headline: ctx.language === 'en' ? (row.headlineEn ?? row.headlineVi) : row.headlineVi,
      isMeasured: row.stationCode !== null,
      since: row.updatedAt,
    }))
}
