import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { say } from '../../api/chat/message.ts'
import type { Ctx } from '../../api/context.ts'
import {
  findWebConversationId,
  messageResident,
  notifyChat,
  purgeInboundBodies,
  webChatKey,
} from '../../api/rooms/conversations/index.ts'
import { residentForChat } from '../../api/rooms/identity/index.ts'
import { createTurn } from '../../bots/conversation.ts'
import { channelWords } from '../../bots/drain.ts'
import { createPreview } from '../../bots/preview.ts'
import { openDatabase, type TestDb, testCtx, testTranslators } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { sampleEntry } from '../properties/chat-sample.ts'
import { knowledge, seed } from './chat-kit.ts'

const SECRET = 'aVeryRandomSecretOf22s'
const OTHER = 'anotherRandomSecret022'
let test: TestDb
let app: TestApp
let ctx: Ctx
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  app = testApp(test.db, {
    turn: createTurn({ entries: [sampleEntry(async () => [say('done')])], knowledge }),
    preview: createPreview(channelWords({ translate: testTranslators }, 'vi')),
  })
  ctx = testCtx(test.db, { clock: app.clock })
  await seed(ctx)
})
afterAll(() => test.close())

type Answer = { messages: { parts: { text?: string }[]; choices?: { id: string }[] }[] }
type Pushed = { messages: { id: string; at: string; message: unknown }[]; cursor: string }

const send = (body: object) =>
  app.request('/api/v1/chat', { json: { conversation: SECRET, ...body } })
const pull = async (query = '', secret = SECRET): Promise<Pushed> => {
  const response = await app.request(`/api/v1/chat/messages${query}`, {
    headers: { 'x-loa-conversation': secret },
  })
  expect(response.status).toBe(200)
  return response.json()
}
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const push = async (key: string, secret = SECRET, expiresAt?: Date) =>
  notifyChat(ctx, {
    channel: 'web',
    chatKey: await webChatKey(secret),
    language: 'vi',
    message: say(key, [{ id: 'track_report.HUE-2222-2222', label: 'Xem' }]),
    dedupeKey: key,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  })

