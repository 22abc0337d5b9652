import type { Ctx } from '../../../context.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { areaLabel, resolveArea } from '../../alerts/index.ts'
import {
  type Audience,
  createDispatch,
  planDispatch,
  pumpDispatch,
  steerDispatch,
} from '../../delivery/index.ts'
import { noticeMessage } from '../messages.ts'
import type { NoticeKind } from '../schema.ts'
import { findDue, lockNotice, type NoticeRow, saveNotice } from '../store.ts'
import { note } from './draft.ts'

const AT_ONCE = 20
/** The first of a dispatch go out with its start; the rest follow by the job of all dispatches. */
const FIRST = 1_000

/** Where a notice is read in full. */
export const noticeUrl = (ctx: Pick<Ctx, 'settings'>, id: string): string =>
  `${ctx.settings.publicUrl}/#/notices/${id}`

/** Whom a notice goes to: subscribers of its kind there; an emergency to everybody who asked for anything there. */
export async function audienceOf(
  ctx: Ctx,
  row: Pick<NoticeRow, 'kind' | 'area' | 'language' | 'isEmergency'>,
): Promise<Audience> {
  return {
    kind: row.kind as NoticeKind,
    places: await resolveArea(ctx, row.area),
    isEveryone: row.isEmergency,
    ...(row.language === null ? {} : { language: row.language }),
  }
}

/**
 * Begins to send what was released and whose time has come: one that is too late is refused, else its recipients are
 * planned and the first go out. Again goes on where it stopped; one that fails holds up no other. How many were begun.
 */
export async function sendDue(ctx: Ctx): Promise<number> {
  let begun = 0
  for (const { id } of await findDue(ctx.db, ctx.now(), AT_ONCE)) {
    try {
      const dispatchId = await prepare(ctx, id)
      if (dispatchId === undefined) continue
      await planDispatch(ctx, { dispatchId })
      if (!(await begin(ctx, id, dispatchId))) continue
      await pumpDispatch(ctx, { dispatchId, limit: FIRST })
      begun += 1
    } catch (error) {
      ctx.log.error('notices.send_failed', { noticeId: id, error })
    }
  }
  return begun
}

/** The dispatch of a notice, made once; undefined when there is nothing to send any more. */
async function prepare(ctx: Ctx, id: string): Promise<string | undefined> {
  return inTransaction(ctx, async (tx) => {
    const row = await lockNotice(tx.db, id)
    if (row === undefined || row.state !== 'released') return undefined
    if (Date.parse(row.expiresAt) <= tx.now().getTime()) {
      await saveNotice(tx.db, id, {
        ...{ state: 'cancelled', endedReason: 'late', updatedAt: tx.now() },
      })
      await note(tx, id, 'notices.late')
      return undefined
    }
    if (row.dispatchId !== null) return row.dispatchId
    const place = await areaLabel(tx, row.area)
    const dispatchId = await createDispatch(tx, {
      subject: { kind: 'notice', id },
      lane: 'notice',
      isLifeSafety: row.isEmergency,
      audience: await audienceOf(tx, row),
      message: (language) =>
        noticeMessage(tx.translate(language), { row, language, place }, noticeUrl(tx, id)),
      expiresAt: new Date(row.expiresAt),
    })
    await saveNotice(tx.db, id, { dispatchId })
    return dispatchId
  })
}

/** False: somebody stopped it meanwhile. */
async function begin(ctx: Ctx, id: string, dispatchId: string): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const row = await lockNotice(tx.db, id)
    if (row === undefined || row.state !== 'released') return false
    await steerDispatch(tx, { dispatchId, wish: 'start' })
    await saveNotice(tx.db, id, { dispatchStartedAt: tx.now() })
    await note(tx, id, 'notices.sending')
    return true
  })
}
