import type { Ctx } from '../../../../context.ts'
import { AppError } from '../../../../core/errors.ts'
import { isUuid, randomSigns } from '../../../../core/ids.ts'
import { audit } from '../../../../db/audit.ts'
import { inTransaction } from '../../../../db/transaction.ts'
import { parseInput } from '../../../../http/kit.ts'
import { listHamlets, withKind } from '../../../areas/index.ts'
import { giveConsent, hasConsent, requireSelf } from '../../../identity/index.ts'
import { listLessons } from '../../service/read.ts'
import { decideMove } from '../policy/moves.ts'
import { AskHelp, type HelpOffer, type HelpView } from '../schema.ts'
import {
  findHelp,
  type HelpRow,
  insertHelp,
  listHelpOf,
  lockAsking,
  lockHelp,
  lockLiveOf,
  saveHelp,
} from '../store.ts'
import { tellTeam } from './tell.ts'
import { viewHelp } from './view.ts'

/** One for oneself and one for a relative; more would keep the team from others. */
const MAX_LIVE = 2
const ASKED_A_DAY = 3
const DAY_MS = 86_400_000
const CODE_SIGNS = 4
const LISTED = 10

/** The text of `help` that was just agreed to. */
type Agreed = { version: number; channel: string }

/** The hamlets of the installation's unit, and what may be taught. */
export async function readOffer(ctx: Ctx): Promise<HelpOffer> {
  const hamlets = await listHamlets(ctx.db, ctx.settings.homeUnitCode, ctx.now())
  const lessons = await listLessons(ctx)
  return {
    hamlets: hamlets.map((hamlet) => ({ id: hamlet.id, name: withKind(hamlet) })),
    lessons: lessons.map(({ id, title }) => ({ id, title })),
  }
}

/** Throws `guides.too_many_requests` for too many at once, `http.rate_limited` for too many a day, cancelled ones too. */
async function limitAsking(tx: Ctx, residentId: string): Promise<void> {
  await lockAsking(tx.db, residentId)
  if ((await lockLiveOf(tx.db, residentId)).length >= MAX_LIVE)
    throw new AppError('guides.too_many_requests', { params: { max: MAX_LIVE } })
  const now = tx.now().getTime()
  const asked = await listHelpOf(tx.db, residentId, ASKED_A_DAY)
  const oldest = asked[ASKED_A_DAY - 1]
  if (oldest === undefined) return
  const seconds = Math.ceil((Date.parse(oldest.createdAt) + DAY_MS - now) / 1000)
  if (seconds > 0)
    throw new AppError('http.rate_limited', { params: { seconds }, retryAfterSeconds: seconds })
}

async function requireConsent(tx: Ctx, residentId: string, agreed?: Agreed): Promise<void> {
  const mine = { residentId, purpose: 'help' as const }
  if (agreed !== undefined) await giveConsent(tx, { ...mine, ...agreed })
  else if (!(await hasConsent(tx, mine))) throw new AppError('identity.consent_missing')
}

/**
 * Asks for a member of the community digital team to come, for oneself or for a relative; the team of that unit is told.
 * The same id again is the same request. Needs consent to `help`. Throws `http.invalid_input` for a hamlet or lesson that
 * is not there, `guides.too_many_requests`, `http.rate_limited`, `identity.consent_missing`, `http.conflict` for another's id.
 */
export async function askHelp(
  ctx: Ctx,
  input: AskHelp & { residentId: string; channel: string; agreed?: Agreed },
): Promise<HelpView> {
  const { residentId, channel, agreed, ...rest } = input
  requireSelf(ctx, residentId)
  const wish = parseInput(AskHelp, rest)
  const known = await findHelp(ctx.db, wish.id)
  if (known !== undefined) return ownAgain(ctx, known, residentId)
  await requireOffered(ctx, wish)
  return inTransaction(ctx, async (tx) => {
    await requireConsent(tx, residentId, agreed)
    await limitAsking(tx, residentId)
    const isNew = await insertHelp(tx.db, {
      ...wish,
      ...{ residentId, channel, state: 'open' },
      unitCode: tx.settings.homeUnitCode,
      code: randomSigns(CODE_SIGNS, tx.ports.random),
      createdAt: tx.now(),
    })
    const row = await lockHelp(tx.db, wish.id)
    if (row === undefined) throw new AppError('http.conflict')
    if (!isNew) return ownAgain(tx, row, residentId)
    await note(tx, 'guides.help_asked', row)
    await tellTeam(tx, row)
    return viewHelp(tx, row)
  })
}

function ownAgain(ctx: Ctx, row: HelpRow, residentId: string): Promise<HelpView> {
  if (row.residentId !== residentId) throw new AppError('http.conflict')
  return viewHelp(ctx, row)
}

async function requireOffered(
  ctx: Ctx,
  { hamletId, lessonId }: Pick<AskHelp, 'hamletId' | 'lessonId'>,
): Promise<void> {
  const { hamlets, lessons } = await readOffer(ctx)
  const bad = [
    ...(hamlets.some(({ id }) => id === hamletId) ? [] : ['hamletId']),
    ...(lessonId === null || lessons.some(({ id }) => id === lessonId) ? [] : ['lessonId']),
  ]
  if (bad.length === 0) return
  const issues = bad.map((path) => ({ path, code: 'custom' }))
  throw new AppError('http.invalid_input', { issues })
}

/** What a person asked for, the latest first. */
export async function listOwnHelp(ctx: Ctx, input: { residentId: string }): Promise<HelpView[]> {
  requireSelf(ctx, input.residentId)
  const rows = await listHelpOf(ctx.db, input.residentId, LISTED)
  return Promise.all(rows.map((row) => viewHelp(ctx, row)))
}

/**
 * Calls it off; whoever took it hears of it. Cancelled again it is the same. Throws `guides.request_unknown` for somebody
 * else's and none alike, `guides.request_over`.
 */
export async function cancelHelp(
  ctx: Ctx,
  input: { residentId: string; id: string },
): Promise<HelpView> {
  const { residentId, id } = input
  requireSelf(ctx, residentId)
  return inTransaction(ctx, async (tx) => {
    const row = isUuid(id) ? await lockHelp(tx.db, id) : undefined
    if (row?.residentId !== residentId) throw new AppError('guides.request_unknown')
    const decided = decideMove(row, 'cancel', null)
    if (decided.outcome === 'same') return viewHelp(tx, row)
    if (decided.outcome !== 'moved') throw new AppError('guides.request_over')
    const saved = await saveHelp(tx.db, id, { ...decided.to, endedAt: tx.now() })
    await note(tx, 'guides.help_cancelled', saved)
    await tellTeam(tx, saved)
    return viewHelp(tx, saved)
  })
}

const note = (tx: Ctx, action: string, { id, hamletId, lessonId }: HelpRow) =>
  audit(tx, { action, subjectKind: 'help_request', subjectId: id, data: { hamletId, lessonId } })