describe('POST /chat', () => {
  it('answers a message, and the same id again with the same answer', async () => {
    const first = await send({ id: '1', text: 'xin chào' })
    expect(first.status).toBe(200)
    const answer = (await first.json()) as Answer
    expect(answer.messages.length).toBeGreaterThan(0)
    expect(await (await send({ id: '1', text: 'xin chào' })).json()).toEqual(answer)
    const turns = await test.db.selectFrom('conversation').select('turn').execute()
    expect(turns).toEqual([{ turn: 1 }])
  })

  it('keeps only the hash of the conversation secret', async () => {
    await send({ id: '1', text: 'xin chào' })
    const kept = JSON.stringify([
      await test.db.selectFrom('conversation').selectAll().execute(),
      await test.db.selectFrom('inboundEvent').selectAll().execute(),
      await test.db.selectFrom('outbox').selectAll().execute(),
    ])
    expect(kept).not.toContain(SECRET)
    expect(kept).toContain(await webChatKey(SECRET))
    const row = await test.db.selectFrom('conversation').select('id').executeTakeFirst()
    expect(await findWebConversationId(ctx, SECRET)).toBe(row?.id)
    expect(await findWebConversationId(ctx, OTHER)).toBeUndefined()
  })

  it('takes buttons, photos, places and openings', async () => {
    const greeting = (await (await send({ id: '1', start: '' })).json()) as Answer
    const choice = greeting.messages.at(-1)?.choices?.[0]?.id
    for (const body of [
      { choice },
      { media: ['0199c0de-0000-7000-8000-000000000001'], text: 'ảnh' },
      { location: { lat: 16.57, lng: 107.53 } },
    ])
      expect((await send({ id: JSON.stringify(body).length.toString(), ...body })).status).toBe(200)
  })

  it('two clients may use the same ids', async () => {
    await send({ id: '1', text: 'xin chào' })
    const other = await send({ id: '1', text: 'hủy', conversation: OTHER })
    expect(other.status).toBe(200)
  })

  it('the same id with another body is refused', async () => {
    await send({ id: '1', text: 'xin chào' })
    const response = await send({ id: '1', text: 'hủy' })
    expect([response.status, await codeOf(response)]).toEqual([422, 'http.idempotency_mismatch'])
  })

  it.each([
    ['nothing', { id: '1' }],
    ['two things', { id: '1', text: 'a', choice: 'b' }],
    ['a place off the globe', { id: '1', location: { lat: 91, lng: 0 } }],
    ['no id', { text: 'a' }],
    ['an id with spaces', { id: 'a b', text: 'a' }],
    ['a text beyond measure', { id: '1', text: 'a'.repeat(8_001) }],
    ['photos that are no ids', { id: '1', media: ['../x'] }],
  ])('%s is invalid input', async (_name, body) => {
    const response = await send(body)
    expect([response.status, await codeOf(response)]).toEqual([422, 'http.invalid_input'])
    expect(await test.db.selectFrom('inboundEvent').selectAll().execute()).toEqual([])
  })

  it.each(['short', 'x'.repeat(129), 'has spaces in the secret!', 'ümlautümlautümlautümlaut'])(
    'the conversation secret %s is refused',
    async (conversation) => {
      const response = await send({ id: '1', text: 'a', conversation })
      expect([response.status, await codeOf(response)]).toEqual([422, 'chat.conversation_invalid'])
    },
  )

  it('who types faster than people do is asked to wait', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 45; i++) statuses.push((await send({ id: 'same', text: 'a' })).status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(5)
  })

  it('a damaged body is a problem, never a crash', async () => {
    const response = await app.request('/api/v1/chat', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"conversation":',
    })
    expect([400, 422]).toContain(response.status)
  })
})

