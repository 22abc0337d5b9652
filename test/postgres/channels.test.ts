import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { say } from '../../api/chat/message.ts'
import type { Db } from '../../api/context.ts'
import { createTestDatabase, openUrl } from '../harness-pg.ts'
import {
  channelEnv,
  type Fakes,
  startFakes,
  stopFakes,
  WEBHOOK_SECRET,
} from '../hosts/channels-kit.ts'
import { endAll, type Host, removeDirs, startHost, temporaryDir } from '../hosts/host.ts'
import { phonePhoto } from '../tour/photo.ts'

const PER_SECOND = 30
const HOSTS = 3

let fakes: Fakes
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Db
let hosts: Host[]

beforeAll(async () => {
  database = await createTestDatabase('empty')
  fakes = await startFakes({ perSecond: PER_SECOND })
  const dataDir = temporaryDir()
  const env = {
    ...channelEnv(fakes),
    DATABASE_URL: database.url,
    APP_SECRET: 'the-same-secret-on-all-servers-01234',
    DATA_DIR: dataDir,
    PUBLIC_URL: 'https://loa.test',
  }
  const first = await startHost(env)
  hosts = [first, ...(await Promise.all([startHost(env), startHost(env)]))]
  db = openUrl(database.url)
})
afterAll(async () => {
  for (const host of hosts ?? []) await host.end('SIGTERM')
  endAll()
  await db?.destroy()
  await database?.drop()
  if (fakes !== undefined) await stopFakes(fakes)
  removeDirs()
})

const urls = (path: string) => hosts.slice(0, 2).map((host) => `${host.url}/webhooks/${path}`)

/** One update ten times at each of two servers, all at once; the statuses without doubles. */
async function pour(update: unknown): Promise<number[]> {
  const posts = urls('telegram').flatMap((url) =>
    Array.from({ length: 10 }, () =>
      fetch(url, {
        method: 'POST',
        headers: { 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET },
        body: JSON.stringify(update),
      }),
    ),
  )
  return [...new Set((await Promise.all(posts)).map(({ status }) => status))]
}

const mediaIdsOf = (body: unknown): string[] => Object(body).mediaIds ?? []
const eventsOf = (eventId: string) =>
  db.selectFrom('inboundEvent').selectAll().where('eventId', '=', eventId).execute()
const outboxOf = (chatKey: string) =>
  db.selectFrom('outbox').selectAll().where('chatKey', '=', chatKey).orderBy('id').execute()

async function until<T>(look: () => Promise<T | undefined>, withinMs = 30_000): Promise<T> {
  const late = Date.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > late) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
const settled = (chatKey: string) =>
  until(async () => {
    const rows = await outboxOf(chatKey)
    return rows.length > 0 && rows.every(({ state }) => state === 'sent') ? rows : undefined
  })

