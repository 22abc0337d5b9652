import { readBody } from '../../api/core/read-body.ts'
import { parseJson } from './fields.ts'
import { receiveZaloBot, type ZaloBotEvent } from './receive.ts'

/** As other receivers of this platform set it. */
const BODY_MAX_BYTES = 1024 * 1024

type Options = {
  /** The `secret_token` given to setWebhook. */
  secret: string
  botName?: string
  mediaHosts?: readonly string[]
  /** Resolves once the event's effects are committed; the same event may come again. */
  take: (event: ZaloBotEvent & { kind: 'message' }) => Promise<void>
  note?: (
    what: 'bad_secret' | 'too_large' | 'malformed' | 'ignored' | 'failed',
    error?: unknown,
  ) => void
}

const answer = (status: number): Response => new Response(null, { status })

/** `POST /webhooks/zalo-bot`: 200 after `take` has committed, 500 when it failed, 401 for a wrong secret. */
export function createZaloBotWebhook(options: Options): (request: Request) => Promise<Response> {
  const { secret, take, note = () => {}, botName, mediaHosts } = options
  const reading = {
    ...(botName === undefined ? {} : { botName }),
    ...(mediaHosts === undefined ? {} : { mediaHosts }),
  }

  return async (request) => {
    if (request.method !== 'POST') return answer(405)
    const given = request.headers.get('x-bot-api-secret-token')
    if (given === null || !(await isSameSecret(given, secret))) {
      note('bad_secret')
      await request.body?.cancel()
      return answer(401)
    }
    const rawBody = await readBody(request, BODY_MAX_BYTES)
    if (rawBody === undefined) {
      note('too_large')
      return answer(413)
    }
    const body = parseJson(new TextDecoder().decode(rawBody))
    if (body === undefined) {
      note('malformed')
      return answer(400)
    }
    const event = receiveZaloBot(body, reading)
    if (event.kind === 'ignored') {
      note('ignored')
      return answer(200)
    }
    try {
      await take(event)
      return answer(200)
    } catch (error) {
      note('failed', error)
      return answer(500)
    }
  }
}

/** Compares digests: neither the length nor the place of a difference shows in the time. */
async function isSameSecret(given: string, secret: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [given, secret].map(async (text) => {
      const bytes = new TextEncoder().encode(text)
      return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    }),
  )
  let difference = 0
  for (const [i, byte] of (a ?? []).entries()) difference |= byte ^ (b?.[i] ?? 0)
  return difference === 0
}
