import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { say } from '../../api/chat/message.ts'
import type { Lane } from '../../api/db/outbox.ts'
import { enqueueMessages } from '../../api/db/outbox.ts'
import { openDatabase, type TestDb, testCtx, testPorts } from '../harness.ts'
import { testApp } from '../harness-app.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
  return () => test.close()
})
afterEach(() => test.truncate())

const queue = (app: ReturnType<typeof testApp>, lane: Lane, dedupeKey: string) =>
  enqueueMessages(testCtx(test.db, { clock: app.clock }), [
    { channel: 'web', chatKey: 'c', lane, dedupeKey, message: say('x'), language: 'vi' },
  ])

describe('/healthz and /readyz', () => {
  it('alive needs no database, ready does', async () => {
    const broken = testApp(test.db, {
      openDb: () => ({ db: brokenDb(), close: async () => {} }),
    })
    expect((await broken.request('/healthz')).status).toBe(200)
    const response = await broken.request('/readyz')
    expect([response.status, await response.json()]).toEqual([
      503,
      expect.objectContaining({ ready: false, database: 'down' }),
    ])
  })

  it('tells channels, storage and how old the outbox is, without letting them decide', async () => {
    const app = testApp(test.db, {
      channels: () => ({ web: 'on', telegram: 'off', 'zalo-oa': 'demo' }),
      ports: testPorts({ storage: null }),
    })
    await queue(app, 'reply', 'a')
    app.clock.advance(90)
    await queue(app, 'notice', 'b')
    const response = await app.request('/readyz')
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        ready: true,
        database: 'up',
        pendingMigrations: [],
        outbox: { queued: 2, oldestSeconds: 90 },
        channels: { web: 'on', telegram: 'off', 'zalo-oa': 'demo' },
        storage: 'off',
      },
    ])
  })

  it('is not ready while a migration is pending', async () => {
    const app = testApp(test.db)
    const name = await test.db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ name: string }>`
        delete from kysely_migration where name = (select max(name) from kysely_migration)
        returning name`.execute(trx)
      const inside = testApp(test.db, { openDb: () => ({ db: trx, close: async () => {} }) })
      const response = await inside.request('/readyz')
      expect([response.status, await response.json()]).toEqual([
        503,
        expect.objectContaining({ ready: false, pendingMigrations: [rows[0]?.name] }),
      ])
      await sql`insert into kysely_migration (name, timestamp) values (${rows[0]?.name}, 'again')`.execute(
        trx,
      )
      return rows[0]?.name
    })
    expect(name).toBeDefined()
    expect((await app.request('/readyz')).status).toBe(200)
  })
})

const brokenDb = () =>
  new Proxy(test.db, {
    get: () => {
      throw new Error('connection refused')
    },
  })

describe('/metrics', () => {
  const local = { remoteAddress: () => '127.0.0.1' }

  it('counts requests by route pattern and tells the outbox and the process', async () => {
    const app = testApp(test.db, {
      ...local,
      metrics: () => ({ process_resident_memory_bytes: 7 }),
    })
    await app.request('/api/v1/media/0905123456')
    await app.request('/nowhere/0905123456')
    await queue(app, 'reply', 'a')
    await queue(app, 'alert', 'b')
    await test.db
      .updateTable('outbox')
      .set({ leaseUntil: new Date(app.clock.now().getTime() + 60_000) })
      .where('lane', '=', 'alert')
      .execute()
    app.clock.advance(30)
    const response = await app.request('/metrics')
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const lines = (await response.text()).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE loa_http_requests_total counter',
        'loa_http_requests_total{route="/api/v1/media/:id",method="GET",status="404"} 1',
        'loa_http_requests_total{route="none",method="GET",status="404"} 1',
        'loa_http_request_seconds_count{route="/api/v1/media/:id"} 1',
        'loa_outbox_messages{lane="reply",state="due"} 1',
        'loa_outbox_messages{lane="alert",state="leased"} 1',
        'loa_outbox_oldest_seconds 30',
        'process_resident_memory_bytes 7',
        'loa_database_up 1',
      ]),
    )
    expect(lines.join()).not.toContain('0905123456')
  })

  it('answers the machine itself and trusted proxies, and looks missing to all others', async () => {
    const status = async (peer: string, headers: Record<string, string> = {}) => {
      const app = testApp(test.db, { remoteAddress: () => peer, trustedProxies: ['10.0.0.0/8'] })
      return (await app.request('/metrics', { headers })).status
    }
    expect(await status('127.0.0.1')).toBe(200)
    expect(await status('10.1.2.3')).toBe(200)
    expect(await status('203.0.113.9')).toBe(404)
    expect(await status('10.1.2.3', { 'x-forwarded-for': '203.0.113.9' })).toBe(404)
    expect(await status('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBe(404)
  })
})
