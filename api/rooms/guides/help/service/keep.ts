import type { Ctx } from '../../../../context.ts'
import { audit } from '../../../../db/audit.ts'
import { inTransaction } from '../../../../db/transaction.ts'
import { requireSelf } from '../../../identity/index.ts'
import { decideMove } from '../policy/moves.ts'
import {
  findStale,
  forgetEnded,
  listHelpOf,
  lockHelp,
  lockLiveOf,
  moveHelpOwner,
  saveHelp,
} from '../store.ts'
import { tellTeam } from './tell.ts'
import { putHelp } from './work.ts'

const DAY_MS = 86_400_000
/** Nobody came: its person hears so and is not left waiting. */
const LAPSES_AFTER_DAYS = 14
/** As in the retention table: questions about a visit come within days. */
const KEPT_DAYS = 30
const AT_ONCE = 200
/** More than anybody may ask for within the days that requests are kept. */
const EXPORTED = 500

const daysAgo = (ctx: Ctx, days: number): Date => new Date(ctx.now().getTime() - days * DAY_MS)

/** Each night: what nobody saw to lapses, and what ended a month ago leads to nobody any more; how many changed. */
export async function purgeHelp(ctx: Ctx): Promise<number> {
  let lapsed = 0
  for (const id of await findStale(ctx.db, daysAgo(ctx, LAPSES_AFTER_DAYS), AT_ONCE)) {
    try {
      lapsed += await inTransaction(ctx, (tx) => lapse(tx, id))
    } catch (error) {
      ctx.log.error('guides.help_lapse_failed', { requestId: id, error })
    }
  }
  const endedBefore = daysAgo(ctx, KEPT_DAYS)
  return lapsed + (await inTransaction(ctx, (tx) => forgetEnded(tx.db, { endedBefore })))
}

async function lapse(tx: Ctx, id: string): Promise<number> {
  const row = await lockHelp(tx.db, id)
  if (row === undefined) return 0
  const decided = decideMove(row, 'lapse', null)
  if (decided.outcome !== 'moved') return 0
  await putHelp(tx, row, decided.to, 'lapsed')
  return 1
}

/** Who was erased or took the consent back: what goes on is called off, and nothing leads to them any more. */
export async function endHelpOf(tx: Ctx, residentId: string, because: string): Promise<void> {
  const live = await lockLiveOf(tx.db, residentId)
  for (const row of live) {
    const decided = decideMove(row, 'cancel', null)
    if (decided.outcome !== 'moved') continue
    await tellTeam(tx, await saveHelp(tx.db, row.id, { ...decided.to, endedAt: tx.now() }))
  }
  const forgotten = await forgetEnded(tx.db, { residentId })
  if (forgotten === 0) return
  await audit(tx, {
    action: 'guides.help_forgotten',
    subjectKind: 'resident',
    subjectId: residentId,
    data: { because, requests: forgotten },
  })
}

export const joinHelp = (tx: Ctx, fromId: string, intoId: string): Promise<void> =>
  moveHelpOwner(tx.db, fromId, intoId)

/** What a resident asked for, for them. */
export async function exportHelp(ctx: Ctx, residentId: string) {
  requireSelf(ctx, residentId)
  const rows = await listHelpOf(ctx.db, residentId, EXPORTED)
  return rows.map(
    ({ lessonId, hamletId, forWhom, preferred, place, phone, state, createdAt, endedAt }) => ({
      ...{ lessonId, hamletId, forWhom, preferred, place, phone, state },
      askedAt: createdAt,
      endedAt,
    }),
  )
}
