import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createZaloBotClient } from '../../bots/zalo-bot/client.ts'
import { receiveZaloBot, type ZaloBotEvent } from '../../bots/zalo-bot/receive.ts'
import { createZaloBotSender } from '../../bots/zalo-bot/send.ts'
import { createZaloBotWebhook } from '../../bots/zalo-bot/webhook.ts'
import { BOT_DEFAULTS, startZaloBotFake, type ZaloBotFake } from '../fakes/zalo-bot.ts'
import { type Bindings, serveFake } from '../fakes/zalo-server.ts'

const SAMPLES = new URL('../../bots/zalo-bot/samples/', import.meta.url)
const sample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`${name}.json`, SAMPLES), 'utf8'))
const names = readdirSync(SAMPLES).map((file) => file.replace(/\.json$/, ''))
const botName = 'Bot Loa'
const PHOTOS = 'https://photo-stal-7.zdn.vn/anh/'

const CONTENTS: Record<string, unknown> = {
  text: { kind: 'text', text: 'Xin chào' },
  'text-wrapped': { kind: 'text', text: '1' },
  image: { kind: 'pictures', urls: [`${PHOTOS}a.jpg`], caption: 'ngập ở cầu' },
  'image-photo-field': { kind: 'pictures', urls: [`${PHOTOS}b.jpg`] },
  'image-foreign-host': { kind: 'unsupported', what: 'image' },
  link: { kind: 'text', text: 'https://example.com/nhan-qua' },
  sticker: { kind: 'unsupported', what: 'sticker' },
  voice: { kind: 'unsupported', what: 'voice' },
  unsupported: { kind: 'unsupported', what: 'unsupported' },
  'group-mention': { kind: 'text', text: 'xin chào' },
  'group-mention-only': { kind: 'start' },
}
const IGNORED: Record<string, string> = {
  'group-chatter': 'not_addressed',
  'group-image': 'not_addressed',
  'from-bot': 'from_bot',
  unknown: 'unknown',
}

describe('recorded bodies of Zalo Bot', () => {
  it('every sample has an expectation', () => {
    expect(names.sort()).toEqual([...Object.keys(CONTENTS), ...Object.keys(IGNORED)].sort())
  })

  it.each(Object.entries(CONTENTS))('%s is read as what the person sent', (name, content) => {
    const isGroup = name.startsWith('group')
    expect(receiveZaloBot(sample(name), { botName })).toMatchObject({
      kind: 'message',
      chatKey: isGroup ? 'zgr-33a1b2c3' : '6ede9afa66b88fe6d6a9',
      isGroup,
      at: new Date(1796112000000),
      content,
    })
  })

  it.each(Object.entries(IGNORED))('%s is ignored as %s', (name, why) => {
    expect(receiveZaloBot(sample(name), { botName })).toMatchObject({ kind: 'ignored', why })
  })

  it('wrapped and bare bodies of one event have one id', () => {
    const bare = receiveZaloBot(sample('text'))
    expect(receiveZaloBot({ ok: true, result: sample('text') })).toEqual(bare)
    expect(bare).toMatchObject({ eventId: 'message.text.received:2d758cb5e222177a4e00' })
  })

  it("in a group only the bot's whole name is its name", () => {
    const say = (text: string, name?: string) => {
      const body = {
        event_name: 'message.text.received',
        message: { message_id: 'm', chat: { id: 'zgr-1', chat_type: 'GROUP' }, text },
      }
      const event = receiveZaloBot(body, name === undefined ? {} : { botName: name })
      return event.kind === 'message' ? event.content : event.why
    }
    expect(say('chị ơi @bot loa mấy giờ họp', 'Bot Loa')).toMatchObject({ kind: 'text' })
    expect(say('@Bot Loan xin chào', 'Bot Loa')).toBe('not_addressed')
    expect(say('@Bot (Loa) ơi', 'Bot (Loa)')).toEqual({ kind: 'text', text: 'ơi' })
    expect(say('@Loa xin chào')).toEqual({ kind: 'text', text: 'xin chào' })
    expect(say('xin chào')).toBe('not_addressed')
  })

  it('any body is read without a throw', () => {
    const part = fc.oneof(fc.anything(), fc.string({ unit: 'binary' }))
    const message = fc.record(
      {
        message_id: part,
        date: part,
        from: part,
        chat: fc.oneof(part, fc.record({ id: part, chat_type: part })),
        text: part,
        photo_url: part,
        caption: part,
      },
      { requiredKeys: [] },
    )
    const type = fc.constantFrom('text', 'image', 'sticker', 'constructor')
    const update = fc.record({
      event_name: fc.oneof(
        part,
        type.map((t) => `message.${t}.received`),
      ),
      message: fc.oneof(part, message),
    })
    const body = fc.oneof(part, update, fc.record({ ok: part, result: fc.oneof(part, update) }))
    fc.assert(
      fc.property(body, (given) => {
        expect(receiveZaloBot(given, { botName }).kind).toBeTypeOf('string')
      }),
      { seed: 20261123, numRuns: 2000 },
    )
  })
})

