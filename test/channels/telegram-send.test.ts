import { describe, expect, it } from 'vitest'
import { type Message, say } from '../../api/chat/message.ts'
import type { Sender } from '../../api/chat/sender.ts'
import { createCallbackAnswerer, createTelegramSender } from '../../bots/telegram/send.ts'
import type { FakeOutcome } from '../fakes/telegram.ts'
import { CHAT, deadUrl, fakeTelegram, showsToken, WORDS } from './telegram-kit.ts'

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 13, 10, 13, 10, 45, 45, 1, 2, 3])
const picture = (url: string): Message => ({
  parts: [
    { kind: 'image', mediaId: url.endsWith('m-1') ? 'm-1' : url, url, alt: 'Ảnh trước' },
    { kind: 'text', text: 'Đã sửa xong <cống>' },
  ],
  choices: [{ id: 'menu:1:menu', label: 'Về trang chính' }],
})

/** Renders and sends all calls; the outcomes in order. */
async function sendAll(sender: Sender, message: Message, chatId = CHAT) {
  const chatKey = String(chatId)
  const { calls } = sender.render(message, { chatKey, words: WORDS })
  const outcomes = []
  for (const call of calls) outcomes.push(await sender.send(call, { chatKey, language: 'vi' }))
  return outcomes
}

const error = (status: number, description: string, parameters?: Record<string, unknown>) =>
  ({ kind: 'error', status, description, ...(parameters ? { parameters } : {}) }) as FakeOutcome

