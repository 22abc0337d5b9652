import { Secret, TOTP } from 'otpauth'
import type { Random } from '../../core/ids.ts'

/** RFC 6238 as every authenticator app speaks it: SHA-1, six digits, thirty seconds, a secret of 160 bits. */
const PERIOD_SECONDS = 30
const SECRET_BYTES = 20
/** Clocks of phones go wrong: the step before and after are taken too (RFC 6238 §5.2). */
const WINDOW_STEPS = 1

const totpOf = (secret: string, login: string) =>
  new TOTP({
    issuer: 'Loa',
    label: login,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  })

/** A new secret, base32. */
export function newTotpSecret(random: Random): string {
  const bytes = Uint8Array.from(random(SECRET_BYTES))
  return new Secret({ buffer: bytes.buffer }).base32
}

/** What an authenticator app scans. */
export const totpUri = (secret: string, login: string): string => totpOf(secret, login).toString()

/** The time step that a code belongs to; undefined when it fits none near `now`. Compared in constant time. */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const timestamp = now.getTime()
  const delta = totpOf(secret, '-').validate({ token, timestamp, window: WINDOW_STEPS })
  if (delta === null) return undefined
  return Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta
}
