import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { parsePublicCode, sha256Hex } from '../../../core/ids.ts'
import { localDate } from '../../../core/time.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { toOwn } from '../policy/view.ts'
import { ActOnOwn, LookupOwn, type OwnIncident } from '../schema.ts'
import { findByCodes, type IncidentRow, lockIncident } from '../store/cases.ts'
import { loadAround } from './around.ts'
import { applyMove, type Moved } from './move.ts'

/** Stands in for the hash of a case that does not exist, so that both ways take the same time. */
const NO_HASH = '0'.repeat(64)

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
  const around = await loadAround(ctx, [...own.values()])
  const today = localDate(ctx.now())
  return [...own.values()].flatMap((row) => {
    const parts = around.get(row.id)
    return parts === undefined ? [] : [toOwn(row, parts, today)]
  })
}

/**
 * What the sender does to the own case with its secret: rate, reopen, withdraw, give what was asked. Throws
 * `incidents.not_found` for an unknown code and a wrong secret alike, `incidents.bad_transition`.
 */
export async function actOnOwn(ctx: Ctx, input: ActOnOwn): Promise<Moved> {
  const { code, secret, move } = parseInput(ActOnOwn, input)
  return inTransaction(ctx, async (tx) => {
    const [found] = await findByCodes(tx.db, [parsePublicCode(code) ?? ''])
    const isHolder = await holdsSecret(found, secret)
    const incident = isHolder && found ? await lockIncident(tx.db, found.id) : undefined
    if (incident === undefined) throw new AppError('incidents.not_found')
    return applyMove(tx, incident, move, 'reporter')
  })
}