describe('the same event many times, in two processes at once', () => {
  it('is one turn and one answer', async () => {
    const chatId = 5_210_000_101
    const update = fakes.telegram.make.text({ chatId }, 'xin chào')
    expect(await pour(update)).toEqual([200])
    expect(await eventsOf(String(update.update_id))).toHaveLength(1)
    const rows = await settled(String(chatId))
    expect(fakes.telegram.sent(chatId)).toHaveLength(rows.length)
  })

  it('an album is one turn with each picture once, in order', async () => {
    const chatId = 5_210_000_102
    const extra = { media_group_id: 'g1', caption: 'ngap o phuoc yen' }
    const pictures = await Promise.all(
      ['một', 'hai', 'ba'].map((label) => phonePhoto({ label, lng: 107.5, lat: 16.5 })),
    )
    const updates = pictures.map((bytes) => fakes.telegram.make.photo({ chatId }, bytes, extra))
    const statuses = await Promise.all(updates.toReversed().map(pour))
    expect([...new Set(statuses.flat())]).toEqual([200])
    const [event] = await until(async () => {
      const rows = await eventsOf(`album-${updates[0]?.update_id}`)
      return rows.length > 0 ? rows : undefined
    })
    const mediaIds = mediaIdsOf(event?.body)
    expect(mediaIds).toHaveLength(3)
    await settled(String(chatId))
    const kept = await db
      .selectFrom('inboundPicture')
      .select(['mediaId', 'caption', 'source', 'state'])
      .where('chatKey', '=', String(chatId))
      .execute()
    expect(kept.map(({ state, source, caption }) => [state, source, caption])).toEqual(
      Array.from({ length: 3 }, () => ['done', '', null]),
    )
    expect(mediaIds.toSorted()).toEqual(kept.map(({ mediaId }) => mediaId).toSorted())
  })

  it('Zalo OA: one turn, one answer, one refresh of the token by all processes', async () => {
    const userId = '246845883529190001'
    const body = oaEvent('user_send_text', userId, { text: 'xin chào', msg_id: 'oa-1' })
    const statuses = await Promise.all(
      urls('zalo-oa').map((url) => fakes.oa.post(url, body, { times: 10, atOnce: true })),
    )
    expect([...new Set(statuses.flat())]).toEqual([200])
    const rows = await settled(userId)
    const texts = fakes.oa.sent.filter((one) => one.userId === userId)
    expect([texts.length, (await eventsOf('oa-1')).length]).toEqual([rows.length, 1])
    expect([fakes.oa.state.rotations, fakes.oa.state.spentAgain]).toEqual([1, 0])
    const [account] = await db.selectFrom('channelAccount').selectAll().execute()
    expect(account?.sealed).not.toContain('fake-')
    expect(account?.leaseId).toBeNull()
  })

  it('Zalo Bot: one turn, one answer, wrapped or flat', async () => {
    const chatId = 'zb-ten'
    const update = {
      event_name: 'message.text.received',
      message: {
        message_id: 'zb-ten-1',
        date: Date.now(),
        chat: { id: chatId, chat_type: 'PRIVATE' },
        from: { id: chatId, is_bot: false },
        text: 'xin chào',
      },
    }
    const statuses = await Promise.all(
      urls('zalo-bot').map((url, i) =>
        fakes.bot.post(url, update, { times: 10, atOnce: true, wrapped: i === 1 }),
      ),
    )
    expect([...new Set(statuses.flat())]).toEqual([200])
    const rows = await settled(chatId)
    const texts = fakes.bot.sent.filter(({ payload }) => payload.chat_id === chatId)
    const events = await db.selectFrom('inboundEvent').selectAll().execute()
    const mine = events.filter(({ eventId }) => eventId.endsWith('zb-ten-1'))
    expect([texts.length, mine.length]).toEqual([rows.length, 1])
  })
})

const oaEvent = (event_name: string, userId: string, message: Record<string, unknown>) => ({
  app_id: fakes.oa.config.appId,
  event_name,
  timestamp: String(Date.now()),
  sender: { id: userId },
  recipient: { id: fakes.oa.config.oaId },
  message,
})

describe('what is not signed by the platform', () => {
  it('gets 401 and leaves no row', async () => {
    const count = async () => {
      const tables = [
        ...['inboundEvent', 'inboundWaiting', 'conversation', 'outbox', 'inboundPicture'],
      ] as const
      const rows = tables.map((table) => db.selectFrom(table).select('channel').execute())
      return (await Promise.all(rows)).map(({ length }) => length)
    }
    const calls = () =>
      [fakes.telegram.calls(), fakes.oa.calls, fakes.bot.calls].map((c) => c.length)
    const [before, asked] = [await count(), calls()]
    const [oa = ''] = urls('zalo-oa')
    const [bot = ''] = urls('zalo-bot')
    const [telegram = ''] = urls('telegram')
    const body = oaEvent('user_send_text', '1', { text: 'x', msg_id: 'forged' })
    expect(await fakes.oa.post(oa, body, { signed: 'wrong' })).toEqual([401])
    expect(await fakes.bot.post(bot, { event_name: 'x' }, { secret: 'wrong-secret' })).toEqual([
      401,
    ])
    const update = JSON.stringify(fakes.telegram.make.text({ chatId: 9 }, 'x'))
    for (const secret of ['', 'wrong']) {
      const headers = { 'x-telegram-bot-api-secret-token': secret }
      const answer = await fetch(telegram, { method: 'POST', headers, body: update })
      expect(answer.status).toBe(401)
    }
    expect(await count()).toEqual(before)
    expect(calls()).toEqual(asked)
  })
})

