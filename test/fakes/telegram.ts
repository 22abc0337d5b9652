import { serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { METHODS } from './telegram-methods.ts'
import { readParams } from './telegram-params.ts'
import { createPeople } from './telegram-people.ts'
import {
  type FakeCall,
  type FakeOutcome,
  type FakeState,
  newState,
  type Params,
  Refusal,
  type Script,
  takeScript,
} from './telegram-state.ts'
import { createUpdates } from './telegram-updates.ts'

export type { FakeCall, FakeOutcome, SentMessage, Update } from './telegram-state.ts'
export type TelegramFake = Awaited<ReturnType<typeof startTelegramFake>>

/** Not a real bot's. */
export const FAKE_TOKEN = '7000000001:AAFakeFakeFakeFakeFakeFakeFakeFake000'

type Options = { token?: string; port?: number; perSecond?: number }
type Env = { Bindings: { incoming: { socket: { destroy(): void } } } }

/**
 * A Bot API at a socket of its own: answers what Telegram answers, refuses what it refuses, notes every call, and fails
 * as scripted. People are played with `say`, `press`, `sendPhoto`…, or raw with `make` and `post`.
 */
export async function startTelegramFake({ token = FAKE_TOKEN, port = 0, perSecond }: Options = {}) {
  const state = newState(token)
  state.perSecond = perSecond ?? null
  const updates = createUpdates(state)
  const make = createPeople(state)
  const closing = new AbortController()
  const app = createApp(state, updates, make, closing.signal)
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () =>
      resolve(listening),
    )
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`
  type Extra = Record<string, unknown>
  return {
    url,
    token,
    state,
    make,
    post: updates.post,
    push: updates.push,
    calls: (method?: string): FakeCall[] =>
      state.calls.filter((call) => method === undefined || call.method === method),
    sent: (chatId: number) => state.chats.get(chatId)?.messages ?? [],
    unansweredPresses: () => [...state.presses.values()].filter(({ answered }) => !answered).length,
    busiestSecond: () => busiestSecond(state.calls),
    script: (outcome: FakeOutcome, on: Omit<Script, 'outcome'> = {}) => {
      state.scripts.push({ ...on, outcome })
    },
    say: (chatId: number, words: string, extra?: Extra) =>
      updates.push(make.text({ chatId }, words, extra), chatId),
    press: (chatId: number, labelOrData: string) =>
      updates.push(make.press({ chatId }, labelOrData), chatId),
    sendPhoto: (chatId: number, bytes: Uint8Array, extra?: Extra) =>
      updates.push(make.photo({ chatId }, bytes, extra), chatId),
    sendLocation: (chatId: number, at: { lng: number; lat: number }, extra?: Extra) =>
      updates.push(make.location({ chatId }, at, extra), chatId),
    sendContact: (chatId: number, phone: string, userId?: number) =>
      updates.push(make.contact({ chatId }, phone, userId), chatId),
    block: (chatId: number) => {
      make.chatOf(chatId).state = 'blocked'
      return updates.push(make.membership(chatId, 'member', 'kicked'), chatId)
    },
    unblock: (chatId: number) => {
      make.chatOf(chatId).state = 'open'
      return updates.push(make.membership(chatId, 'kicked', 'member'), chatId)
    },
    /** Moves a group; calls to its old id are refused with the new one. */
    migrate: (chatId: number, toChatId: number) => {
      make.chatOf(chatId).migratedTo = toChatId
      make.chatOf(toChatId)
    },
    close: () => {
      closing.abort()
      return new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    },
  }
}

type Updates = ReturnType<typeof createUpdates>
type People = ReturnType<typeof createPeople>

function createApp(state: FakeState, updates: Updates, make: People, closing: AbortSignal) {
  const app = new Hono<Env>()
  app.get('/fake/calls', (c) => c.json(state.calls))
  app.get('/fake/chats', (c) => c.json([...state.chats.values()]))
  // The same as say and press, for a person at a browser or another process.
  app.post('/fake/say', async (c) => {
    const { chatId, text } = await c.req.json<{ chatId: number; text: string }>()
    await updates.push(make.text({ chatId }, text), chatId)
    return c.json({ ok: true })
  })
  app.post('/fake/press', async (c) => {
    const { chatId, button } = await c.req.json<{ chatId: number; button: string }>()
    await updates.push(make.press({ chatId }, button), chatId)
    return c.json({ ok: true })
  })
  app.get('/file/:bot/*', (c) => {
    const path = c.req.path.split('/').slice(3).join('/')
    const file = [...state.files.values()].find((known) => known.path === path)
    const isOurs = c.req.param('bot') === `bot${state.token}`
    const outcome = takeScript(state, 'file')
    if (outcome?.kind === 'error' || outcome?.kind === 'page')
      return new Response('no', { status: outcome.status })
    if (!isOurs || file === undefined)
      return c.json({ ok: false, error_code: 404, description: 'Not Found' }, 404)
    return new Response(file.bytes.slice(), {
      headers: { 'content-type': 'application/octet-stream' },
    })
  })
  app.all('/:bot/:method', async (c) => {
    const at = Date.now()
    const method = c.req.param('method')
    const isOurs = c.req.param('bot') === `bot${state.token}`
    if (!isOurs) return answer(c, undefined, new Refusal(401, 'Unauthorized'))
    const params = await readParams(c.req.raw)
    const chatId = params.chat_id === undefined ? undefined : Number(params.chat_id)
    const call: FakeCall = { at, method, params, ...(chatId === undefined ? {} : { chatId }) }
    state.calls.push(call)
    const outcome = takeScript(state, method, chatId)
    if (outcome !== undefined) {
      const failed = await misbehave(c, outcome, call, state, closing)
      if (failed !== undefined) return failed
    }
    if (method === 'getUpdates') {
      const found = await updates.take(params, AbortSignal.any([closing, c.req.raw.signal]))
      return found === 'conflict'
        ? answer(c, call, new Refusal(409, 'Conflict: terminated by other getUpdates request'))
        : answer(c, call, found)
    }
    return answer(c, call, run(state, method, params))
  })
  return app
}

function run(state: FakeState, method: string, params: Params): unknown {
  const found = METHODS.get(method)
  if (found === undefined) return new Refusal(404, 'Not Found: method not found')
  try {
    return found(state, params)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function answer(c: Context, call: FakeCall | undefined, result: unknown): Response {
  const status = result instanceof Refusal ? result.status : 200
  if (call !== undefined) call.status = status
  if (!(result instanceof Refusal)) return c.json({ ok: true, result })
  const { message: description, parameters } = result
  const body = { ok: false, error_code: status, description }
  return Response.json(parameters === undefined ? body : { ...body, parameters }, { status })
}

/** Undefined: after this the call is answered as ever. */
async function misbehave(
  c: Context<Env>,
  outcome: FakeOutcome,
  call: FakeCall,
  state: FakeState,
  closing: AbortSignal,
): Promise<Response | undefined> {
  switch (outcome.kind) {
    case 'error':
      return answer(c, call, new Refusal(outcome.status, outcome.description, outcome.parameters))
    case 'page':
      call.status = outcome.status
      return new Response('<h1>Gateway</h1>', {
        status: outcome.status,
        headers: { 'content-type': 'text/html' },
      })
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, outcome.ms))
      return undefined
    case 'silence':
      if (outcome.accepts) run(state, call.method, call.params)
      await until(AbortSignal.any([closing, c.req.raw.signal]))
      return c.body(null)
    case 'hangup':
      if (outcome.accepts) run(state, call.method, call.params)
      c.env.incoming.socket.destroy()
      return c.body(null)
  }
}

const until = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })

/** The most messages that were asked for within any one second. */
function busiestSecond(calls: readonly FakeCall[]): number {
  const times = calls.filter(({ method }) => method.startsWith('send')).map(({ at }) => at)
  times.sort((a, b) => a - b)
  let most = 0
  let from = 0
  for (const [to, at] of times.entries()) {
    while ((times[from] ?? at) <= at - 1000) from += 1
    most = Math.max(most, to - from + 1)
  }
  return most
}
