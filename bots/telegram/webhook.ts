import { readUpTo } from './files.ts'
import type { TelegramInbound, TelegramMe } from './inbound.ts'
import type { OnFault } from './ports.ts'
import { receiveTelegram } from './receive.ts'

/** An update is a few kB; the largest text and its entities stay far below. */
const BODY_MAX_BYTES = 1_000_000
/** https://core.telegram.org/bots/api#setwebhook */
const SECRET_TOKEN = /^[A-Za-z0-9_-]{1,256}$/
const SECRET_HEADER = 'x-telegram-bot-api-secret-token'

/** Resolves once everything that follows from the update is committed; throws when it must come again. */
export type OnUpdate = (inbound: TelegramInbound) => Promise<void>

type Options = {
  secretToken: string
  onUpdate: OnUpdate
  me?: () => TelegramMe | undefined
  onFault?: OnFault
}

/**
 * The webhook's door. A wrong or missing secret gets 401 before anything is read; what can never be read gets 200 and
 * a fault, since Telegram would repeat it for ever; 500 makes Telegram bring the update again.
 */
export function telegramWebhook({ secretToken, onUpdate, me, onFault }: Options) {
  if (!SECRET_TOKEN.test(secretToken)) throw new Error('secretToken: 1 to 256 of A-Z a-z 0-9 _ -')
  const expected = digest(secretToken)
  return async (request: Request): Promise<Response> => {
    const given = request.headers.get(SECRET_HEADER) ?? ''
    if (!isSame(await digest(given), await expected)) return empty(401)
    if (request.method !== 'POST') return empty(405)
    const update = await readUpdate(request)
    if ('code' in update) {
      onFault?.({ what: 'webhook', code: update.code })
      return empty(200)
    }
    try {
      await onUpdate(receiveTelegram(update.json, me?.()))
      return empty(200)
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error
      onFault?.({ what: 'webhook', code: 'update_failed', description: name })
      return empty(500)
    }
  }
}

const empty = (status: number) => new Response(null, { status })

async function readUpdate(request: Request): Promise<{ json: unknown } | { code: string }> {
  if (request.body === null) return { code: 'body_empty' }
  const bytes = await readUpTo(request.body, BODY_MAX_BYTES)
  if (bytes === undefined) return { code: 'body_too_large' }
  try {
    return { json: JSON.parse(new TextDecoder().decode(bytes)) }
  } catch {
    return { code: 'body_not_json' }
  }
}

const digest = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** Every byte is looked at; over digests, so that neither length nor beginning of the secret shows in the time. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (const [i, byte] of a.entries()) difference |= byte ^ (b[i] ?? 0)
  return difference === 0
}
