import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { sha256Hex } from '../../../core/ids.ts'

type Part = 'login' | 'remote'
type Tries = readonly { per: readonly Part[]; limit: number; windowSeconds: number }[]

/**
 * Tries of passwords, asked in this order. The narrow ones stop a guesser at one address before their tries count
 * against the login, so that nobody can lock a colleague out; the last one slows guessing spread over many addresses.
 */
const PASSWORD_TRIES: Tries = [
  { per: ['login', 'remote'], limit: 5, windowSeconds: 60 },
  { per: ['login', 'remote'], limit: 20, windowSeconds: 900 },
  { per: ['remote'], limit: 100, windowSeconds: 900 },
  { per: ['login'], limit: 200, windowSeconds: 900 },
]

/** Whoever gets here knows the password. 30 an hour against three codes of a million: two in a thousand a day. */
const CODE_TRIES: Tries = [
  { per: ['login', 'remote'], limit: 5, windowSeconds: 60 },
  { per: ['remote'], limit: 100, windowSeconds: 900 },
  { per: ['login'], limit: 30, windowSeconds: 3600 },
]

/** A passkey cannot be guessed; this bounds the work. */
const PASSKEY_TRIES: Tries = [{ per: ['remote'], limit: 100, windowSeconds: 900 }]

type Who = { login: string; remote: string }

/** Throws `identity.too_many_attempts`. Keys are hashed: people type passwords into the wrong field. */
async function take(ctx: Ctx, what: string, tries: Tries, who: Who): Promise<void> {
  for (const { per, limit, windowSeconds } of tries) {
    const whose = await sha256Hex(JSON.stringify(per.map((part) => who[part])))
    const key = `${what}:${per.join('+')}:${windowSeconds}:${whose.slice(0, 32)}`
    const answer = await ctx.ports.limits.take(key, limit, windowSeconds)
    if (!answer.ok) {
      throw new AppError('identity.too_many_attempts', {
        params: { seconds: answer.retryAfterSeconds },
        retryAfterSeconds: answer.retryAfterSeconds,
      })
    }
  }
}

export const throttlePassword = (ctx: Ctx, who: Who): Promise<void> =>
  take(ctx, 'sign-in', PASSWORD_TRIES, who)

/** `login` is the official's id. On the pool, before the transaction. */
export const throttleCode = (ctx: Ctx, who: Who): Promise<void> =>
  take(ctx, 'second-step', CODE_TRIES, who)

export const throttlePasskey = (ctx: Ctx, remote: string): Promise<void> =>
  take(ctx, 'passkey', PASSKEY_TRIES, { login: '', remote })