/** What Telegram answers, and what becomes of the message. */
const ANSWERS: readonly [string, FakeOutcome, Record<string, unknown>][] = [
  [
    '429',
    error(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
    { kind: 'retry', afterMs: 7_000, code: 'rate_limited' },
  ],
  [
    '429 without a time',
    error(429, 'Too Many Requests'),
    { kind: 'retry', afterMs: 5_000, code: 'rate_limited' },
  ],
  [
    'a block',
    error(403, 'Forbidden: bot was blocked by the user'),
    { kind: 'gone', code: 'blocked' },
  ],
  [
    'a closed account',
    error(403, 'Forbidden: user is deactivated'),
    { kind: 'gone', code: 'deactivated' },
  ],
  [
    'a kick',
    error(403, 'Forbidden: bot was kicked from the supergroup chat'),
    { kind: 'gone', code: 'kicked' },
  ],
  [
    'no start',
    error(403, "Forbidden: bot can't initiate conversation with a user"),
    { kind: 'gone', code: 'not_started' },
  ],
  ['other 403', error(403, 'Forbidden: something new'), { kind: 'gone', code: 'forbidden' }],
  [
    'chat not found',
    error(400, 'Bad Request: chat not found'),
    { kind: 'gone', code: 'chat_not_found' },
  ],
  [
    'bad entities',
    error(400, "Bad Request: can't parse entities: x"),
    { kind: 'rejected', code: 'bad_entities' },
  ],
  [
    'too long',
    error(400, 'Bad Request: message is too long'),
    { kind: 'rejected', code: 'too_long' },
  ],
  [
    'bad button',
    error(400, 'Bad Request: BUTTON_DATA_INVALID'),
    { kind: 'rejected', code: 'bad_keyboard' },
  ],
  [
    'other 400',
    error(400, 'Bad Request: something new'),
    { kind: 'rejected', code: 'bad_request' },
  ],
  [
    'wrong token',
    error(401, 'Unauthorized'),
    { kind: 'retry', afterMs: 600_000, code: 'bad_token' },
  ],
  ['wrong path', error(404, 'Not Found'), { kind: 'retry', afterMs: 600_000, code: 'bad_address' }],
  [
    '500',
    error(500, 'Internal Server Error'),
    { kind: 'retry', afterMs: 60_000, code: 'server_error' },
  ],
  [
    "a gateway's page",
    { kind: 'page', status: 502 },
    { kind: 'retry', afterMs: 60_000, code: 'server_error' },
  ],
  [
    'a gateway that gave up',
    { kind: 'page', status: 504 },
    { kind: 'unknown', code: 'gateway_timeout' },
  ],
  [
    "a blocked line's page",
    { kind: 'page', status: 200 },
    { kind: 'retry', afterMs: 600_000, code: 'bad_address' },
  ],
  [
    "a proxy's 403",
    { kind: 'page', status: 403 },
    { kind: 'retry', afterMs: 600_000, code: 'bad_address' },
  ],
  ['a broken line', { kind: 'hangup' }, { kind: 'unknown', code: 'network' }],
  ['silence', { kind: 'silence' }, { kind: 'unknown', code: 'timeout' }],
]

describe('createTelegramSender', () => {
  it('sends text with buttons as HTML that shows what was meant', async () => {
    const { fake, access } = await fakeTelegram()
    await fake.say(CHAT, 'xin chào')
    const sender = createTelegramSender(access)
    const message = say('a < b & "c"', [{ id: 'menu:1:menu', label: 'Về trang chính' }])
    expect(await sendAll(sender, message)).toEqual([{ kind: 'sent' }])
    expect(fake.sent(CHAT)).toMatchObject([
      { text: 'a < b & "c"', buttons: [{ text: 'Về trang chính', data: 'menu:1:menu' }] },
    ])
  })

  it.each(ANSWERS)(
    'on %s tells what to do, asks once and shows no token',
    async (_, answer, outcome) => {
      const { fake, faults, access } = await fakeTelegram()
      await fake.say(CHAT, 'xin chào')
      fake.script(answer, { method: 'sendMessage' })
      const sender = createTelegramSender({ ...access, timeoutMs: 300 })
      expect(await sendAll(sender, say('tin'))).toEqual([outcome])
      expect(fake.calls('sendMessage')).toHaveLength(1)
      expect(faults).toMatchObject([{ what: 'sendMessage', code: outcome.code }])
      expect(showsToken(faults)).toBe(false)
    },
  )

  it('a call that never left may be made again without being marked', async () => {
    const { access, faults } = await fakeTelegram()
    const sender = createTelegramSender({ ...access, apiRoot: await deadUrl() })
    expect(await sendAll(sender, say('tin'))).toMatchObject([
      { kind: 'retry', code: 'unreachable' },
    ])
    expect(showsToken(faults)).toBe(false)
  })

  it('a wrong root or a broken fetch says so by code, and shows no token', async () => {
    const { access, faults } = await fakeTelegram()
    for (const broken of [
      { apiRoot: 'not an address' },
      { fetch: (url: unknown) => Promise.reject(new Error(`cannot reach ${url}`)) },
      { fetch: () => Promise.resolve(Response.json(null)) },
      { fetch: () => Promise.resolve(Response.json({ ok: false })) },
    ]) {
      const sender = createTelegramSender({ ...access, ...broken })
      const [outcome] = await sendAll(sender, say('tin'))
      expect(outcome?.kind).toMatch(/^(unknown|retry)$/)
      expect(showsToken(outcome)).toBe(false)
    }
    expect(faults).toHaveLength(4)
    expect(showsToken(faults)).toBe(false)
  })

  it('notes what Telegram says without our words and links that it quotes', async () => {
    const { fake, faults, access } = await fakeTelegram()
    await fake.say(CHAT, 'xin chào')
    const words = `Bad Request: inline keyboard button URL 'https://x.vn/?k=bimat' is invalid, "ngập" can't be`
    fake.script({ kind: 'error', status: 400, description: words })
    await sendAll(createTelegramSender(access), say('tin'))
    expect(faults[0]?.description).toContain('button URL')
    expect(faults[0]?.description).toContain("can't be")
    expect(JSON.stringify(faults)).not.toMatch(/bimat|ngập/)
  })

  it('a trailing slash of the root does no harm', async () => {
    const { fake, access } = await fakeTelegram()
    await fake.say(CHAT, 'xin chào')
    const sender = createTelegramSender({ ...access, apiRoot: `${fake.url}/` })
    expect(await sendAll(sender, say('tin'))).toEqual([{ kind: 'sent' }])
  })

  it('a moved group gets the call under its new id, and the move is told once', async () => {
    const { fake, access } = await fakeTelegram()
    fake.migrate(-990, -1_000_000_000_991)
    const moves: unknown[] = []
    const migrations = { moved: async (move: unknown) => void moves.push(move) }
    const sender = createTelegramSender({ ...access, migrations })
    expect(await sendAll(sender, say('tin'), -990)).toEqual([{ kind: 'sent' }])
    expect(fake.sent(-1_000_000_000_991)).toHaveLength(1)
    expect(moves).toEqual([
      { channel: 'telegram', fromChatKey: '-990', toChatKey: '-1000000000991' },
    ])
  })

  it('a move that could not be noted does not stop the message', async () => {
    const { fake, faults, access } = await fakeTelegram()
    fake.migrate(-990, -1_000_000_000_991)
    const migrations = { moved: () => Promise.reject(new Error('away')) }
    const sender = createTelegramSender({ ...access, migrations })
    expect(await sendAll(sender, say('tin'), -990)).toEqual([{ kind: 'sent' }])
    expect(faults.map(({ code }) => code)).toContain('not_noted')
  })

  it('a move that leads to a move is not followed for ever', async () => {
    const { fake, access } = await fakeTelegram()
    fake.migrate(-990, -991)
    fake.migrate(-991, -990)
    const sender = createTelegramSender(access)
    expect(await sendAll(sender, say('tin'), -990)).toEqual([{ kind: 'gone', code: 'migrated' }])
    expect(fake.calls('sendMessage')).toHaveLength(2)
  })
})

describe('photos', () => {
  it('uploads stored bytes, and the second time only names them', async () => {
    const { fake, access } = await fakeTelegram()
    await fake.say(CHAT, 'xin chào')
    const asked: string[] = []
    const media = {
      bytesOf: async (mediaId: string) => {
        asked.push(mediaId)
        return { bytes: JPEG, contentType: 'image/jpeg' }
      },
    }
    const sender = createTelegramSender({ ...access, media })
    const chatKey = String(CHAT)
    const message = picture('http://127.0.0.1:8080/api/v1/media/m-1')
    const [call] = sender.render(message, { chatKey, words: WORDS }).calls
    if (call === undefined) throw new Error('no call')
    const named = { ...call, mediaId: 'm-1' }
    expect(await sender.send(named, { chatKey, language: 'vi' })).toEqual({ kind: 'sent' })
    expect(await sender.send(named, { chatKey, language: 'vi' })).toEqual({ kind: 'sent' })
    const [first, second] = fake.sent(CHAT)
    expect(first).toMatchObject({
      photo: { bytes: JPEG.length, name: 'photo.jpeg' },
      text: 'Đã sửa xong <cống>',
      buttons: [{ data: 'menu:1:menu' }],
    })
    expect(second?.photo).toHaveProperty('fileId')
    expect(asked).toEqual(['m-1'])
  })

  it('the uploaded bytes are the stored bytes', async () => {
    const { fake, access } = await fakeTelegram()
    await fake.say(CHAT, 'xin chào')
    const media = { bytesOf: async () => ({ bytes: JPEG, contentType: 'image/jpeg' }) }
    const sender = createTelegramSender({ ...access, media })
    const call = {
      method: 'sendPhoto',
      payload: { chat_id: CHAT, photo: 'x' },
      mediaId: 'm',
    } as const
    expect(await sender.send(call, { chatKey: String(CHAT), language: 'vi' })).toEqual({
      kind: 'sent',
    })
    expect([...fake.state.files.values()].map(({ bytes }) => bytes)).toEqual([JPEG])
  })

  it('by address where nothing is stored, and the words alone where Telegram cannot fetch it', async () => {
    const { fake, faults, access } = await fakeTelegram()
    await fake.say(CHAT, 'xin chào')
    const media = { bytesOf: async () => undefined }
    const sender = createTelegramSender({ ...access, media })
    await sendAll(sender, picture('https://loa.example.org/anh.jpg'))
    expect(await sendAll(sender, picture('http://127.0.0.1:8080/anh.jpg'))).toEqual([
      { kind: 'sent' },
    ])
    const [shown, told] = fake.sent(CHAT)
    expect(shown?.photo).toEqual({ url: 'https://loa.example.org/anh.jpg' })
    expect(told).toMatchObject({ text: 'Đã sửa xong <cống>', buttons: [{ data: 'menu:1:menu' }] })
    expect(told).not.toHaveProperty('photo')
    expect(faults).toMatchObject([{ what: 'sendPhoto', code: 'bad_picture' }])
  })

  it('a storage that fails sends nothing and is tried again', async () => {
    const { fake, access } = await fakeTelegram()
    const media = { bytesOf: async () => Promise.reject(new Error('disk')) }
    const sender = createTelegramSender({ ...access, media })
    const call = {
      method: 'sendPhoto',
      payload: { chat_id: CHAT, photo: 'x' },
      mediaId: 'm',
    } as const
    const outcome = await sender.send(call, { chatKey: String(CHAT), language: 'vi' })
    expect(outcome).toMatchObject({ kind: 'retry', code: 'media_unavailable' })
    expect(fake.calls()).toEqual([])
  })
})

describe('createCallbackAnswerer', () => {
  it('stops the spinner once; a late or dead answer is nobody’s fault', async () => {
    const { fake, faults, access } = await fakeTelegram()
    const update = fake.make.pressed({ chatId: CHAT }, 'menu:1:menu')
    const { id } = update.callback_query as { id: string }
    const answerPress = createCallbackAnswerer(access)
    expect(fake.unansweredPresses()).toBe(1)
    await answerPress(id)
    expect(fake.unansweredPresses()).toBe(0)
    await answerPress(id)
    expect(faults).toHaveLength(1)
    await createCallbackAnswerer({ ...access, apiRoot: await deadUrl() })(id)
    expect(showsToken(faults)).toBe(false)
  })
})
