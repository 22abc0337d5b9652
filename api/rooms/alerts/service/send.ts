import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { planDispatch, pumpDispatch, steerDispatch } from '../../delivery/index.ts'
import { findUnsent, saveAlert } from '../store.ts'

const AT_ONCE = 20
/** The first of a dispatch go out with its start; the rest follow by the job of all dispatches. */
const FIRST = 1_000

/**
 * Begins to send what was issued: plans the recipients, starts, and lets the first out. Again goes on where it stopped;
 * one that fails holds up no other. How many were begun.
 */
export async function sendIssued(ctx: Ctx): Promise<number> {
  let begun = 0
  for (const { id, dispatchId } of await findUnsent(ctx.db, AT_ONCE)) {
    if (dispatchId === null) continue
    try {
      await planDispatch(ctx, { dispatchId })
      await start(ctx, dispatchId)
      await saveAlert(ctx.db, id, { dispatchStartedAt: ctx.now() })
      await pumpDispatch(ctx, { dispatchId, limit: FIRST })
      begun += 1
    } catch (error) {
      ctx.log.error('alerts.send_failed', { alertId: id, error })
    }
  }
  return begun
}

async function start(ctx: Ctx, dispatchId: string): Promise<void> {
  try {
    await steerDispatch(ctx, { dispatchId, wish: 'start' })
  } catch (error) {
    // Another message took its place meanwhile.
    if (!(error instanceof AppError) || error.code !== 'http.conflict') throw error
  }
}
