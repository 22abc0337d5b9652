import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { type OfficialActor, requireCan, requireOfficial } from '../../identity/index.ts'
import { isEnd } from '../policy/kinds.ts'
import { decideMove } from '../policy/moves.ts'
import {
  type Draft,
  DraftInput,
  EditInput,
  FollowInput,
  HEADLINE_MAX,
  type MessageType,
  MoveInput,
} from '../schema.ts'
import { type AlertRow, insertAlert, lockAlert, saveAlert } from '../store.ts'
import { issue } from './issue.ts'

/** A warning that nobody renews ends by itself. */
const LONGEST_MS = 7 * 86_400_000

/** Each warning names whose word it is (domain rule), and says what to do. */
export const NEEDED = ['headlineVi', 'instructionVi', 'issuer', 'signer', 'documentNo'] as const

/** What is still to be filled before a message can be proposed. */
export const missingOf = (row: AlertRow): string[] => [
  ...NEEDED.filter((field) => (row[field] ?? '').trim() === ''),
  ...(row.area.places.length + row.area.polygons.length + row.area.circles.length === 0
    ? ['area']
    : []),
]

function fieldsOf(draft: Draft, now: Date) {
  const { area, expiresAt, onsetAt, ...rest } = draft
  const ends = new Date(expiresAt)
  const isFit = ends > now && ends.getTime() - now.getTime() <= LONGEST_MS
  if (!isFit)
    throw new AppError('http.invalid_input', { issues: [{ path: 'expiresAt', code: 'custom' }] })
  return {
    ...rest,
    area: JSON.stringify(area),
    expiresAt: ends,
    onsetAt: onsetAt === null ? null : new Date(onsetAt),
  }
}

/** A new warning, not seen by anybody outside. Its id. */
export async function draftAlert(ctx: Ctx, input: DraftInput): Promise<{ id: string }> {
  requireCan(ctx, 'alerts.draft')
  const { officialId } = requireOfficial(ctx)
  const draft = parseInput(DraftInput, input)
  requireCan(ctx, 'alerts.draft', { unitCode: draft.unitCode })
  const now = ctx.now()
  const id = ctx.newId()
  await inTransaction(ctx, async (tx) => {
    await insertAlert(tx.db, {
      ...fieldsOf(draft, now),
      ...{ id, threadId: id, messageType: 'alert', state: 'draft', authorId: officialId },
      ...{ createdAt: now, updatedAt: now },
    })
    await note(tx, id, 'alerts.drafted')
  })
  return { id }
}

/** Changes what is not issued yet; a proposal becomes a draft again. Throws `http.conflict` for another version. */
export async function editAlert(
  ctx: Ctx,
  input: { id: string } & (typeof EditInput)['_input'],
): Promise<void> {
  const { id, ...given } = input
  const { version, ...draft } = parseInput(EditInput, given)
  await inTransaction(ctx, async (tx) => {
    const { row, me } = await open(tx, id, 'alerts.draft')
    requireCan(tx, 'alerts.draft', { unitCode: draft.unitCode })
    if (row.version !== version) throw new AppError('http.conflict')
    const isOpen = row.state === 'draft' || row.state === 'proposed'
    // What a gauge says is not an official's to word: a warning of their own is.
    if (!isOpen || row.stationCode !== null) throw new AppError('alerts.bad_step')
    await saveAlert(tx.db, id, {
      ...fieldsOf(draft, tx.now()),
      ...{ state: 'draft', authorId: me.officialId, updatedAt: tx.now() },
    })
    await note(tx, id, 'alerts.edited')
  })
}

/**
 * Proposes, gives back, issues or drops. Pressed twice it is the same. Throws `alerts.not_found`, `alerts.incomplete`,
 * `alerts.own`, `alerts.over`, `alerts.bad_step`, `http.conflict` for another version.
 */
