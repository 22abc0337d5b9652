import { createHmac, randomBytes } from 'node:crypto'
import type { Ports } from '../context.ts'
import type { Random } from '../core/ids.ts'

export const random: Random = (length) => new Uint8Array(randomBytes(length))

/** HMAC-SHA256 under APP_SECRET; one key a purpose, so that a signature never serves another. */
export function createSign(appSecret: string): Ports['sign'] {
  return async (purpose, value) => {
    const key = createHmac('sha256', appSecret).update(purpose).digest()
    return createHmac('sha256', key).update(value).digest('hex')
  }
}
