import type { TelegramProof } from '../../../context.ts'
import { isSameText } from '../../../core/compare.ts'

/** With the bot's token its HMAC is checked; with the bot's id alone the signature that Telegram gives third parties. */
export type TelegramKey = { botToken: string } | { botId: string; publicKeyHex: string }

/** https://core.telegram.org/bots/webapps#validating-data-for-third-party-use, production. */
export const TELEGRAM_PUBLIC_KEY =
  'e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d'

/** Initial data is exchanged when the app opens; an hour covers a slow start and wrong clocks. */
export const INIT_DATA_MAX_AGE_MS = 3_600_000
/** How far ahead Telegram's clock may be. */
const CLOCK_SKEW_MS = 60_000
const MAX_LENGTH = 8_192

const utf8 = new TextEncoder()

const hexOf = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const bytesOfHex = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** Telegram leaves the padding out; `atob` does without it too. Undefined for anything else. */
function bytesOfBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined
  try {
    const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0))
  } catch {
    return undefined
  }
}

async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<ArrayBuffer> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign'])
  return crypto.subtle.sign('HMAC', imported, utf8.encode(text))
}

/** `k=v` of all fields but `without`, sorted, one a line: what Telegram signs. */
const checkString = (fields: URLSearchParams, without: readonly string[]): string =>
  [...fields]
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n')

/** The key that signs initial data of a bot, and the signature of a text under it. */
export async function telegramHash(botToken: string, text: string): Promise<string> {
  const secret = await hmac(utf8.encode('WebAppData'), botToken)
  return hexOf(await hmac(new Uint8Array(secret), text))
}

async function isSigned(fields: URLSearchParams, key: TelegramKey): Promise<boolean> {
  if ('botToken' in key) {
    const expected = await telegramHash(key.botToken, checkString(fields, ['hash']))
    return isSameText(fields.get('hash') ?? '', expected)
  }
  const signature = bytesOfBase64Url(fields.get('signature') ?? '')
  if (signature === undefined) return false
  const text = `${key.botId}:WebAppData\n${checkString(fields, ['hash', 'signature'])}`
  const publicKey = bytesOfHex(key.publicKeyHex)
  const imported = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', imported, signature, utf8.encode(text))
}

function userIdOf(fields: URLSearchParams): string | undefined {
  try {
    const user: unknown = JSON.parse(fields.get('user') ?? '')
    const id = typeof user === 'object' && user !== null && 'id' in user ? user.id : undefined
    return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? String(id) : undefined
  } catch {
    return undefined
  }
}

/**
 * Who opened the mini-app, from `Telegram.WebApp.initData` as it came. A signature that does not fit, a field that
 * comes twice and data without a user are all `invalid`; a true one that is too old is `expired`. Never throws.
 */
export async function checkInitData(
  initData: string,
  key: TelegramKey,
  now: Date,
): Promise<TelegramProof> {
  if (initData.length > MAX_LENGTH) return { outcome: 'invalid' }
  const fields = new URLSearchParams(initData)
  const names = [...fields.keys()]
  if (new Set(names).size !== names.length) return { outcome: 'invalid' }
  if (!(await isSigned(fields, key))) return { outcome: 'invalid' }
  const userId = userIdOf(fields)
  const seconds = fields.get('auth_date') ?? ''
  if (userId === undefined || !/^\d{1,12}$/.test(seconds)) return { outcome: 'invalid' }
  const ageMs = now.getTime() - Number(seconds) * 1000
  if (ageMs > INIT_DATA_MAX_AGE_MS || ageMs < -CLOCK_SKEW_MS) return { outcome: 'expired' }
  return { outcome: 'proven', userId }
}
