import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { parsePublicCode, sha256Hex } from '../../../core/ids.ts'
import { localDate } from '../../../core/time.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { ownMoves } from '../policy/own.ts'
import { toOwn } from '../policy/view.ts'
import type { OwnIncident } from '../schema.ts'
import { ActOnOwn, LookupOwn } from '../schema-follow.ts'
import { findByCodes, findReported, type IncidentRow, lockIncident } from '../store/cases.ts'
import { findAsked } from '../store/satisfaction.ts'
import { loadAround } from './around.ts'
import { applyMove, type Moved } from './move.ts'

/** Stands in for the hash of a case that does not exist, so that both ways take the same time. */
const NO_HASH = '0'.repeat(64)
const MINE_LIMIT = 50

/** Compares all signs, however many differ. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < NO_HASH.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}

async function holdsSecret(row: IncidentRow | undefined, secret: string): Promise<boolean> {
  const hash = await sha256Hex(secret)
  return isSame(row?.secretHash ?? NO_HASH, hash) && row !== undefined
}

/**
 * The own case, locked: by its one-time secret, or as the resident who sent it. Throws `incidents.not_found` for an
 * unknown code, a wrong secret and somebody else's case alike.
 */
export async function lockOwn(
  tx: Ctx,
  given: { code: string; secret?: string | undefined },
): Promise<IncidentRow> {
  const [found] = await findByCodes(tx.db, [parsePublicCode(given.code) ?? ''])
  const isHolder = await holdsSecret(found, given.secret ?? '')
  const { actor } = tx
  const isSender = actor.kind === 'resident' && found?.reporterId === actor.residentId
  const row = found && (isHolder || isSender) ? await lockIncident(tx.db, found.id) : undefined
  if (row === undefined) throw new AppError('incidents.not_found')
  return row
}

/** Views of cases that are surely the reader's own. */
async function viewOwn(ctx: Ctx, rows: readonly IncidentRow[]): Promise<OwnIncident[]> {
  const around = await loadAround(ctx, rows)
  const asked = await findAsked(
    ctx.db,
    rows.map((row) => row.id),
  )
  const now = ctx.now()
  return rows.flatMap((row) => {
    const parts = around.get(row.id)
    if (parts === undefined) return []
    const moves = ownMoves(row, { steps: parts.activity, now, isAsked: asked.has(row.id) })
    return [toOwn(row, parts, localDate(now), moves)]
  })
}

/** Cases whose code and secret fit, each once; a wrong secret and an unknown code are equally absent. */
export async function lookupOwn(ctx: Ctx, input: LookupOwn): Promise<OwnIncident[]> {
  const { cases } = parseInput(LookupOwn, input)
  const asked = cases.map(({ code, secret }) => ({ code: parsePublicCode(code) ?? '', secret }))
  const rows = await findByCodes(
    ctx.db,
    asked.map(({ code }) => code),
  )
  const byCode = new Map(rows.map((row) => [row.publicCode, row]))
  const own = new Map<string, IncidentRow>()
  for (const { code, secret } of asked) {
    const row = byCode.get(code)
    if ((await holdsSecret(row, secret)) && row !== undefined) own.set(row.id, row)
  }
  return viewOwn(ctx, [...own.values()])
}

/** Cases that the signed-in resident sent, newest first, at most 50. Throws `http.unauthenticated`. */
export async function listMine(ctx: Ctx): Promise<OwnIncident[]> {
  const { actor } = ctx
  if (actor.kind !== 'resident')
    throw new AppError(actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden')
  return viewOwn(ctx, await findReported(ctx.db, actor.residentId, MINE_LIMIT))
}

/** The case when the signed-in resident sent it; undefined otherwise. */
export async function findOwn(ctx: Ctx, code: string): Promise<OwnIncident | undefined> {
  const { actor } = ctx
  const [row] = await findByCodes(ctx.db, [parsePublicCode(code) ?? ''])
  const isSender = actor.kind === 'resident' && row?.reporterId === actor.residentId
  return row !== undefined && isSender ? viewOne(ctx, row) : undefined
}

/** One own case after something was done to it. */
export async function viewOne(ctx: Ctx, row: IncidentRow): Promise<OwnIncident> {
  const [view] = await viewOwn(ctx, [row])
  if (view === undefined) throw new AppError('incidents.not_found')
  return view
}

/**
 * What the sender does to the own case: rate, reopen, withdraw, give what was asked. Throws `incidents.not_found`
 * (as `lockOwn`), `incidents.bad_transition`.
 */
export async function actOnOwn(ctx: Ctx, input: ActOnOwn): Promise<Moved> {
  const { move, ...given } = parseInput(ActOnOwn, input)
  return inTransaction(ctx, async (tx) => applyMove(tx, await lockOwn(tx, given), move, 'reporter'))
}

/** As `actOnOwn`; returns the case as it is then. */
export async function moveOwn(ctx: Ctx, input: ActOnOwn): Promise<OwnIncident> {
  const { move, ...given } = parseInput(ActOnOwn, input)
  return inTransaction(ctx, async (tx) => {
    const { id } = await applyMove(tx, await lockOwn(tx, given), move, 'reporter')
    const row = await lockIncident(tx.db, id)
    if (row === undefined) throw new AppError('incidents.not_found')
    return viewOne(tx, row)
  })
}
