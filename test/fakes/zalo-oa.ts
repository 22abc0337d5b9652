import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { mountGraph } from './zalo-graph.ts'
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

export type Options = {
  appId?: string
  appSecret?: string
  oaId?: string
  oaSecretKey?: string
  refreshToken?: string
  type?: 'business' | 'government'
  port?: number
  /** Extra latency of each answer. */
  latencyMs?: number
  /** Takes any refresh token once, so that a fake that was started anew goes on with an old store. */
  forgiving?: boolean
}

export const DEFAULTS = {
  appId: '1234567890123456789',
  appSecret: 'fake-app-secret',
  oaId: '388613280878808645',
  oaSecretKey: 'fake-oa-secret-key',
  refreshToken: 'fake-refresh-0',
} as const

const LIFE_SECONDS = 90_000
const MESSAGE_PATHS = ['/v3.0/oa/message/cs', '/v2.0/oa/message'] as const
const WRONG_PATH = {
  business: { path: '/v2.0/oa/message', error: -240 },
  government: { path: '/v3.0/oa/message/cs', error: -235 },
} as const

type SentMessage = { path: string; userId: string; message: Record<string, unknown> }
type Reply = { error: number; message: string; data?: unknown }

const fault = (error: number): Reply => ({ error, message: `fake error ${error}` })

/**
 * Zalo's OA API, OAuth and graph at one socket: single-use refresh tokens, errors inside a 200, both send paths by
 * type of account, uploads that are known later. `script(path, …)` makes the next requests to a path go wrong.
 */
export async function startZaloOaFake(options: Options = {}) {
  const given = {
    ...DEFAULTS,
    type: 'business' as const,
    latencyMs: 0,
    forgiving: false,
    ...options,
  }
  const calls: FakeCall[] = []
  const sent: SentMessage[] = []
  const templates: { userId: string; templateId: string; data: unknown }[] = []
  const script = createScript()
  const state = {
    type: given.type as 'business' | 'government',
    refreshToken: given.refreshToken as string,
    accessToken: 'fake-access-0',
    isExpired: true,
    rotations: 0,
    spentAgain: 0,
    spent: new Set<string>(),
    attachments: new Set<string>(),
    /** Followers that answer with this error. */
    errors: new Map<string, number>(),
    pictures: new Map<string, Uint8Array<ArrayBuffer>>(),
  }
  const app = new Hono<Bindings>()

  app.use(async (c, next) => {
    const call = await record(c)
    calls.push(call)
    const step = script.next(call.path)
    await pause(given.latencyMs + (step !== undefined && 'slowMs' in step ? (step.slowMs ?? 0) : 0))
    if (step === undefined) return next()
    return play(c, step, next)
  })

  const checkToken = (c: Context<Bindings>): Reply | undefined => {
    if (c.req.header('access_token') !== state.accessToken) return fault(-216)
    return state.isExpired ? fault(-220) : undefined
  }

  for (const path of MESSAGE_PATHS) {
    app.post(path, async (c) => {
      const refused = checkToken(c)
      if (refused !== undefined) return c.json(refused)
      if (WRONG_PATH[state.type].path === path) return c.json(fault(WRONG_PATH[state.type].error))
      return c.json(take(path, await c.req.json()))
    })
  }

  function take(path: string, body: { recipient?: unknown; message?: unknown }): Reply {
    const userId = Reflect.get(Object(body.recipient), 'user_id')
    const message = Object(body.message) as Record<string, unknown>
    if (typeof userId !== 'string') return fault(-201)
    const error = state.errors.get(userId) ?? messageFault(message, state.attachments)
    if (error !== 0) return fault(error)
    sent.push({ path, userId, message })
    const data = { message_id: `m${sent.length}`, user_id: userId, sent_time: `${Date.now()}` }
    return { error: 0, message: 'Success', data }
  }

  app.post('/v2.0/oa/upload/image', async (c) => {
    const refused = checkToken(c)
    if (refused !== undefined) return c.json(refused)
    const file = (await c.req.parseBody()).file
    const isPicture = file instanceof File && /^image\/(jpeg|png)$/.test(file.type)
    if (!isPicture) return c.json(fault(-201))
    if (file.size > 1_048_576) return c.json(fault(-210))
    const id = `attachment-${state.attachments.size + 1}`
    state.attachments.add(id)
    return c.json({ error: 0, message: 'Success', data: { attachment_id: id } })
  })

  app.post('/v3.0/oa/message/template', async (c) => {
    const refused = checkToken(c)
    if (refused !== undefined) return c.json(refused)
    const { user_id, template_id, template_data } = await c.req.json()
    const error = state.errors.get(`template:${template_id}`)
    if (error !== undefined) return c.json(fault(error))
    templates.push({ userId: user_id, templateId: template_id, data: template_data })
    const data = { message_id: `t${templates.length}`, user_id, sent_time: `${Date.now()}` }
    return c.json({ error: 0, message: 'Success', data })
  })

  app.get('/v2.0/oa/getoa', (c) => {
    const refused = checkToken(c)
    if (refused !== undefined) return c.json(refused)
    const data = {
      oa_id: given.oaId,
      name: 'OA thử nghiệm',
      is_verified: true,
      oa_type: state.type === 'government' ? 4 : 2,
      num_follower: 3,
      package_name: 'Thử nghiệm',
    }
    return c.json({ error: 0, message: 'Success', data })
  })

  app.post('/v4/oa/access_token', async (c) => {
    const form = await c.req.parseBody()
    if (c.req.header('secret_key') === undefined)
      return c.json({ error: 404, message: 'empty api' }, 404)
    if (c.req.header('secret_key') !== given.appSecret || form.app_id !== given.appId)
      return c.json({ error: -14002, error_name: 'Invalid appId' })
    const refreshToken = String(form.refresh_token)
    const isSpent = given.forgiving
      ? state.spent.has(refreshToken)
      : refreshToken !== state.refreshToken
    state.spent.add(refreshToken)
    if (isSpent) {
      state.spentAgain++
      return c.json({ error: -14014, error_name: 'Invalid refresh token' })
    }
    state.rotations++
    state.refreshToken = `fake-refresh-${state.rotations}`
    state.accessToken = `fake-access-${state.rotations}`
    state.isExpired = false
    return c.json({
      access_token: state.accessToken,
      refresh_token: state.refreshToken,
      expires_in: String(LIFE_SECONDS),
    })
  })

  mountGraph(app, given.appSecret)
  app.get('/media/:name', (c) => {
    const bytes = state.pictures.get(c.req.param('name'))
    return bytes === undefined ? c.notFound() : c.body(bytes, 200, { 'content-type': 'image/jpeg' })
  })
  app.all('*', (c) => c.json({ error: 404, message: 'empty api' }, 404))

  const { url, stop } = await serveFake(app, given.port)
  const mac = (first: string, rawBody: string): string => {
    const timestamp = /"timestamp":\s*"?(\d+)/.exec(rawBody)?.[1] ?? ''
    return createHash('sha256')
      .update(first + rawBody + timestamp + given.oaSecretKey)
      .digest('hex')
  }
  return {
    url,
    roots: { api: url, oauth: url, graph: url },
    config: { ...given },
    calls,
    sent,
    templates,
    state,
    script: (path: string, ...steps: FakeStep[]) => script.add(path, ...steps),
    /** Requests to a path, in order. */
    callsTo: (path: string) => calls.filter((call) => call.path === path),
    mac,
    /** Posts a webhook; `signed` false leaves the header out, `wrong` spoils it, `oa` begins with the account's id. */
    post: (
      to: string,
      body: unknown,
      how: PostOptions & { signed?: boolean | 'wrong' | 'oa' } = {},
    ): Promise<number[]> => {
      const rawBody = typeof body === 'string' ? body : JSON.stringify(body)
      const { signed = true, ...rest } = how
      const digest = mac(signed === 'oa' ? given.oaId : given.appId, rawBody)
      const header =
        signed === 'wrong' ? digest.replace(/^./, (d) => (d === '0' ? '1' : '0')) : digest
      const headers = {
        'content-type': 'application/json',
        ...(signed === false ? {} : { 'x-zevent-signature': `mac=${header}` }),
      }
      return postWebhook(to, headers, rawBody, rest)
    },
    reset: () => {
      calls.length = 0
      sent.length = 0
      templates.length = 0
      script.clear()
    },
    stop,
  }
}

