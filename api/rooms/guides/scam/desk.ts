import { asKey } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { requireCan } from '../../identity/index.ts'
import { movesOf } from './policy/moves.ts'
import type { ScamDesk, ScamMove } from './schema.ts'
import { listSubjects, lockSubject, type ScamRow, updateSubject } from './store.ts'

const PAGE = 100

/** What people reported, or what officials listed; the most reported first. */
export async function listScams(ctx: Ctx, state: ScamRow['state']): Promise<ScamDesk> {
  requireCan(ctx, 'guides.manage_scams')
  const rows = await listSubjects(ctx.db, state, PAGE)
  return { items: rows.map((row) => viewOf(ctx, row)) }
}

/**
 * Decides on a subject, or asks for a notice to residents (`guides.scam_notice_wanted` tells the rooms that send).
 * Throws `http.not_found`, `http.conflict` (somebody was first, or that move is not open).
 */
export async function moveScam(
  ctx: Ctx,
  id: string,
  { move, version }: { move: ScamMove; version: number },
): Promise<void> {
  requireCan(ctx, 'guides.manage_scams')
  await inTransaction(ctx, async (tx) => {
    const row = isUuid(id) ? await lockSubject(tx.db, id) : undefined
    if (row === undefined) throw new AppError('http.not_found')
    if (row.version !== version || !movesOf(factsOf(row)).includes(move))
      throw new AppError('http.conflict')
    const at = tx.now()
    const state = move === 'notice' ? row.state : move
    const noticeWantedAt = move === 'notice' ? at : null
    await updateSubject(tx.db, id, { state, decidedAt: at, noticeWantedAt })
    await audit(tx, {
      action: 'guides.decide_scam',
      subjectKind: 'scam',
      subjectId: id,
      data: { move },
    })
    if (move === 'notice')
      await appendEvent(tx, {
        kind: 'guides.scam_notice_wanted',
        subjectId: id,
        data: { kind: row.kind },
      })
  })
}

const factsOf = ({ kind, subject, state, noticeWantedAt }: ScamRow) => ({
  kind,
  subject,
  state,
  isNoticeWanted: noticeWantedAt !== null,
})

function viewOf(ctx: Ctx, row: ScamRow): ScamDesk['items'][number] {
  const { id, kind, subject, state, times, lastOn, source, sourceOn, version } = row
  const name = kind === 'pattern' ? ctx.t(asKey(`guides:scam.pattern.${subject}`)) : subject
  const draft = (language: 'vi' | 'en') =>
    ctx.translate(language)(asKey(`guides:scam.draft.${kind}`), { subject })
  return {
    ...{ id, kind, subject, name, state, times, lastOn, source, sourceOn, version },
    moves: movesOf(factsOf(row)),
    draft: row.noticeWantedAt === null ? null : { vi: draft('vi'), en: draft('en') },
  }
}
