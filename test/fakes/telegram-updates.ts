import type { FakeState, Update } from './telegram-state.ts'

const KINDS_BY_DEFAULT_OFF = ['chat_member', 'message_reaction', 'message_reaction_count']
const RETRY_MS = 50
const MAX_TRIES = 20

/** The way of updates to the bot: by webhook where one is set, else by getUpdates. */
export function createUpdates(state: FakeState) {
  let waiting: { wake: () => void; end: () => void } | undefined
  /** What is being delivered of each chat: one after the other, as Telegram does. */
  const lines = new Map<number, Promise<void>>()

  const isAllowed = (update: Update, allowed: string[] | undefined) => {
    const kind = Object.keys(update).find((key) => key !== 'update_id') ?? ''
    if (allowed === undefined || allowed.length === 0) return !KINDS_BY_DEFAULT_OFF.includes(kind)
    return allowed.includes(kind)
  }

  /** One raw webhook request; the answer's status. */
  async function post(update: unknown, headers?: Record<string, string>): Promise<number> {
    const { webhook } = state
    if (webhook === undefined) throw new Error('no webhook is set')
    const secret: Record<string, string> =
      webhook.secretToken === undefined
        ? {}
        : { 'x-telegram-bot-api-secret-token': webhook.secretToken }
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(headers ?? secret) },
      body: JSON.stringify(update),
    })
    await response.arrayBuffer()
    return response.status
  }

  /** Until it is taken (2xx); gives up after many tries, "a reasonable amount of attempts". */
  async function bring(update: Update): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES && state.webhook !== undefined; tries++) {
      const status = await post(update).catch(() => 0)
      if (status >= 200 && status < 300) return
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }

  /** Sends an update on its way; resolves when a webhook took it, at once when it waits to be asked for. */
  function push(update: Update, chatId: number): Promise<void> {
    const { webhook } = state
    if (webhook === undefined) {
      state.queue.push(update)
      waiting?.wake()
      return Promise.resolve()
    }
    if (!isAllowed(update, webhook.allowed)) return Promise.resolve()
    const before = lines.get(chatId) ?? Promise.resolve()
    const done = before.then(() => bring(update))
    lines.set(chatId, done)
    return done
  }

  /** Answers getUpdates: holds the question up to `timeout` seconds; a second asker ends the first with 409. */
  async function take(
    params: Record<string, unknown>,
    gone: AbortSignal,
  ): Promise<Update[] | 'conflict'> {
    if (state.webhook !== undefined) return 'conflict'
    waiting?.end()
    const offset = Number(params.offset ?? 0)
    const allowed = params.allowed_updates as string[] | undefined
    if (offset > 0) state.queue = state.queue.filter((update) => update.update_id >= offset)
    const ready = () => state.queue.filter((update) => isAllowed(update, allowed)).slice(0, 100)
    if (ready().length > 0) return ready()
    const ended = await new Promise<'woken' | 'ended'>((resolve) => {
      const mine = { wake: () => resolve('woken'), end: () => resolve('ended') }
      waiting = mine
      const timer = setTimeout(mine.wake, Number(params.timeout ?? 0) * 1000)
      gone.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve('woken')
      })
    })
    return ended === 'ended' ? 'conflict' : ready()
  }

  return { post, push, take }
}
