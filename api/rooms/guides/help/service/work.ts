import type { Ctx } from '../../../../context.ts'
import { AppError } from '../../../../core/errors.ts'
import { isUuid } from '../../../../core/ids.ts'
import { audit } from '../../../../db/audit.ts'
import { inTransaction } from '../../../../db/transaction.ts'
import { parseInput } from '../../../../http/kit.ts'
import { officialNames, requireCan } from '../../../identity/index.ts'
import { memberOf } from '../../team/member.ts'
import { decideMove, isOver, movesFor } from '../policy/moves.ts'
import { type HelpTask, MoveHelp } from '../schema.ts'
import { type HelpRow, listLiveOfUnit, lockHelp, saveHelp } from '../store.ts'
import { tellPerson } from './tell.ts'
import { hamletName, lessonTitle } from './view.ts'

/** More than a team works off; the oldest come first. */
const LISTED = 100

/** What goes on in the member's unit. Where exactly and whom to call only for what they took themselves. */
export async function listHelpTasks(ctx: Ctx): Promise<HelpTask[]> {
  const { me, unitCode } = memberOf(ctx)
  const rows = await listLiveOfUnit(ctx.db, unitCode, me.officialId, LISTED)
  const names = await officialNames(
    ctx,
    rows.map(({ takenBy }) => takenBy),
  )
  return Promise.all(
    rows.map(async (row) => {
      const { id, state, hamletId, forWhom, preferred, takenBy, place, phone, code } = row
      const isMine = takenBy === me.officialId
      return {
        ...{ id, state, hamletId, forWhom, preferred, askedAt: row.createdAt },
        hamlet: await hamletName(ctx, hamletId),
        lesson: await lessonTitle(ctx, row.lessonId),
        member: takenBy === null ? null : (names.get(takenBy) ?? null),
        moves: movesFor(row, me.officialId).filter((move) => move !== 'cancel' && move !== 'lapse'),
        contact: isMine && place !== null && code !== null ? { place, phone, code } : null,
      }
    }),
  )
}

/**
 * A member takes a request, gives it back, has helped, or cannot, with a reason; its person is told. The same again is
 * no change. Throws `guides.request_unknown`, `guides.request_taken` (another member has it), `guides.request_over`.
 */
export async function moveHelp(ctx: Ctx, input: MoveHelp & { id: string }): Promise<void> {
  const { me } = memberOf(ctx)
  const { id, ...rest } = input
  const { move, reason } = parseInput(MoveHelp, rest)
  await inTransaction(ctx, async (tx) => {
    const row = isUuid(id) ? await lockHelp(tx.db, id) : undefined
    if (row === undefined) throw new AppError('guides.request_unknown')
    requireCan(tx, 'guides.team', { unitCode: row.unitCode })
    const decided = decideMove(row, move, me.officialId)
    if (decided.outcome === 'same') return
    if (decided.outcome === 'taken') throw new AppError('guides.request_taken')
    if (decided.outcome === 'impossible') throw new AppError('guides.request_over')
    await putHelp(tx, row, decided.to, reason ?? null)
  })
}

/** Writes a decided step, audits it and tells the person. */
export async function putHelp(
  tx: Ctx,
  row: HelpRow,
  to: Pick<HelpRow, 'state' | 'takenBy'>,
  reason: string | null,
): Promise<void> {
  const now = tx.now()
  const saved = await saveHelp(tx.db, row.id, {
    ...to,
    reason,
    takenAt: to.takenBy === null ? null : (row.takenAt ?? now),
    endedAt: isOver(to.state) ? now : null,
  })
  await audit(tx, {
    action: 'guides.help_moved',
    subjectKind: 'help_request',
    subjectId: row.id,
    data: { from: row.state, to: to.state, ...(reason === null ? {} : { reason }) },
  })
  await tellPerson(tx, saved)
}
