import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reserve } from '../../api/db/pace.ts'
import { ZALO_BOT_PLAN } from '../../api/db/plan-usage.ts'
import { createZaloBotChannel } from '../../api/hosts/channels/zalo-bot.ts'
import { createTurn } from '../../bots/conversation.ts'
import {
  openDatabase,
  silentLog,
  type TestClock,
  type TestDb,
  testClock,
  testCtx,
} from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { knowledge, seed } from './chat-kit.ts'

const SECRET = 'zalo-bot-webhook-secret'
let test: TestDb
let clock: TestClock
let counted: string[]
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  clock = testClock()
  counted = []
  await seed(testCtx(test.db, { clock }))
})
afterAll(() => test.close())

function openBot() {
  const { receive } = createZaloBotChannel(
    {
      publicUrl: 'http://loa.test',
      channels: { telegram: null, zaloOa: null, zaloBot: null, zaloMiniApp: null },
      zaloBot: { botToken: '1:bench', webhookSecret: SECRET, apiRoot: null },
    },
    {
      ctx: () => testCtx(test.db, { clock }),
      turn: createTurn({ entries: [], knowledge }),
      background: () => {},
      log: silentLog,
      count: (name) => void counted.push(name),
      sealer: { seal: (_, words) => words, unseal: (_, sealed) => sealed },
    },
  )
  let n = 0
  return async (chatKey: string) => {
    const message = {
      message_id: `m${++n}`,
      date: Date.now(),
      chat: { id: chatKey, chat_type: 'PRIVATE' },
      from: { id: chatKey, is_bot: false },
      text: 'xin chào',
    }
    const body = JSON.stringify({ event_name: 'message.text.received', message })
    const headers = { 'x-bot-api-secret-token': SECRET }
    return (await receive(new Request('http://loa.test/', { method: 'POST', headers, body })))
      .status
  }
}

const saidTo = async (chatKey: string) =>
  (
    await test.db.selectFrom('outbox').select('message').where('chatKey', '=', chatKey).execute()
  ).map(({ message }) => JSON.stringify(message))

describe('the plan of the Zalo Bot', () => {
  it('serves its people, and shows the others once a day where Loa answers them', async () => {
    const write = openBot()
    for (let i = 0; i < ZALO_BOT_PLAN.users; i++) expect(await write(`p${i}`)).toBe(200)
    expect(await write('one-more')).toBe(200)
    expect(await write('one-more')).toBe(200)
    const said = await saidTo('one-more')
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('/chat')
    expect(counted.filter((name) => name === 'loa_plan_refusals_total')).toHaveLength(2)
    // Who was served before still is.
    const before = (await saidTo('p0')).length
    await write('p0')
    expect((await saidTo('p0')).length).toBeGreaterThan(before)
    clock.advance(86_400)
    await write('one-more')
    expect(await saidTo('one-more')).toHaveLength(2)
  })

  it('is told by /readyz and /metrics while the channel is on', async () => {
    await openBot()('p0')
    await reserve(test.db, { channel: 'zalo-bot', chatKey: 'p0', now: clock.now() })
    const on = testApp(test.db, {
      now: clock.now,
      channels: () => ({ 'zalo-bot': 'on' }),
      remoteAddress: () => '127.0.0.1',
    })
    expect(await (await on.request('/readyz')).json()).toMatchObject({
      plans: {
        'zalo-bot': [
          { what: 'users', used: 1, limit: 50 },
          { what: 'messages', used: 1, limit: 3_000 },
        ],
      },
    })
    const figures = await (await on.request('/metrics')).text()
    expect(figures).toContain('loa_channel_plan_used{channel="zalo-bot",what="messages"} 1')
    const off = testApp(test.db, { channels: () => ({ 'zalo-bot': 'off' }) })
    expect(await (await off.request('/readyz')).json()).not.toHaveProperty('plans')
  })
})
