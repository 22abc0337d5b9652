import { Hono } from 'hono'
import {
  type Bindings,
  createScript,
  type FakeCall,
  type FakeStep,
  type PostOptions,
  pause,
  postWebhook,
  serveFake,
} from './zalo-server.ts'

type Options = { token?: string; secret?: string; port?: number; latencyMs?: number }

export const BOT_DEFAULTS = {
  token: '3333333333333333333:fake-bot-secret',
  secret: 'fake-webhook-secret',
} as const

const error = (error_code: number, description: string) => ({ ok: false, error_code, description })

/**
 * The Zalo Bot Platform at the socket: `ok` decides, whatever the HTTP status. `script(method, …)` makes the next calls
 * of a method go wrong.
 */
export async function startZaloBotFake(options: Options = {}) {
  const given = { ...BOT_DEFAULTS, latencyMs: 0, ...options }
  const calls: FakeCall[] = []
  const sent: { method: string; payload: Record<string, unknown> }[] = []
  const script = createScript()
  let webhook = ''
  const app = new Hono<Bindings>()

  app.all('/:bot/:method', async (c) => {
    const { bot, method } = c.req.param()
    const posted = c.req.method === 'POST' ? await c.req.json().catch(() => ({})) : {}
    const payload: Record<string, unknown> = { ...c.req.query(), ...posted }
    const { path } = c.req
    const headers = c.req.header()
    calls.push({ at: Date.now(), method, path, query: c.req.query(), headers, body: payload })
    const step = script.next(method)
    await pause(given.latencyMs + (step !== undefined && 'slowMs' in step ? (step.slowMs ?? 0) : 0))
    if (step !== undefined && 'error' in step) return c.json(error(step.error, 'scripted'))
    if (step !== undefined && 'status' in step) return c.body(step.body ?? '', step.status as 500)
    if (bot !== `bot${given.token}`) return c.json(error(401, 'Unauthorized'), 401)
    const isSilent = step !== undefined && ('hangMs' in step || 'cut' in step)
    const answer = isSilent && !step.done ? undefined : run(method, payload)
    if (isSilent) {
      if ('hangMs' in step) await pause(step.hangMs)
      c.env.incoming.socket.destroy()
    }
    return c.json(answer ?? {})
  })

  function run(method: string, payload: Record<string, unknown>) {
    const ok = (result: unknown) => ({ ok: true, result })
    const { chat_id, text, photo, caption = '', url, secret_token } = payload
    switch (method) {
      case 'getMe':
        return ok({
          id: '3333',
          account_name: 'Bot Loa',
          account_type: 'BASIC',
          can_join_groups: false,
        })
      case 'sendMessage': {
        const isText = typeof text === 'string' && text.length >= 1 && text.length <= 2_000
        if (typeof chat_id !== 'string' || !isText) return error(400, 'Bad Request')
        return keep(method, payload)
      }
      case 'sendPhoto': {
        const isCaption = typeof caption === 'string' && caption.length <= 2_000
        if (typeof chat_id !== 'string' || typeof photo !== 'string' || !isCaption)
          return error(400, 'Bad Request')
        return keep(method, payload)
      }
      case 'sendChatAction':
        return { ok: true }
      case 'getUpdates':
        return error(408, 'Request Timeout')
      case 'setWebhook':
        if (typeof secret_token !== 'string' || secret_token.length < 8)
          return error(400, 'Bad Request')
        webhook = String(url)
        return ok({ url: webhook, updated_at: Date.now() })
      case 'deleteWebhook':
        webhook = ''
        return ok({ url: webhook, updated_at: Date.now() })
      case 'getWebhookInfo':
        return ok({ url: webhook, updated_at: Date.now() })
      default:
        return error(404, 'Not Found')
    }
  }

  function keep(method: string, payload: Record<string, unknown>) {
    sent.push({ method, payload })
    return { ok: true, result: { message_id: `b${sent.length}`, date: Date.now() } }
  }

  const { url, stop } = await serveFake(app, given.port)
  return {
    url,
    config: { ...given },
    calls,
    sent,
    script: (method: string, ...steps: FakeStep[]) => script.add(method, ...steps),
    /** Posts a webhook, flat or wrapped as `{ok, result}`; `secret` null leaves the header out. */
    post: (
      to: string,
      update: unknown,
      how: PostOptions & { secret?: string | null; wrapped?: boolean } = {},
    ): Promise<number[]> => {
      const { secret = given.secret, wrapped = false, ...rest } = how
      const headers = {
        'content-type': 'application/json',
        ...(secret === null ? {} : { 'x-bot-api-secret-token': secret }),
      }
      const body = JSON.stringify(wrapped ? { ok: true, result: update } : update)
      return postWebhook(to, headers, body, rest)
    },
    reset: () => {
      calls.length = 0
      sent.length = 0
      script.clear()
    },
    stop,
  }
}

export type ZaloBotFake = Awaited<ReturnType<typeof startZaloBotFake>>
