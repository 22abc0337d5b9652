import type { Ctx, Db } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { sha256Hex } from '../core/ids.ts'
import { inTransaction } from './transaction.ts'

type Request = {
  /** The use-case and whose key it is: `incidents.report:<conversation or person>`. */
  scope: string
  /** The client's own random key; without one the work is simply done. */
  key: string | undefined
  body: unknown
}

/** Long enough that nobody guesses another's key, and with it the answer. */
const KEY = /^[\x21-\x7e]{16,128}$/
/** After this many days only the key and the body's hash stay. */
export const KEEP_DAYS = 30

/**
 * Runs `fn` once for a key. The same key with the same body gets the first answer again (as JSON), also when both come
 * at once: the second waits for the first one's row. Throws `http.idempotency_mismatch` for another body. The answer
 * is kept sealed under the key, of which only a hash is stored, so one-time secrets in it cannot be read from the table.
 */
export async function withIdempotency<T extends Record<string, unknown>>(
  ctx: Ctx,
  request: Request,
  fn: (tx: Ctx) => Promise<T>,
): Promise<T> {
  const { scope, key } = request
  if (key === undefined) return inTransaction(ctx, fn)
  if (!KEY.test(key)) {
    throw new AppError('http.invalid_input', {
      issues: [{ path: 'Idempotency-Key', code: 'invalid_format' }],
    })
  }
  const keyHash = await sha256Hex(`${scope}\n${key}`)
  const bodyHash = await sha256Hex(canonical(request.body))
  return inTransaction(ctx, async (tx) => {
    if (!(await claimKey(tx, scope, keyHash, bodyHash))) {
      return (await readAnswer(tx.db, { scope, key, keyHash, bodyHash })) as T
    }
    const answer = await fn(tx)
    const sealed = await seal(tx, `${scope}\n${key}`, JSON.stringify(answer))
    await tx.db
      .updateTable('idempotency')
      .set({ response: JSON.stringify({ sealed }) })
      .where('scope', '=', scope)
      .where('key', '=', keyHash)
      .execute()
    return answer
  })
}

/** Insert first: a twin in another transaction waits here until this one has ended. */
async function claimKey(tx: Ctx, scope: string, key: string, bodyHash: string): Promise<boolean> {
  const result = await tx.db
    .insertInto('idempotency')
    .values({ scope, key, bodyHash, response: '{}', createdAt: tx.now() })
    .onConflict((oc) => oc.columns(['scope', 'key']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

async function readAnswer(
  db: Db,
  r: { scope: string; key: string; keyHash: string; bodyHash: string },
): Promise<unknown> {
  const row = await db
    .selectFrom('idempotency')
    .select(['bodyHash', 'response'])
    .where('scope', '=', r.scope)
    .where('key', '=', r.keyHash)
    .executeTakeFirst()
  if (row?.bodyHash !== r.bodyHash) throw new AppError('http.idempotency_mismatch')
  // Purged: it was done, but nobody can say any more what was answered.
  if (typeof row.response.sealed !== 'string') throw new AppError('http.conflict')
  return JSON.parse(await unseal(`${r.scope}\n${r.key}`, row.response.sealed))
}

/** Drops answers older than 30 days; the keys stay for ever. Returns how many. */
export async function purgeIdempotency(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now().getTime() - KEEP_DAYS * 86_400_000)
  const result = await ctx.db
    .updateTable('idempotency')
    .set({ response: '{}' })
    .where('createdAt', '<', before.toISOString())
    .where((eb) => eb(eb.cast<string>('response', 'text'), '<>', '{}'))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** JSON with sorted keys, so that the order of members does not matter. */
const canonical = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

const IV_BYTES = 12 // the length that AES-GCM is made for

async function sealKey(passphrase: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(`seal\n${passphrase}`)
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

async function seal(ctx: Ctx, passphrase: string, text: string): Promise<string> {
  const iv = new Uint8Array(ctx.ports.random(IV_BYTES))
  const data = new TextEncoder().encode(text)
  const key = await sealKey(passphrase)
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, data))
  const toText = (bytes: Uint8Array) =>
    btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return `${toText(iv)}.${toText(sealed)}`
}

async function unseal(passphrase: string, sealed: string): Promise<string> {
  const [iv = new Uint8Array(), data = new Uint8Array()] = sealed
    .split('.')
    .map((part) => Uint8Array.from(atob(part), (sign) => sign.charCodeAt(0)))
  const key = await sealKey(passphrase)
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data)
  return new TextDecoder().decode(plain)
}
