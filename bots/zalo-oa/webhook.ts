import { readBody } from '../../api/core/read-body.ts'
import { at, idOf } from './fields.ts'
import { parseJson } from './json.ts'
import { receiveZaloOa, type ZaloOaEvent } from './receive.ts'
import { verifyZaloOa } from './signature.ts'

/** Events of Zalo are a few kB; ours. */
const BODY_MAX_BYTES = 256 * 1024

/** What a host may count; nothing of a body is told. */
export type WebhookNote =
  | 'unsigned'
  | 'bad_signature'
  | 'signed_by_oa_id'
  | 'too_large'
  | 'other_oa'
  | 'ignored'
  | 'failed'

type KnownEvent = Exclude<ZaloOaEvent, { kind: 'ignored' }>

type Options = {
  appId: string
  oaId: string
  secretKey: string
  /** Also accepts the digest that begins with the account's id. */
  acceptsOaIdVariant?: boolean
  mediaHosts?: readonly string[]
  /** Resolves once the event, with its body as signed, is safe; its turn comes after. The same event may come again. */
  keep: (event: KnownEvent, body: string) => Promise<void>
  note?: (what: WebhookNote, error?: unknown) => void
}

const answer = (status: number): Response => new Response(null, { status })

/**
 * `POST /webhooks/zalo-oa`. 200 once `keep` has the event (Zalo waits 2 s, then sends again; a turn can take longer in a
 * crowd), 500 when it failed, 401 for a wrong signature. The console's "Kiểm tra" is unsigned and wants a 200: it gets one and causes nothing.
 */
export function createZaloOaWebhook(options: Options): (request: Request) => Promise<Response> {
  const { appId, oaId, secretKey, mediaHosts, keep, note = () => {} } = options
  const expected = options.acceptsOaIdVariant ? { appId, oaId } : { appId }

  return async (request) => {
    if (request.method !== 'POST') return answer(405)
    const header = request.headers.get('x-zevent-signature')
    if (header === null || header.trim() === '') {
      note('unsigned')
      await request.body?.cancel()
      return answer(200)
    }
    const rawBody = await readBody(request, BODY_MAX_BYTES)
    if (rawBody === undefined) {
      note('too_large')
      return answer(413)
    }
    const text = new TextDecoder().decode(rawBody)
    const body = parseJson(text)
    const timestamp = idOf(at(body, 'timestamp')) ?? ''
    const matched = await verifyZaloOa(header, { rawBody, timestamp, secretKey }, expected)
    if (matched === undefined) {
      note('bad_signature')
      return answer(401)
    }
    if (matched === 'oa_id') note('signed_by_oa_id')
    const event = receiveZaloOa(body, mediaHosts === undefined ? {} : { mediaHosts })
    if (event.kind === 'ignored') {
      note('ignored')
      return answer(200)
    }
    if (event.oaId !== undefined && event.oaId !== oaId) {
      note('other_oa')
      return answer(200)
    }
    try {
      await keep(event, text)
      return answer(200)
    } catch (error) {
      note('failed', error)
      return answer(500)
    }
  }
}
