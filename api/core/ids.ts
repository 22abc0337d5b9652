/** Fills a fresh array with `length` random bytes. */
export type Random = (length: number) => Uint8Array

const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')

/** UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, 12 bits of counter, 62 random bits. */
function uuidv7(unixMs: number, counter: number, random: Random): string {
  const bytes = random(16)
  let ms = unixMs
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256
    ms = Math.floor(ms / 256)
  }
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const h = hex(bytes)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`
}

const COUNTER_LIMIT = 0x1000

/**
 * A maker of UUIDv7 ids that only ever grow, also within one millisecond and when the clock steps back: rows made in
 * order sort in order. A host makes one per process.
 */
export function idFactory(now: () => Date, random: Random): () => string {
  let lastMs = 0
  let counter = 0
  return () => {
    const ms = now().getTime()
    if (ms > lastMs) {
      lastMs = ms
      counter = (random(1)[0] ?? 0) & 0x7f
    } else if (++counter === COUNTER_LIMIT) {
      lastMs += 1
      counter = 0
    }
    return uuidv7(lastMs, counter, random)
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isUuid = (value: string): boolean => UUID.test(value)

/** 29 signs (a prime, for the check) that nobody confuses on paper or by phone: no 0 O 1 I L U V. */
const CODE_SIGNS = '23456789ABCDEFGHJKMNPQRSTWXYZ'
const CODE_BODY_LENGTH = 7

/** Weighted sum modulo a prime: finds every single slip and every swap of two neighbours. */
function checkSign(body: string): string {
  let sum = 0
  for (const [i, sign] of [...body].entries()) sum += CODE_SIGNS.indexOf(sign) * (i + 1)
  return CODE_SIGNS.charAt(sum % CODE_SIGNS.length)
}

/** A string of `length` code signs, each equally likely (bytes that would bias are thrown away). */
export function randomSigns(length: number, random: Random): string {
  let out = ''
  const limit = 256 - (256 % CODE_SIGNS.length)
  while (out.length < length) {
    for (const byte of random(length * 2)) {
      if (byte < limit && out.length < length) out += CODE_SIGNS.charAt(byte % CODE_SIGNS.length)
    }
  }
  return out
}

/** Public case code `HUE-XXXX-XXXX`; random, so it tells neither volume nor neighbours. */
export function newPublicCode(random: Random): string {
  const body = randomSigns(CODE_BODY_LENGTH, random)
  const all = body + checkSign(body)
  return `HUE-${all.slice(0, 4)}-${all.slice(4)}`
}

/** Reads a public code as people type it (case, spaces, dashes, dots free; prefix optional); undefined if it is none. */
export function parsePublicCode(input: string): string | undefined {
  const signs = input
    .toUpperCase()
    .replace(/[\s\-–—._]/g, '')
    .replace(/^HUE(?=.{8}$)/, '')
  if (signs.length !== CODE_BODY_LENGTH + 1) return undefined
  if ([...signs].some((sign) => !CODE_SIGNS.includes(sign))) return undefined
  if (checkSign(signs.slice(0, CODE_BODY_LENGTH)) !== signs.slice(CODE_BODY_LENGTH))
    return undefined
  return `HUE-${signs.slice(0, 4)}-${signs.slice(4)}`
}

/** Signs of a code that people type into a chat, never such that they could be meant as the public code of a case. */
export function newTypedCode(length: number, random: Random): string {
  const signs = randomSigns(length, random)
  return parsePublicCode(signs) === undefined ? signs : newTypedCode(length, random)
}

/** Such a code as people write it, in any case and however parted; undefined when it cannot be one. */
export function readTypedCode(input: string, length: number): string | undefined {
  const signs = input.toUpperCase().replace(/[\s\-–—._]/g, '')
  if (signs.length !== length || [...signs].some((sign) => !CODE_SIGNS.includes(sign)))
    return undefined
  return parsePublicCode(signs) === undefined ? signs : undefined
}

/** Short support code shown beside an error ("Mã hỗ trợ: K7M2-QX9A"), also the request id in the log. */
export const newRequestId = (random: Random): string => {
  const signs = randomSigns(8, random)
  return `${signs.slice(0, 4)}-${signs.slice(4)}`
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 32 random bytes as 43 base64url signs, for bearer secrets; only a hash of it is ever stored. */
export function newSecret(random: Random): string {
  const bytes = random(32)
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.subarray(i, i + 3)
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    out += BASE64URL.charAt(word >> 18) + BASE64URL.charAt((word >> 12) & 63)
    if (b !== undefined) out += BASE64URL.charAt((word >> 6) & 63)
    if (c !== undefined) out += BASE64URL.charAt(word & 63)
  }
  return out
}

/** Lower-case hex SHA-256 of a text (WebCrypto, the same on Node and Workers). */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return hex(new Uint8Array(digest))
}