describe('Zalo OA events that are no turns', () => {
  /** Resolves once the turn that follows the answer is over, too. */
  const post = async (body: unknown) => {
    const statuses = await fakes.oa.post(urls('zalo-oa')[0] ?? '', body)
    await until(async () => {
      const waiting = await db.selectFrom('inboundWaiting').select('id').execute()
      return waiting.length === 0 ? true : undefined
    })
    return statuses
  }
  const echo = (userId: string, text: string) => ({
    app_id: fakes.oa.config.appId,
    event_name: 'oa_send_text',
    timestamp: String(Date.now()),
    sender: { id: fakes.oa.config.oaId, admin_id: '77' },
    recipient: { id: userId },
    message: { text, msg_id: `echo-${userId}-${text.length}` },
  })

  it('an official who writes by hand silences the bot until they hand the chat back', async () => {
    const userId = '246845883529190002'
    await post(echo(userId, 'Chào bà, tôi là cán bộ trực'))
    await post(oaEvent('user_send_text', userId, { text: 'xin chào', msg_id: 'quiet-1' }))
    expect(await outboxOf(userId)).toEqual([])
    expect((await eventsOf('quiet-1'))[0]).toMatchObject({ body: { text: 'xin chào' } })
    await post(echo(userId, 'Cảm ơn bà. #loa'))
    await post(oaEvent('user_send_text', userId, { text: 'xin chào', msg_id: 'quiet-2' }))
    expect((await outboxOf(userId)).length).toBeGreaterThan(0)
  })

  it('follow greets and opens the window; a withdrawal forgets what was said', async () => {
    const userId = '246845883529190003'
    const { app_id, timestamp } = echo(userId, '')
    const follower = { oa_id: fakes.oa.config.oaId, follower: { id: userId }, app_id, timestamp }
    await post({ ...follower, event_name: 'follow' })
    expect((await outboxOf(userId)).length).toBeGreaterThan(0)
    const windows = db.selectFrom('channelWindow').selectAll().where('chatKey', '=', userId)
    expect(await windows.execute()).toHaveLength(1)
    await post(oaEvent('user_send_text', userId, { text: 'chuyện riêng', msg_id: 'secret-1' }))
    const given = { channel: 'zalo-oa', eventId: 'given-up', chatKey: userId, body: 'chuyện riêng' }
    const row = { ...given, runAt: null, receivedAt: new Date() }
    await db.insertInto('inboundWaiting').values(row).execute()
    await post({
      app_id,
      timestamp,
      event_name: 'user_withdraw',
      oa_id: fakes.oa.config.oaId,
      user_id: userId,
    })
    expect((await eventsOf('secret-1'))[0]).toMatchObject({ body: null, answer: null })
  })
})

describe('the pace of a channel', () => {
  it(`${HOSTS} processes together never pass ${PER_SECOND} messages in any second`, async () => {
    const chats = Array.from({ length: 240 }, (_, i) => 5_220_000_000 + i)
    for (const id of chats) fakes.telegram.make.chatOf(id)
    const now = new Date()
    await db
      .insertInto('outbox')
      .values(
        chats.map((id) => ({
          id: crypto.randomUUID(),
          channel: 'telegram',
          chatKey: String(id),
          lane: 'notice' as const,
          dedupeKey: `pace-${id}`,
          message: JSON.stringify(say('thử')),
          language: 'vi' as const,
          state: 'queued' as const,
          runAt: now,
          createdAt: now,
        })),
      )
      .execute()
    const begun = Date.now()
    await until(async () => {
      const left = await db
        .selectFrom('outbox')
        .select('id')
        .where('dedupeKey', 'like', 'pace-%')
        .where('state', '=', 'queued')
        .execute()
      return left.length === 0 ? true : undefined
    }, 60_000)
    const seconds = (Date.now() - begun) / 1000
    const refused = fakes.telegram.calls('sendMessage').filter(({ status }) => status === 429)
    expect(fakes.telegram.busiestSecond()).toBeLessThanOrEqual(PER_SECOND)
    expect(refused).toEqual([])
    const doubled = chats.filter((id) => fakes.telegram.sent(id).length !== 1)
    expect(doubled).toEqual([])
    process.stdout.write(`pace: ${chats.length} in ${seconds.toFixed(1)} s\n`)
  })
})
