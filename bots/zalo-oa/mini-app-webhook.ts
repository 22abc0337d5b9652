import { sha256Hex } from '../../api/core/ids.ts'
import { readBody } from '../../api/core/read-body.ts'
import { at, idOf } from './fields.ts'
import { parseJson } from './json.ts'

/** An event is a hundred bytes. */
const BODY_MAX_BYTES = 16 * 1024

/**
 * Hex SHA-256 of the values of the top-level keys, A to Z, then the mini-app's API key. After npm zmp-openapi-nodejs,
 * `VerifySignature`: another rule than that of the Official Account.
 */
export function zaloMiniAppMac(body: unknown, apiKey: string): Promise<string> {
  const entries = Object.entries(Object(body)).sort(([a], [b]) => (a < b ? -1 : 1))
  const values = entries.map(([, value]) =>
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  )
  return sha256Hex(values.join('') + apiKey)
}

type Options = {
  apiKey: string
  appId: string
  /** Resolves once the consent of this person of the mini-app is ended. */
  revoke: (userId: string) => Promise<void>
}

const answer = (status: number): Response => new Response(null, { status })

/** `POST /webhooks/zalo-mini-app`: 401 for a wrong signature, 200 for what is no withdrawal. */
export function createMiniAppWebhook({ apiKey, appId, revoke }: Options) {
  return async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return answer(405)
    const rawBody = await readBody(request, BODY_MAX_BYTES)
    if (rawBody === undefined) return answer(413)
    const body = parseJson(new TextDecoder().decode(rawBody))
    const given = (request.headers.get('x-zevent-signature') ?? '').trim().toLowerCase()
    // Digests of digests: the time says nothing of where they differ.
    const expected = await sha256Hex(await zaloMiniAppMac(body, apiKey))
    if ((await sha256Hex(given.replace(/^mac=/, ''))) !== expected) return answer(401)
    const userId = idOf(at(body, 'userId'))
    const isRevoke = at(body, 'event') === 'user.revoke.consent'
    if (!isRevoke || userId === undefined || idOf(at(body, 'appId')) !== appId) return answer(200)
    try {
      await revoke(userId)
      return answer(200)
    } catch {
      return answer(500)
    }
  }
}
