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
        data: { kind: row.kind, ...askerOf(tx) },
      })
  })
}

/** Whose draft it becomes, and for which unit; an official of the whole city has none. */
const askerOf = ({ actor }: Ctx) =>
  actor.kind === 'official' ? { officialId: actor.officialId, unitCode: actor.unitCode } : {}

/** What a notice about a subject says, in both languages; undefined when it is gone. */
export async function scamWords(
  ctx: Ctx,
  id: string,
): Promise<Record<'vi' | 'en', { title: string; body: string }> | undefined> {
  const row = await lockSubject(ctx.db, id)
  if (row === undefined) return undefined
  const say = (language: 'vi' | 'en') => ({
    title: ctx.translate(language)('guides:scam.draft_title'),
    body: draftOf(ctx, row, language),
  })
  return { vi: say('vi'), en: say('en') }
}

const draftOf = (ctx: Ctx, { kind, subject }: ScamRow, language: 'vi' | 'en'): string =>
  ctx.translate(language)(asKey(`guides:scam.draft.${kind}`), { subject })

const factsOf = ({ kind, subject, state, noticeWantedAt }: ScamRow) => ({
  kind,
  subject,
  state,
  isNoticeWanted: noticeWantedAt !== null,
})

function viewOf(ctx: Ctx, row: ScamRow): ScamDesk['items'][number] {
  const { id, kind, subject, state, times, lastOn, source, sourceOn, version } = row
  const name = kind === 'pattern' ? ctx.t(asKey(`guides:scam.pattern.${subject}`)) : subject
  return {
    ...{ id, kind, subject, name, state, times, lastOn, source, sourceOn, version },
    moves: movesOf(factsOf(row)),
    draft:
      row.noticeWantedAt === null
        ? null
        : { vi: draftOf(ctx, row, 'vi'), en: draftOf(ctx, row, 'en') },
  }
}
