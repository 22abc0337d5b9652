type Signed = {
  rawBody: Uint8Array
  /** `timestamp` of the body, as it stands there. */
  timestamp: string
  /** The OA secret key, which is neither the app secret nor a token. */
  secretKey: string
}

/**
 * Hex SHA-256 of app id, raw body, timestamp and OA secret key, one after the other: a plain digest, no HMAC.
 * https://developers.zalo.me/docs/official-account/webhook/tong-quan
 */
export async function zaloOaMac(firstTerm: string, signed: Signed): Promise<string> {
  const utf8 = new TextEncoder()
  const head = utf8.encode(firstTerm)
  const tail = utf8.encode(signed.timestamp + signed.secretKey)
  const all = new Uint8Array(head.length + signed.rawBody.length + tail.length)
  all.set(head)
  all.set(signed.rawBody, head.length)
  all.set(tail, head.length + signed.rawBody.length)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

type Expected = {
  appId: string
  /** Accepts the digest with the account's id as first term too, which some report of Zalo. */
  oaId?: string
}

/** Which first term makes `header` (`mac=<hex>`) right for this body; undefined when none does. */
export async function verifyZaloOa(
  header: string,
  signed: Signed,
  { appId, oaId }: Expected,
): Promise<'app_id' | 'oa_id' | undefined> {
  const given = header.trim().replace(/^mac=/i, '').toLowerCase()
  if (isSame(given, await zaloOaMac(appId, signed))) return 'app_id'
  if (oaId !== undefined && isSame(given, await zaloOaMac(oaId, signed))) return 'oa_id'
  return undefined
}

/** Takes as long wherever two texts of one length differ. */
function isSame(given: string, expected: string): boolean {
  if (given.length !== expected.length) return false
  let difference = 0
  for (let i = 0; i < expected.length; i++)
    difference |= given.charCodeAt(i) ^ expected.charCodeAt(i)
  return difference === 0
}
