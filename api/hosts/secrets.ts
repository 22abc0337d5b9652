import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { Ports, Sealer } from '../context.ts'
import type { Random } from '../core/ids.ts'

export const random: Random = (length) => new Uint8Array(randomBytes(length))

/** HMAC-SHA256 under APP_SECRET; one key a purpose, so that a signature never serves another. */
export function createSign(appSecret: string): Ports['sign'] {
  return async (purpose, value) => {
    const key = createHmac('sha256', appSecret).update(purpose).digest()
    return createHmac('sha256', key).update(value).digest('hex')
  }
}

const IV_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM under a key derived from APP_SECRET, one a purpose; base64 of IV, tag and text. */
export function createSealer(appSecret: string): Sealer {
  const keyOf = (purpose: string) =>
    createHmac('sha256', appSecret).update(`seal\n${purpose}`).digest()
  return {
    seal: (purpose, text) => {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), iv)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
    },
    unseal: (purpose, sealed) => {
      const bytes = Buffer.from(sealed, 'base64')
      const iv = bytes.subarray(0, IV_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', keyOf(purpose), iv)
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES))
      return Buffer.concat([text, decipher.final()]).toString('utf8')
    },
  }
}