describe('the webhook', () => {
  let fake: ZaloBotFake
  let server: { url: string; stop: () => Promise<void> }
  const taken: ZaloBotEvent[] = []
  let takes: () => Promise<void> = async () => {}

  beforeAll(async () => {
    fake = await startZaloBotFake()
    const webhook = createZaloBotWebhook({
      secret: BOT_DEFAULTS.secret,
      botName,
      take: async (event) => {
        await takes()
        taken.push(event)
      },
    })
    server = await serveFake(new Hono<Bindings>().all('*', (c) => webhook(c.req.raw)))
  })
  afterAll(async () => {
    await server.stop()
    await fake.stop()
  })
  beforeEach(() => {
    taken.length = 0
    takes = async () => {}
  })

  it('takes both shapes of a body', async () => {
    for (const wrapped of [true, false])
      expect(await fake.post(server.url, sample('text'), { wrapped })).toEqual([200])
    expect(taken.length).toBe(2)
    expect(taken[0]).toEqual(taken[1])
  })

  it.each([null, '', 'wrong', `${BOT_DEFAULTS.secret}x`, BOT_DEFAULTS.secret.slice(1)])(
    'refuses the secret %s without any work',
    async (secret) => {
      expect(await fake.post(server.url, sample('text'), { secret })).toEqual([401])
      expect(taken.length).toBe(0)
    },
  )

  it('answers 500 when the work failed, 413 to floods, 200 to what it does not know', async () => {
    takes = () => Promise.reject(new Error('database away'))
    expect(await fake.post(server.url, sample('text'))).toEqual([500])
    expect(await fake.post(server.url, { text: 'x'.repeat(1_100_000) })).toEqual([413])
    expect(await fake.post(server.url, { event_name: 'poll.created' })).toEqual([200])
    expect(await fake.post(server.url, sample('from-bot'))).toEqual([200])
    expect(taken.length).toBe(0)
  })
})

describe('a message', () => {
  let fake: ZaloBotFake
  let clock = Date.parse('2026-11-30T16:59:00Z')
  const problems: string[] = []
  const to = { chatKey: 'u1', language: 'vi' as const }
  const call = {
    method: 'sendMessage' as const,
    payload: { chat_id: 'u1', text: '1. Phản ánh' },
  }

  beforeAll(async () => {
    fake = await startZaloBotFake()
  })
  afterAll(() => fake.stop())
  beforeEach(() => {
    fake.reset()
    problems.length = 0
    clock = Date.parse('2026-11-30T16:59:00Z')
  })

  const senderOf = () =>
    createZaloBotSender({
      client: createZaloBotClient({ token: BOT_DEFAULTS.token, root: fake.url }),
      now: () => new Date(clock),
      onProblem: (code) => problems.push(code),
    })

  it('goes out as rendered', async () => {
    expect(await senderOf().send(call, to)).toEqual({ kind: 'sent' })
    expect(fake.sent).toEqual([call])
  })

  it.each([
    [400, { kind: 'rejected', code: 'zalo_bot.bad_request' }, 0],
    [401, { kind: 'retry', code: 'zalo_bot.token_invalid' }, 1],
    [403, { kind: 'retry', code: 'zalo_bot.internal' }, 0],
    [404, { kind: 'rejected', code: 'zalo_bot.not_found' }, 1],
    [408, { kind: 'unknown', code: 'zalo_bot.timeout' }, 0],
    [429, { kind: 'retry', code: 'zalo_bot.quota_spent' }, 0],
    [599, { kind: 'retry', code: 'zalo_bot.error_599' }, 0],
  ])('answered error %i has its outcome, though HTTP says 200', async (error, outcome, told) => {
    fake.script('sendMessage', { error })
    expect(await senderOf().send(call, to)).toMatchObject(outcome)
    expect(problems.length).toBe(told)
  })

  it.each([
    [{ status: 503 }, 'retry'],
    [{ status: 504 }, 'unknown'],
    [{ status: 200, body: '<html>' }, 'unknown'],
    [{ cut: true }, 'unknown'],
    [{ cut: true, done: true }, 'unknown'],
  ] as const)('answered %j is %s', async (step, kind) => {
    fake.script('sendMessage', step)
    expect((await senderOf().send(call, to)).kind).toBe(kind)
  })

  it('that never left is tried again', async () => {
    const closed = await startZaloBotFake()
    await closed.stop()
    const client = createZaloBotClient({ token: BOT_DEFAULTS.token, root: closed.url })
    const sender = createZaloBotSender({ client, now: () => new Date(clock) })
    expect(await sender.send(call, to)).toMatchObject({
      kind: 'retry',
      code: 'zalo_bot.no_connection',
    })
  })

  it('carries its token nowhere but in the address of the platform', async () => {
    const token = BOT_DEFAULTS.token
    const client = createZaloBotClient({
      token,
      root: fake.url,
      fetch: async (url) => {
        throw new TypeError(`failed to fetch ${url}`)
      },
    })
    const answer = await client.call('sendMessage', {})
    expect(answer).toEqual({ kind: 'no_answer' })
    expect(JSON.stringify([answer, problems])).not.toContain(token)
  })
})
