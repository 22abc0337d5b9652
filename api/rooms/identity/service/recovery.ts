import type { Ctx } from '../../../context.ts'
import { randomSigns } from '../../../core/ids.ts'
import { replaceRecoveryCodes } from '../store/factors.ts'

const CODES = 10
/** Ten signs of 29: 48 bits each, tried at most a few times a minute. */
const CODE_LENGTH = 10

/** HMAC of a recovery code as people type it; undefined when it cannot be one. */
export async function recoveryHash(
  ctx: Ctx,
  officialId: string,
  code: string,
): Promise<string | undefined> {
  const signs = code.toUpperCase().replace(/[\s\-–—._]/g, '')
  if (!/^[2-9A-Z]{10}$/.test(signs)) return undefined
  return ctx.ports.sign('recovery-code', `${officialId}\n${signs}`)
}

/** Ten new codes for the day when the phone is lost, in the open transaction; former ones end. Shown once. */
export async function renewRecoveryCodes(tx: Ctx, officialId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, () => randomSigns(CODE_LENGTH, tx.ports.random))
  const hashes = await Promise.all(
    codes.map((code) => tx.ports.sign('recovery-code', `${officialId}\n${code}`)),
  )
  await replaceRecoveryCodes(tx.db, officialId, hashes, tx.now())
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}