describe('GET /chat/messages', () => {
  it('hands out what was pushed, once a cursor, and no direct replies', async () => {
    await send({ id: '1', text: 'xin chào' })
    const empty = await pull()
    expect(empty.messages).toEqual([])
    await push('first')
    const first = await pull(`?after=${empty.cursor}`)
    expect(first.messages).toHaveLength(1)
    await push('second')
    const second = await pull(`?after=${first.cursor}`)
    expect(second.messages).toHaveLength(1)
    expect(second.messages[0]?.id).not.toBe(first.messages[0]?.id)
    expect((await pull(`?after=${second.cursor}`)).messages).toEqual([])
    expect((await pull()).messages).toHaveLength(2)
  })

  it('a message that was committed after a later one is not lost', async () => {
    await push('a')
    const early = await test.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow()
    await test.db.deleteFrom('outbox').execute()
    await push('b')
    const first = await pull()
    await test.db
      .insertInto('outbox')
      .values({ ...early, message: JSON.stringify(early.message) })
      .execute()
    const second = await pull(`?after=${first.cursor}`)
    expect(second.messages.map(({ id }) => id)).toEqual([early.id])
    expect((await pull(`?after=${second.cursor}`)).messages).toEqual([])
  })

  it('waits for the next message and answers as soon as it comes', async () => {
    const { cursor } = await pull()
    const waiting = pull(`?after=${cursor}&waitSeconds=10`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await push('late')
    expect((await waiting).messages).toHaveLength(1)
  })

  it('stops waiting when the client has gone', async () => {
    const gone = new AbortController()
    const started = performance.now()
    const waiting = app.request('/api/v1/chat/messages?waitSeconds=20', {
      headers: { 'x-loa-conversation': SECRET },
      signal: gone.signal,
    })
    setTimeout(() => gone.abort(), 100)
    await waiting.catch(() => undefined)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it("shows nobody another chat's messages, and nothing expired", async () => {
    await push('mine')
    await push('late', OTHER, new Date(app.clock.now().getTime() + 1_000))
    app.clock.advance(5)
    expect((await pull('', OTHER)).messages).toEqual([])
    expect((await pull()).messages).toHaveLength(1)
  })

  it.each(['%20', 'null', '../..', 'zzzzzzzzzzzzzzz', '0.deadbeef'])(
    'a cursor that is none (%s) reads from the beginning',
    async (after) => {
      await push('a')
      expect((await pull(`?after=${after}`)).messages).toHaveLength(1)
    },
  )

  it('needs the secret of a chat', async () => {
    const response = await app.request('/api/v1/chat/messages')
    expect(response.status).toBe(422)
  })
})

describe('POST /chat/preview', () => {
  it('renders the same messages for every channel', async () => {
    const response = await app.request('/api/v1/chat/preview', {
      json: { messages: [say('Chọn', [{ id: 'a:1:b', label: 'Một' }])] },
    })
    expect(response.status).toBe(200)
    const { channels } = (await response.json()) as {
      channels: { channel: string; calls: unknown[] }[]
    }
    expect(channels.map(({ channel }) => channel)).toEqual([
      'web',
      'telegram',
      'zalo-oa',
      'zalo-bot',
    ])
    expect(channels.every(({ calls }) => calls.length === 1)).toBe(true)
  })
})

describe('telling a person something', () => {
  it('reaches the chat used last, in its language, once a key', async () => {
    const chat = { channel: 'telegram', chatKey: '7' }
    const resident = await residentForChat(ctx, { ...chat, language: 'en' })
    const tell = () =>
      messageResident(ctx, {
        residentId: resident.id,
        message: (language) => say(language),
        lane: 'notice',
        dedupeKey: 'k',
      })
    expect([await tell(), await tell()]).toEqual([true, true])
    const rows = await test.db.selectFrom('outbox').selectAll().execute()
    expect(rows).toMatchObject([{ ...chat, lane: 'notice', language: 'en', dedupeKey: 'push:k' }])
    const banner = testTranslators('en')('chat:demo.banner')
    expect(rows[0]?.message.parts.map((p) => (p.kind === 'text' ? p.text : ''))).toEqual([
      banner,
      'en',
    ])
  })

  it('says so when no chat reaches them', async () => {
    const told = await messageResident(ctx, {
      residentId: ctx.newId(),
      message: () => say('x'),
      lane: 'notice',
      dedupeKey: 'k',
    })
    expect(told).toBe(false)
    expect(await test.db.selectFrom('outbox').selectAll().execute()).toEqual([])
  })

  it('its buttons open the flow they name, whenever they are pressed', async () => {
    await push('step')
    const { messages } = await pull()
    expect(messages[0]?.message).toMatchObject({
      choices: [{ id: 'menu:0:track_report.HUE-2222-2222' }],
    })
    const response = await send({ id: '9', choice: 'menu:0:report_incident' })
    expect(response.status).toBe(200)
    const row = await test.db.selectFrom('conversation').select('state').executeTakeFirst()
    expect(row?.state).toMatchObject({ flow: 'sample' })
  })
})

describe('forgetting', () => {
  it('what was said goes after 30 days; key and hash stay and still tell a repeat', async () => {
    await send({ id: 'old', text: 'xin chào' })
    app.clock.advance(29 * 86_400)
    await send({ id: 'new', text: 'xin chào' })
    expect(await purgeInboundBodies(ctx)).toBe(0)
    app.clock.advance(2 * 86_400)
    expect(await purgeInboundBodies(ctx)).toBe(1)
    const rows = await test.db
      .selectFrom('inboundEvent')
      .selectAll()
      .orderBy('receivedAt')
      .execute()
    expect(rows.map((row) => [row.body === null, row.answer === null])).toEqual([
      [true, true],
      [false, false],
    ])
    expect((await send({ id: 'old', text: 'xin chào' })).status).toBe(200)
    expect((await send({ id: 'old', text: 'khác' })).status).toBe(422)
  })
})