export type ZaloOaFake = Awaited<ReturnType<typeof startZaloOaFake>>

/** The platform's own refusals of a message; 0 when it takes it. */
function messageFault(message: Record<string, unknown>, known: ReadonlySet<string>): number {
  const { text } = message
  if (typeof text === 'string' && text.length > 2_000) return -210
  const payload = Object(Reflect.get(Object(message.attachment), 'payload'))
  const buttons: unknown = payload.buttons ?? []
  if (!Array.isArray(buttons) || buttons.length > 5) return -201
  const [element] = Array.isArray(payload.elements) ? payload.elements : []
  if (element !== undefined && 'attachment_id' in element && !known.has(element.attachment_id))
    return -100
  return text === undefined && message.attachment === undefined ? -201 : 0
}

async function record(c: Context<Bindings>): Promise<FakeCall> {
  const { req } = c
  const type = req.header('content-type') ?? ''
  const isForm = type.includes('form')
  const body =
    req.method === 'GET'
      ? undefined
      : isForm
        ? await req.parseBody()
        : await req.json().catch(() => undefined)
  return {
    at: Date.now(),
    method: req.method,
    path: req.path,
    query: req.query(),
    headers: req.header(),
    body,
  }
}

async function play(c: Context<Bindings>, step: FakeStep, next: () => Promise<void>) {
  if ('error' in step) return c.json({ error: step.error, message: step.message ?? 'scripted' })
  if ('status' in step) return c.body(step.body ?? '', step.status as 500)
  if ('hangMs' in step || 'cut' in step) {
    if (step.done) await next()
    if ('hangMs' in step) await pause(step.hangMs)
    c.env.incoming.socket.destroy()
    return c.body(null)
  }
  return next()
}