export async function moveAlert(ctx: Ctx, input: { id: string } & MoveInput): Promise<void> {
  const { id, ...given } = input
  const { move, version } = parseInput(MoveInput, given)
  await inTransaction(ctx, async (tx) => {
    const right = move === 'issue' || move === 'return' ? 'alerts.issue' : 'alerts.draft'
    const { row, me } = await open(tx, id, right)
    const missing = missingOf(row)
    const decision = decideMove(
      {
        state: row.state,
        authorId: row.authorId,
        isComplete: missing.length === 0 || row.stationCode !== null,
        expiresAt: new Date(row.expiresAt),
      },
      move,
      { officialId: me.officialId, at: tx.now() },
    )
    if (decision.outcome === 'same') return
    if (decision.outcome === 'incomplete')
      throw new AppError('alerts.incomplete', {
        issues: missing.map((path) => ({ path, code: 'too_small' })),
      })
    if (decision.outcome === 'own') throw new AppError('alerts.own')
    if (decision.outcome === 'over') throw new AppError('alerts.over')
    if (decision.outcome === 'impossible') throw new AppError('alerts.bad_step')
    if (row.version !== version) throw new AppError('http.conflict')
    if (decision.state === 'issued') {
      await issue(tx, row, { approvedBy: me.officialId })
      return
    }
    await saveAlert(tx.db, id, { state: decision.state, updatedAt: tx.now() })
    await note(tx, id, `alerts.${move}`)
  })
}

/** A draft that updates, ends or cancels a warning in force; what is issued is never changed. The draft's id. */
export async function followAlert(
  ctx: Ctx,
  input: { id: string } & FollowInput,
): Promise<{ id: string }> {
  const { as } = parseInput(FollowInput, { as: input.as })
  return inTransaction(ctx, async (tx) => {
    const { row, me } = await open(tx, input.id, 'alerts.draft')
    if (row.state !== 'issued' || row.supersededBy !== null || isEnd(row.messageType))
      throw new AppError('alerts.superseded')
    const id = tx.newId()
    await insertAlert(tx.db, { ...successor(tx, row, as), id, authorId: me.officialId })
    await note(tx, id, 'alerts.drafted')
    return { id }
  })
}

const FOLLOWS_MS = 12 * 3_600_000

function successor(tx: Ctx, row: AlertRow, as: Exclude<MessageType, 'alert'>) {
  const now = tx.now()
  const { version: _version, approvedBy: _by, issuedAt: _at, ...kept } = row
  const over = as === 'update' ? {} : overWords(tx, row, as)
  return {
    ...kept,
    ...over,
    area: JSON.stringify(row.area),
    previousId: row.id,
    supersededBy: null,
    messageType: as,
    state: 'draft' as const,
    // From here on it is the word of an office, also after a gauge's.
    stationCode: null,
    documentNo: null,
    dispatchId: null,
    dispatchStartedAt: null,
    expiresAt: new Date(Math.max(Date.parse(row.expiresAt), now.getTime() + FOLLOWS_MS)),
    ...{ createdAt: now, updatedAt: now },
  }
}

/** An end says what is over, and what to do now; whoever writes it may change the words. */
function overWords(tx: Ctx, row: AlertRow, as: 'all_clear' | 'cancel') {
  const [vi, en] = [tx.translate('vi'), tx.translate('en')]
  const cut = (text: string) => text.slice(0, HEADLINE_MAX)
  return {
    headlineVi: cut(vi(`alerts:${as}.headline`, { was: row.headlineVi })),
    headlineEn: cut(en(`alerts:${as}.headline`, { was: row.headlineEn ?? row.headlineVi })),
    instructionVi: vi(`alerts:${as}.instruction`),
    instructionEn: en(`alerts:${as}.instruction`),
    ...{ bodyVi: '', bodyEn: null },
  }
}

async function open(
  tx: Ctx,
  id: string,
  right: 'alerts.draft' | 'alerts.issue',
): Promise<{ row: AlertRow; me: OfficialActor }> {
  requireCan(tx, right)
  const me = requireOfficial(tx)
  const row = isUuid(id) ? await lockAlert(tx.db, id) : undefined
  if (row === undefined) throw new AppError('alerts.not_found')
  requireCan(tx, right, { unitCode: row.unitCode })
  return { row, me }
}

/** One audit row and a hint for live pages. */
async function note(tx: Ctx, id: string, action: string): Promise<void> {
  await audit(tx, { action, subjectKind: 'alert', subjectId: id })
  await appendEvent(tx, { kind: 'alerts.changed', subjectId: id })
}
