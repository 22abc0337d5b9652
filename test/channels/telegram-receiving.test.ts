import { describe, expect, it } from 'vitest'
import { COMMANDS, type CommandName } from '../../bots/telegram/commands.ts'
import type { TelegramInbound } from '../../bots/telegram/inbound.ts'
import { pollTelegram } from '../../bots/telegram/polling.ts'
import type { TelegramFault } from '../../bots/telegram/ports.ts'
import { setupTelegram } from '../../bots/telegram/setup.ts'
import { telegramWebhook } from '../../bots/telegram/webhook.ts'
import { CHAT, fakeTelegram, listen, showsToken, until } from './telegram-kit.ts'

const SECRET = 'q7-Z_secret-of-the-webhook_0123456789'
const UPDATE = JSON.stringify({
  update_id: 5,
  message: { message_id: 1, date: 1, chat: { id: CHAT, type: 'private' }, text: 'xin chào' },
})

const textOf = (inbound: TelegramInbound) =>
  inbound.kind === 'turn' && inbound.inbound.content.kind === 'text'
    ? inbound.inbound.content.text
    : inbound.kind

function door(onUpdate: (inbound: TelegramInbound) => Promise<void> = async () => {}) {
  const seen: TelegramInbound[] = []
  const faults: TelegramFault[] = []
  const handle = telegramWebhook({
    secretToken: SECRET,
    onUpdate: async (inbound) => {
      seen.push(inbound)
      await onUpdate(inbound)
    },
    onFault: (fault) => void faults.push(fault),
  })
  const call = async (
    secret: string | undefined,
    body: string | ReadableStream | null = UPDATE,
  ) => {
    const headers = {
      ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
    }
    const init = { method: 'POST', headers, body, duplex: 'half' }
    return (await handle(new Request('https://loa.test/webhooks/telegram', init))).status
  }
  return { seen, faults, handle, call }
}

