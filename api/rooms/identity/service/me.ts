import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireSelf } from '../policy.ts'
import { type Me, MeChange } from '../schema.ts'
import { findConsents } from '../store/consents.ts'
import { findResident, type ResidentRow, updateResident } from '../store/residents.ts'

/** The signed-in resident's own id; officials have no such page. */
export function ownResidentId({ actor }: Pick<Ctx, 'actor'>): string {
  if (actor.kind === 'resident') return actor.residentId
  throw new AppError(actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden')
}

async function getLiving(ctx: Ctx, residentId: string): Promise<ResidentRow> {
  const row = await findResident(ctx.db, residentId)
  if (row === undefined || row.erasedAt !== null) throw new AppError('http.not_found')
  return row
}

/** What this room knows of a person, for their own eyes. Throws `http.not_found` after erasure. */
export async function findMe(ctx: Ctx, input: { residentId: string }): Promise<Me> {
  requireSelf(ctx, input.residentId)
  const { language, displayName, createdAt } = await getLiving(ctx, input.residentId)
  const consents = await findConsents(ctx.db, input.residentId)
  return {
    language,
    displayName,
    createdAt,
    consents: consents.map(({ purpose, version, givenAt, withdrawnAt }) => ({
      purpose: purpose as Me['consents'][number]['purpose'],
      version,
      givenAt,
      withdrawnAt,
    })),
  }
}

/** Corrects the name by which Loa speaks to a person, or their language; an empty name is none. */
export async function changeMe(
  ctx: Ctx,
  input: { residentId: string; change: MeChange },
): Promise<Me> {
  requireSelf(ctx, input.residentId)
  const { language, displayName } = parseInput(MeChange, input.change)
  await inTransaction(ctx, async (tx) => {
    const before = await getLiving(tx, input.residentId)
    const next = {
      language: language ?? before.language,
      displayName: displayName === undefined ? before.displayName : displayName || null,
    }
    const fields = (['language', 'displayName'] as const).filter((one) => next[one] !== before[one])
    if (fields.length === 0) return
    await updateResident(tx.db, input.residentId, next)
    await audit(tx, {
      action: 'identity.resident_changed',
      subjectKind: 'resident',
      subjectId: input.residentId,
      fields,
    })
  })
  return findMe(ctx, input)
}
