import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { type DispatchProgress, getDispatchProgress } from '../../delivery/index.ts'
import { requireCan } from '../../identity/index.ts'
import type { NoticeProgress, Standing } from '../schema.ts'
import { findNotice, type NoticeRow } from '../store.ts'

/** Where a notice stands: its own state and, once it is released, what its dispatch does. */
export function standingOf(row: NoticeRow, dispatch: DispatchProgress | undefined): Standing {
  if (row.state === 'cancelled') return row.endedReason === 'late' ? 'late' : 'cancelled'
  if (row.state !== 'released') return row.state
  if (row.dispatchStartedAt === null || dispatch === undefined) return 'scheduled'
  if (dispatch.state === 'paused') return 'paused'
  return dispatch.state === 'running' ? 'sending' : 'sent'
}

/** Counters of a notice that is being sent or was; null before. As fast for a million as for one. */
export async function progressOf(ctx: Ctx, row: NoticeRow): Promise<NoticeProgress | null> {
  if (row.dispatchId === null) return null
  const dispatch = await getDispatchProgress(ctx, { dispatchId: row.dispatchId })
  const { counts, total, byChannel, byUnit } = dispatch
  return { standing: standingOf(row, dispatch), counts, total, byChannel, byUnit }
}

/** The same for a page that follows it. Throws `notices.not_found`, `http.forbidden`. */
export async function getProgress(ctx: Ctx, id: string): Promise<NoticeProgress> {
  requireCan(ctx, 'notices.draft')
  const row = isUuid(id) ? await findNotice(ctx.db, id) : undefined
  if (row === undefined) throw new AppError('notices.not_found')
  requireCan(ctx, 'notices.draft', { unitCode: row.unitCode })
  const nothing = { counts: {}, total: 0, byChannel: {}, byUnit: {} }
  return (await progressOf(ctx, row)) ?? { standing: standingOf(row, undefined), ...nothing }
}