describe('telegramWebhook', () => {
  it('takes an update with the right secret', async () => {
    const { call, seen } = door()
    expect(await call(SECRET)).toBe(200)
    expect(seen.map(textOf)).toEqual(['xin chào'])
  })

  it.each([
    ['no secret', undefined],
    ['an empty secret', ''],
    ['another secret', 'another'],
    ['the beginning of it', SECRET.slice(0, -1)],
    ['more than it', `${SECRET}x`],
    ['other case', SECRET.toUpperCase()],
  ])('refuses %s with 401, reads nothing and does no work', async (_, secret) => {
    const { call, seen, faults } = door()
    let wasRead = false
    const body = new ReadableStream(
      {
        pull(controller) {
          wasRead = true
          controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    expect(await call(secret, body)).toBe(401)
    expect({ seen, faults, wasRead }).toEqual({ seen: [], faults: [], wasRead: false })
  })

  it('looks at the whole secret: none of a thousand others opens', async () => {
    const { call, seen } = door()
    const answers = Array.from({ length: 1_000 }, (_, i) =>
      call(`${SECRET.slice(0, -4)}${i + 1_000}`),
    )
    expect(new Set(await Promise.all(answers))).toEqual(new Set([401]))
    expect(seen).toEqual([])
  })

  it.each(['', 'with space', 'ü', 'x'.repeat(257)])(
    'cannot be made with the secret "%s"',
    (secretToken) => {
      expect(() => telegramWebhook({ secretToken, onUpdate: async () => {} })).toThrow()
    },
  )

  it('drops for good, with a fault, what can never be read', async () => {
    const { call, seen, faults } = door()
    expect(await call(SECRET, '{"update_id":')).toBe(200)
    expect(await call(SECRET, null)).toBe(200)
    expect(await call(SECRET, `"${'x'.repeat(1_000_001)}"`)).toBe(200)
    expect(seen).toEqual([])
    expect(faults.map(({ code }) => code)).toEqual([
      'body_not_json',
      'body_empty',
      'body_too_large',
    ])
  })

  it('answers 200 to updates of unknown kinds', async () => {
    const { call, seen } = door()
    expect(await call(SECRET, '{"update_id":9,"hologram":{}}')).toBe(200)
    expect(await call(SECRET, '[1,2]')).toBe(200)
    expect(seen.map(({ kind }) => kind)).toEqual(['ignored', 'ignored'])
  })

  it('refuses other methods', async () => {
    const { handle } = door()
    const headers = { 'x-telegram-bot-api-secret-token': SECRET }
    expect((await handle(new Request('https://loa.test/', { headers }))).status).toBe(405)
  })

  it('asks for the update again when it was not kept, without telling why', async () => {
    const { call, faults } = door(() => Promise.reject(new Error('mật khẩu và tin nhắn')))
    expect(await call(SECRET)).toBe(500)
    expect(faults).toEqual([{ what: 'webhook', code: 'update_failed', description: 'Error' }])
  })

  it('answers only after the update is kept', async () => {
    const steps: string[] = []
    const { call } = door(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      steps.push('kept')
    })
    await call(SECRET)
    steps.push('answered')
    expect(steps).toEqual(['kept', 'answered'])
  })
})

describe('pollTelegram', () => {
  async function polling(
    onUpdate: (inbound: TelegramInbound) => Promise<void> = async () => {},
    holdSeconds = 5,
  ) {
    const { fake, access, faults } = await fakeTelegram()
    const seen: TelegramInbound[] = []
    const stop = new AbortController()
    const { signal } = stop
    const ended = pollTelegram({
      ...access,
      signal,
      holdSeconds,
      onUpdate: async (inbound) => {
        await onUpdate(inbound)
        seen.push(inbound)
      },
    })
    const end = async () => {
      stop.abort()
      await ended
    }
    return { fake, faults, seen, end }
  }

  it('brings updates in order, each once, and remembers what is done', async () => {
    const { fake, seen, end } = await polling()
    await until(() => fake.calls('getUpdates').length === 1)
    await fake.say(CHAT, 'một')
    await fake.say(CHAT, 'hai')
    await until(() => seen.length === 2)
    await fake.say(CHAT, 'ba')
    await until(() => seen.length === 3)
    await until(() => fake.state.queue.length === 0)
    await end()
    expect(seen.map(textOf)).toEqual(['một', 'hai', 'ba'])
  })

  it('asks once while nothing happens, and ends at once when told', async () => {
    const { fake, end } = await polling()
    await new Promise((resolve) => setTimeout(resolve, 400))
    const began = Date.now()
    await end()
    expect(Date.now() - began).toBeLessThan(200)
    expect(fake.calls('getUpdates')).toHaveLength(1)
    expect(fake.calls('getUpdates')[0]?.params).toMatchObject({
      timeout: 5,
      allowed_updates: expect.arrayContaining(['my_chat_member', 'callback_query']),
    })
  })

  it('asks again when a held question came back empty', async () => {
    const { fake, faults, end } = await polling(undefined, 0.05)
    await until(() => fake.calls('getUpdates').length >= 3)
    await end()
    expect(faults).toEqual([])
  })

  it('brings an update again whose handling failed, before any later one', async () => {
    let failures = 1
    const { fake, faults, seen, end } = await polling(async () => {
      if (failures-- > 0) throw new TypeError('away')
    })
    await fake.say(CHAT, 'một')
    await fake.say(CHAT, 'hai')
    await until(() => seen.length === 2)
    await end()
    expect(seen.map(textOf)).toEqual(['một', 'hai'])
    expect(faults).toEqual([{ what: 'polling', code: 'update_failed', description: 'TypeError' }])
  })

  it('waits out errors of the API instead of hammering it', async () => {
    const { fake, faults, seen, end } = await polling()
    await until(() => fake.calls('getUpdates').length === 1)
    fake.script({ kind: 'page', status: 502 }, { method: 'getUpdates' })
    await fake.say(CHAT, 'một')
    await until(() => faults.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(fake.calls('getUpdates')).toHaveLength(2)
    await fake.say(CHAT, 'hai')
    await until(() => seen.length === 2)
    await end()
    expect(showsToken(faults)).toBe(false)
  })
})

describe('the webhook and the fake, at their sockets', () => {
  async function listening(onUpdate?: (inbound: TelegramInbound) => Promise<void>) {
    const { fake, access } = await fakeTelegram()
    const { handle, seen } = door(onUpdate)
    const statuses: number[] = []
    const url = await listen(async (request) => {
      const response = await handle(request)
      statuses.push(response.status)
      return response
    })
    const none = Object.fromEntries(COMMANDS.map((name) => [name, name])) as Record<
      CommandName,
      string
    >
    const words = { commands: none, openApp: 'x' }
    const webhook = { url, secretToken: SECRET }
    const set = { webhook, words: { vi: words, en: words }, miniAppUrl: null }
    expect((await setupTelegram({ ...access, ...set })).failed).toEqual([])
    return { fake, seen, statuses }
  }

  it('an update comes with the secret, again until it is taken, in order within a chat', async () => {
    let failures = 2
    const { fake, seen, statuses } = await listening(async () => {
      if (failures-- > 0) throw new Error('away')
    })
    await Promise.all([fake.say(CHAT, 'một'), fake.say(CHAT, 'hai')])
    expect(statuses).toEqual([500, 500, 200, 200])
    expect(seen.map(textOf)).toEqual(['một', 'một', 'một', 'hai'])
  })

  it('one update ten times at once is one event id', async () => {
    const { fake, seen } = await listening()
    const update = fake.make.text({ chatId: CHAT }, 'một')
    await Promise.all(Array.from({ length: 10 }, () => fake.post(update)))
    expect(seen).toHaveLength(10)
    const ids = seen.map((inbound) => (inbound.kind === 'turn' ? inbound.inbound.eventId : ''))
    expect(new Set(ids)).toEqual(new Set([String(update.update_id)]))
  })

  it('a block and a press arrive as such', async () => {
    const { fake, seen } = await listening()
    await fake.push(fake.make.pressed({ chatId: CHAT }, 'menu:1:help'), CHAT)
    await fake.block(CHAT)
    expect(seen).toMatchObject([
      { kind: 'turn', inbound: { content: { kind: 'choice', id: 'menu:1:help' } } },
      { kind: 'link', chatKey: String(CHAT), state: 'blocked' },
    ])
  })
})
