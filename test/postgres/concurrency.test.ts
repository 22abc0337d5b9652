import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { say } from '../../api/chat/message.ts'
import type { Ctx } from '../../api/context.ts'
import { audit, sealAudit, verifyAudit } from '../../api/db/audit.ts'
import { appendEvent, readEvents, START } from '../../api/db/events.ts'
import { migrate, pendingMigrations } from '../../api/db/migrate.ts'
import { claimMessages, enqueueMessages, settleMessage } from '../../api/db/outbox.ts'
import { createDbLimiter } from '../../api/db/rate-limit.ts'
import { inTransaction } from '../../api/db/transaction.ts'
import { seedReference } from '../../api/rooms/areas/index.ts'
import { seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { type TestDb, testCtx } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { createTestDatabase, openPostgres, openUrl } from '../harness-pg.ts'

/** What one connection alone cannot show; the rest of the database's behaviour is in test/integration. */
let test: TestDb
let ctx: Ctx
beforeAll(async () => {
  test = await openPostgres()
})
beforeEach(async () => {
  await test.truncate()
  ctx = testCtx(test.db)
  await seedReference(test.db, ctx.now(), ctx.newId)
  await seedConsentTexts(test.db, ctx.now())
})
afterAll(() => test.close())

const times = <T>(n: number, fn: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => fn(i)))

describe('the outbox', () => {
  it('gives each message to one of several senders, and each chat its messages in order', async () => {
    const chats = 40
    const each = 5
    const messages = Array.from({ length: chats * each }, (_, i) => ({
      channel: 'web',
      chatKey: `chat-${i % chats}`,
      lane: 'reply' as const,
      dedupeKey: `m${i}`,
      message: say(String(i)),
      language: 'vi' as const,
    }))
    await enqueueMessages(ctx, messages)
    const sent: { id: string; chatKey: string; sender: number }[] = []
    const working = new Set<string>()
    let overlaps = 0
    await times(6, async (sender) => {
      for (let empty = 0; empty < 3; ) {
        const rows = await claimMessages(test.db, { channels: ['web'], limit: 8, now: ctx.now() })
        empty = rows.length === 0 ? empty + 1 : 0
        for (const row of rows) {
          if (working.has(row.chatKey)) overlaps += 1
          working.add(row.chatKey)
        }
        await new Promise((resolve) => setTimeout(resolve, 2))
        for (const row of rows) {
          sent.push({ id: row.id, chatKey: row.chatKey, sender })
          working.delete(row.chatKey)
          await settleMessage(test.db, row, { kind: 'sent' }, ctx.now())
        }
      }
    })
    expect(sent).toHaveLength(messages.length)
    expect(new Set(sent.map((row) => row.id)).size).toBe(messages.length)
    expect(overlaps).toBe(0)
    expect(new Set(sent.map((row) => row.sender)).size).toBeGreaterThan(1)
    for (const [, rows] of Map.groupBy(sent, (row) => row.chatKey)) {
      expect(rows.map((row) => row.id)).toEqual(rows.map((row) => row.id).sort())
    }
  })
})

describe('one chat', () => {
  const openChat = () => {
    const turn = createTurn({ entries: incidentFlows, knowledge: areaKnowledge })
    return (eventId: string, text: string) =>
      turn(testCtx(test.db), {
        channel: 'web',
        chatKey: 'a'.repeat(64),
        eventId,
        content: { kind: 'text', text },
      })
  }

  it('takes messages that arrive at once one after the other, none lost', async () => {
    const deliver = openChat()
    const answers = await times(12, (i) => deliver(`e${i}`, `ngap o phuoc yen lan ${i}`))
    expect(answers.every((answer) => answer.messages.length > 0)).toBe(true)
    const row = await test.db.selectFrom('conversation').selectAll().executeTakeFirstOrThrow()
    expect(row.turn).toBe(12)
    const events = await test.db.selectFrom('inboundEvent').select('state').execute()
    expect(events.map((event) => event.state)).toEqual(Array(12).fill('processed'))
    const { sent } = await test.db
      .selectFrom('outbox')
      .select(sql<number>`count(*)`.as('sent'))
      .executeTakeFirstOrThrow()
    expect(sent).toBe(answers.reduce((sum, answer) => sum + answer.messages.length, 0))
  })

  it('does one message once, however often it arrives at the same time', async () => {
    const deliver = openChat()
    const answers = await times(8, () => deliver('same', 'xin chào'))
    expect(answers.filter((answer) => !answer.isRepeat)).toHaveLength(1)
    expect(new Set(answers.map((answer) => JSON.stringify(answer.messages))).size).toBe(1)
    const row = await test.db.selectFrom('conversation').selectAll().executeTakeFirstOrThrow()
    expect(row.turn).toBe(1)
  })
})

