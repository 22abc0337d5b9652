import type { Ctx } from '../../../context.ts'
import { lastFour } from '../policy/mask.ts'

/** HMAC of a dossier's code and the last four digits of its phone or identity number, under APP_SECRET. */
export const factorHash = (
  ctx: Pick<Ctx, 'ports'>,
  code: string,
  kind: 'phone' | 'id',
  tail: string,
): Promise<string> => ctx.ports.sign('dossier-factor', `${code}\n${kind}\n${tail}`)

/** Stands in where no number is registered: equal to no HMAC, and compared like one. */
const NO_HASH = '-'.repeat(64)

/** Compares all signs, however many differ. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < NO_HASH.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}

/**
 * Whether the digits are the registered phone's or identity number's last four. The same work for a dossier that does
 * not exist.
 */
export async function holdsFactor(
  ctx: Ctx,
  code: string,
  row: { phoneHash: string | null; idHash: string | null } | undefined,
  digits: string,
): Promise<boolean> {
  const tail = lastFour(digits) ?? ''
  const phone = await factorHash(ctx, code, 'phone', tail)
  const id = await factorHash(ctx, code, 'id', tail)
  const isPhone = isSame(row?.phoneHash ?? NO_HASH, phone)
  const isId = isSame(row?.idHash ?? NO_HASH, id)
  return isPhone || isId
}
