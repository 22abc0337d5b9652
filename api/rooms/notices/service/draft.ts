import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { type OfficialActor, requireCan, requireOfficial } from '../../identity/index.ts'
import { unfilled } from '../policy/fill.ts'
import { type NoticeDraft, NoticeEdit, NoticeInput } from '../schema.ts'
import { insertNotice, lockNotice, type NoticeRow, saveNotice } from '../store.ts'

/** Nobody's word is in force for longer without being renewed. */
const LONGEST_MS = 90 * 86_400_000

/** Each notice names whose word it is. */
const NEEDED = ['titleVi', 'bodyVi', 'issuer', 'signer', 'documentNo'] as const

/** What is still to be filled before a notice can be proposed. English is not among it: its lack is said. */
export const missingOf = (row: NoticeRow): string[] => [
  ...NEEDED.filter((field) => (row[field] ?? '').trim() === ''),
  ...(row.area.places.length + row.area.polygons.length + row.area.circles.length === 0
    ? ['area']
    : []),
]

const bad = (path: string): never => {
  throw new AppError('http.invalid_input', { issues: [{ path, code: 'custom' }] })
}

/** Marks are checked in every text: a reader must never see braces. */
function requireFilled(draft: NoticeDraft): void {
  for (const field of ['titleVi', 'titleEn', 'bodyVi', 'bodyEn'] as const)
    if (unfilled(draft[field] ?? '', draft).length > 0) bad(field)
}

function fieldsOf(draft: NoticeDraft, now: Date) {
  const { area, event, expiresAt, sendAt, ...rest } = draft
  const ends = new Date(expiresAt)
  const begins = sendAt === null ? now : new Date(sendAt)
  if (ends <= now || ends <= begins || ends.getTime() - now.getTime() > LONGEST_MS) bad('expiresAt')
  requireFilled(draft)
  return {
    ...rest,
    area: JSON.stringify(area),
    event: event === null ? null : JSON.stringify(event),
    sendAt: sendAt === null ? null : new Date(sendAt),
    expiresAt: ends,
  }
}

/** A new notice, not seen by anybody outside. Its id. */
export async function draftNotice(ctx: Ctx, input: NoticeInput): Promise<{ id: string }> {
  requireCan(ctx, 'notices.draft')
  const { officialId } = requireOfficial(ctx)
  const draft = parseInput(NoticeInput, input)
  requireCan(ctx, 'notices.draft', { unitCode: draft.unitCode })
  const now = ctx.now()
  const id = ctx.newId()
  await inTransaction(ctx, async (tx) => {
    await insertNotice(tx.db, {
      ...fieldsOf(draft, now),
      ...{ id, state: 'draft', authorId: officialId, createdAt: now, updatedAt: now },
    })
    await note(tx, id, 'notices.drafted')
  })
  return { id }
}

/**
 * Changes what is not released; a proposal becomes a draft again, and whoever changed it is its author. Throws
 * `http.conflict` for another version.
 */
export async function editNotice(
  ctx: Ctx,
  input: { id: string } & (typeof NoticeEdit)['_input'],
): Promise<void> {
  requireCan(ctx, 'notices.draft')
  const { id, ...given } = input
  const { version, ...draft } = parseInput(NoticeEdit, given)
  await inTransaction(ctx, async (tx) => {
    const { row, me } = await open(tx, id)
    requireCan(tx, 'notices.draft', { unitCode: draft.unitCode })
    if (row.version !== version) throw new AppError('http.conflict')
    if (row.state !== 'draft' && row.state !== 'proposed') throw new AppError('notices.bad_step')
    await saveNotice(tx.db, id, {
      ...fieldsOf(draft, tx.now()),
      ...{ state: 'draft', authorId: me.officialId, updatedAt: tx.now() },
    })
    await note(tx, id, 'notices.edited')
  })
}

/** A notice of the own unit, locked. Throws `notices.not_found`, `http.forbidden`. */
export async function open(tx: Ctx, id: string): Promise<{ row: NoticeRow; me: OfficialActor }> {
  requireCan(tx, 'notices.draft')
  const me = requireOfficial(tx)
  const row = isUuid(id) ? await lockNotice(tx.db, id) : undefined
  if (row === undefined) throw new AppError('notices.not_found')
  requireCan(tx, 'notices.draft', { unitCode: row.unitCode })
  return { row, me }
}

/** One audit row and a hint for live pages. */
export async function note(
  tx: Ctx,
  id: string,
  action: string,
  data: Record<string, number | boolean> = {},
): Promise<void> {
  await audit(tx, { action, subjectKind: 'notice', subjectId: id, data })
  await appendEvent(tx, { kind: 'notices.changed', subjectId: id })
}
