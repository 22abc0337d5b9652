import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { newSecret, sha256Hex } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { NewKey, type Right } from './schema.ts'
import {
  findKeyByHash,
  insertKey,
  type KeyRow,
  listKeyRows,
  markKeyRevoked,
  markKeyUsed,
} from './store.ts'

/** Wrong keys from one address in a minute; 256 random bits are not guessed, this bounds the work. */
const WRONG_KEYS_A_MINUTE = 30

const auditKey = (tx: Ctx, keyId: string, action: string, data: Record<string, string | number>) =>
  audit(tx, { action, subjectKind: 'open311_key', subjectId: keyId, data })

/**
 * A key for a partner system; its secret is in the answer this once. Whoever gets it has agreed to send only what their
 * own residents consented to. Throws `http.conflict` for a name that is taken.
 */
export async function createPartnerKey(
  ctx: Ctx,
  input: NewKey,
): Promise<{ name: string; secret: string }> {
  requireCan(ctx, 'open311.manage')
  const { name, rights, requestsPerMinute } = parseInput(NewKey, input)
  return inTransaction(ctx, async (tx) => {
    const secret = newSecret(tx.ports.random)
    const row = await insertKey(tx.db, {
      id: tx.newId(),
      name,
      secretHash: await sha256Hex(secret),
      rights,
      requestsPerMinute,
      createdAt: tx.now(),
    })
    if (row === undefined) throw new AppError('http.conflict')
    await auditKey(tx, row.id, 'open311.create_key', {
      name,
      rights: rights.join(' '),
      requestsPerMinute,
    })
    return { name, secret }
  })
}

/** Ends a key at once. Throws `http.not_found` for one that is unknown or has ended. */
export async function revokePartnerKey(ctx: Ctx, name: string): Promise<void> {
  requireCan(ctx, 'open311.manage')
  await inTransaction(ctx, async (tx) => {
    const revoked = await markKeyRevoked(tx.db, name, tx.now())
    if (revoked === undefined) throw new AppError('http.not_found')
    await auditKey(tx, revoked.id, 'open311.revoke_key', { name })
  })
}

export type PartnerKey = Omit<KeyRow, 'secretHash'>

export async function listPartnerKeys(ctx: Ctx): Promise<PartnerKey[]> {
  requireCan(ctx, 'open311.manage')
  return (await listKeyRows(ctx.db)).map(({ secretHash: _, ...row }) => row)
}

/**
 * The partner behind a key that holds the right, within its limit. Throws `open311.key_invalid` for none, a wrong one
 * and one without the right alike, `http.rate_limited`.
 */
export async function requireKey(
  ctx: Ctx,
  given: { secret: string | undefined; right: Right; remote: string },
): Promise<KeyRow> {
  const { secret, right, remote } = given
  const key = secret ? await findKeyByHash(ctx.db, await sha256Hex(secret)) : undefined
  if (!key?.rights.includes(right)) {
    await take(ctx, `open311.wrong:${remote}`, WRONG_KEYS_A_MINUTE)
    throw new AppError('open311.key_invalid')
  }
  await take(ctx, `open311.key:${key.id}`, key.requestsPerMinute)
  await markKeyUsed(ctx.db, key.id, ctx.now())
  return key
}

async function take(ctx: Ctx, limitKey: string, hits: number): Promise<void> {
  const taken = await ctx.ports.limits.take(limitKey, hits, 60)
  if (taken.ok) return
  const { retryAfterSeconds } = taken
  throw new AppError('http.rate_limited', {
    params: { seconds: retryAfterSeconds },
    retryAfterSeconds,
  })
}

/** The same ctx, acting for the partner: audit and steps name the key. */
export const asPartner = (ctx: Ctx, key: KeyRow): Ctx => ({
  ...ctx,
  actor: { kind: 'system', name: `open311:${key.name}` },
})