describe('one case', () => {
  const input = {
    category: 'flood',
    description: 'ngập',
    place: { source: 'pin', lng: 107.5006, lat: 16.5462, text: 'Phước Yên' },
    consentVersion: 1,
  }

  it('is made once by requests with one idempotency key at the same time', async () => {
    const { request } = testApp(test.db)
    const responses = await times(6, () =>
      request('/api/v1/incidents', {
        json: input,
        headers: { 'idempotency-key': 'key-of-one-report-0001' },
      }),
    )
    const codes = await Promise.all(
      responses.filter((r) => r.status === 201).map(async (r) => (await r.json()).publicCode),
    )
    expect(codes.length).toBeGreaterThan(0)
    expect(new Set(codes).size).toBe(1)
    // Whoever came while the first was under way may be told to come again, never a second case.
    expect(responses.every((r) => [201, 409, 503].includes(r.status))).toBe(true)
    expect(await test.db.selectFrom('incident').select('id').execute()).toHaveLength(1)
  })
})

describe('events and audit', () => {
  it('a reader never skips the event of a transaction that commits late', async () => {
    let commit = () => {}
    const held = new Promise<void>((resolve) => {
      commit = resolve
    })
    let written = () => {}
    const isWritten = new Promise<void>((resolve) => {
      written = resolve
    })
    const slow = inTransaction(ctx, async (tx) => {
      await appendEvent(tx, { kind: 'slow', subjectId: '1' })
      written()
      await held
    })
    await isWritten
    await inTransaction(ctx, (tx) => appendEvent(tx, { kind: 'fast', subjectId: '2' }))
    expect(await readEvents(test.db, START, 10)).toEqual([])
    commit()
    await slow
    const kinds = (await readEvents(test.db, START, 10)).map((event) => event.kind)
    expect(kinds).toEqual(['slow', 'fast'])
  })

  it('a seal leaves out what may still get an earlier neighbour', async () => {
    let commit = () => {}
    const held = new Promise<void>((resolve) => {
      commit = resolve
    })
    let written = () => {}
    const isWritten = new Promise<void>((resolve) => {
      written = resolve
    })
    const entry = (subjectId: string) => ({ action: 'x.y', subjectKind: 'case', subjectId })
    const slow = inTransaction(ctx, async (tx) => {
      await audit(tx, entry('1'))
      written()
      await held
    })
    await isWritten
    await inTransaction(ctx, (tx) => audit(tx, entry('2')))
    await sealAudit(ctx)
    commit()
    await slow
    await sealAudit(ctx)
    expect(await verifyAudit(test.db)).toEqual({ sealed: 2, unsealed: 0, brokenSeals: [] })
  })
})

describe('the rest', () => {
  it('a limit in the database lets exactly so many through', async () => {
    const limiter = createDbLimiter(() => test.db, ctx.now)
    const taken = await times(30, () => limiter.take('door', 12, 60))
    expect(taken.filter((one) => one.ok)).toHaveLength(12)
  })

  it('a server that cuts a connection fails one request, not the process', async () => {
    const cut = test.db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(test.db)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await sql`select 1`.execute(trx)
    })
    await expect(cut).rejects.toThrow()
    const { rows } = await sql`select 1 as one`.execute(test.db)
    expect(rows).toEqual([{ one: 1 }])
  })

  it('several processes may migrate one empty database at once', async () => {
    const { url, drop } = await createTestDatabase('empty')
    const all = Array.from({ length: 3 }, () => openUrl(url))
    const ran = await Promise.all(all.map((db) => migrate(db)))
    const [db] = all
    expect(db === undefined ? ['?'] : await pendingMigrations(db)).toEqual([])
    expect(ran.filter((names) => names.length > 0)).toHaveLength(1)
    await Promise.all(all.map((one) => one.destroy()))
    await drop()
  })
})
