import type { Ctx } from '../../../context.ts'
import { AppError, type ErrorCode } from '../../../core/errors.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { steerDispatch } from '../../delivery/index.ts'
import { can } from '../../identity/index.ts'
import { type Decision, decideMove } from '../policy/moves.ts'
import { type NoticeMove, NoticeMoveInput } from '../schema.ts'
import { type NoticeRow, saveNotice } from '../store.ts'
import { missingOf, note, open } from './draft.ts'

const STEERING: readonly NoticeMove[] = ['pause', 'resume', 'cancel', 'review']

const REFUSALS = {
  impossible: 'notices.bad_step',
  own: 'notices.own',
  forbidden: 'http.forbidden',
  over: 'notices.over',
  reason_missing: 'notices.reason_missing',
} as const satisfies Partial<Record<Decision['outcome'], ErrorCode>>

/**
 * Proposes, gives back, releases, drops, pauses, resumes, cancels or reviews. Pressed twice it is the same. A release
 * goes out at once or at its time; a cancel takes back what is not with a channel yet. Throws `notices.not_found`,
 * `notices.incomplete`, `notices.own`, `notices.over`, `notices.reason_missing`, `notices.bad_step`, `http.forbidden`,
 * `http.conflict` for another version.
 */
export async function moveNotice(ctx: Ctx, input: { id: string } & NoticeMoveInput): Promise<void> {
  const { id, ...given } = input
  const { move, version, reason } = parseInput(NoticeMoveInput, given)
  await inTransaction(ctx, async (tx) => {
    const { row, me } = await open(tx, id)
    const missing = missingOf(row)
    const decision = decideMove(factsOf(row, missing.length === 0), move, {
      officialId: me.officialId,
      mayRelease: can(tx.actor, 'notices.release', { unitCode: row.unitCode }),
      at: tx.now(),
      reason,
    })
    if (decision.outcome === 'same') return
    if (decision.outcome === 'incomplete')
      throw new AppError('notices.incomplete', {
        issues: missing.map((path) => ({ path, code: 'too_small' })),
      })
    if (decision.outcome !== 'moved') throw new AppError(REFUSALS[decision.outcome])
    // Whoever stops a notice does not wait until a page is fresh.
    if (!STEERING.includes(move) && row.version !== version) throw new AppError('http.conflict')
    const { state, isAlone } = decision
    const now = tx.now()
    if (move === 'release')
      await saveNotice(tx.db, id, {
        ...{ state, updatedAt: now, releasedBy: me.officialId, releasedAt: now },
        sendAt: row.sendAt ?? now,
        aloneReason: isAlone ? (reason ?? null) : null,
      })
    else if (move === 'review')
      await saveNotice(tx.db, id, { reviewedBy: me.officialId, reviewedAt: now, updatedAt: now })
    else if (move === 'pause' || move === 'resume') await steer(tx, row, move)
    else if (move === 'cancel') await cancel(tx, row, reason ?? '')
    else await saveNotice(tx.db, id, { state, updatedAt: now })
    await note(tx, id, `notices.${move}`, isAlone && move === 'release' ? { alone: true } : {})
  })
}

const factsOf = (row: NoticeRow, isComplete: boolean) => ({
  state: row.state,
  authorId: row.authorId,
  isEmergency: row.isEmergency,
  isComplete,
  expiresAt: new Date(row.expiresAt),
  sendAt: row.sendAt === null ? null : new Date(row.sendAt),
  isAlone: row.aloneReason !== null,
  isReviewed: row.reviewedAt !== null,
})

async function steer(tx: Ctx, row: NoticeRow, wish: 'pause' | 'resume'): Promise<void> {
  if (row.dispatchId === null) throw new AppError('notices.bad_step')
  await steerDispatch(tx, { dispatchId: row.dispatchId, wish })
  await saveNotice(tx.db, row.id, { updatedAt: tx.now() })
}

/** What was sent stays sent; what waits is taken back, and the page of the notice is no longer shown. */
async function cancel(tx: Ctx, row: NoticeRow, reason: string): Promise<void> {
  await saveNotice(tx.db, row.id, {
    ...{ state: 'cancelled', endedReason: reason, updatedAt: tx.now() },
  })
  if (row.dispatchId === null) return
  try {
    await steerDispatch(tx, { dispatchId: row.dispatchId, wish: 'cancel' })
  } catch (error) {
    // It was sent to the last already.
    if (!(error instanceof AppError) || error.code !== 'http.conflict') throw error
  }
}
