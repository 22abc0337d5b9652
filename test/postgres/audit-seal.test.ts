import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import { audit, sealAudit, verifyAudit } from '../../api/db/audit.ts'
import { appendEvent, consumeEvents } from '../../api/db/events.ts'
import { inTransaction } from '../../api/db/transaction.ts'
import { type TestDb, testCtx } from '../harness.ts'
import { openPostgres } from '../harness-pg.ts'

let test: TestDb
let ctx: Ctx
beforeAll(async () => {
  test = await openPostgres()
})
beforeEach(async () => {
  await test.truncate()
  ctx = testCtx(test.db)
})
afterAll(() => test.close())

const entry = (subjectId: string) => ({ action: 'x.y', subjectKind: 'case', subjectId })
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const WRITERS = 6
const EACH = 40

/** A transaction that runs up to its first `step()` and goes on when the test says so. */
function stepwise(fn: (tx: Ctx, step: () => Promise<void>) => Promise<void>) {
  let arrive = () => {}
  let go = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const released = new Promise<void>((resolve) => {
    go = resolve
  })
  const done = inTransaction(ctx, (tx) =>
    fn(tx, () => {
      arrive()
      return released
    }),
  )
  return { arrived, go, done }
}

describe('seals under concurrent writers', () => {
  it('nothing slips below a sealed row when the older transaction takes the later number', async () => {
    const older = stepwise(async (tx, step) => {
      await sql`select pg_current_xact_id()`.execute(tx.db)
      await step()
      await audit(tx, entry('second'))
    })
    await older.arrived
    const younger = stepwise(async (tx, step) => {
      await audit(tx, entry('first'))
      await step()
    })
    await younger.arrived
    older.go()
    await older.done
    const sealing = sealAudit(ctx)
    await pause(150)
    younger.go()
    await younger.done
    await sealing
    await sealAudit(ctx)
    expect(await verifyAudit(test.db)).toEqual({ sealed: 2, unsealed: 0, brokenSeals: [] })
  })

  it('a writer that does not end holds the seal up, and what comes after it waits too', async () => {
    const stuck = stepwise(async (tx, step) => {
      await audit(tx, entry('1'))
      await step()
    })
    await stuck.arrived
    await inTransaction(ctx, (tx) => audit(tx, entry('2')))
    expect(await sealAudit(ctx)).toBe(0)
    stuck.go()
    await stuck.done
    expect(await sealAudit(ctx)).toBe(2)
  })

  it('every row is sealed once, whoever writes, rolls back and seals at the same time', async () => {
    let isWriting = true
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let i = 0; i < EACH; i++) {
        const work = inTransaction(ctx, async (tx) => {
          if (i % 3 === 0) await sql`select pg_current_xact_id()`.execute(tx.db)
          for (let n = 0; n <= i % 3; n++) {
            await audit(tx, entry(`${writer}-${i}-${n}`))
            await pause((writer * 7 + i * 3 + n) % 5)
          }
          if (i % 7 === 0) throw new Error('rolled back')
        })
        await work.catch((error: Error) => expect(error.message).toBe('rolled back'))
      }
    })
    const sealers = [0, 1].map(async () => {
      while (isWriting) await sealAudit(ctx)
    })
    await Promise.all(writers)
    isWriting = false
    await Promise.all(sealers)
    await sealAudit(ctx)
    const { rows } = await sql<{ n: number }>`select count(*) as n from audit`.execute(test.db)
    const total = rows[0]?.n ?? 0
    expect(total).toBeGreaterThan(WRITERS * EACH)
    expect(await verifyAudit(test.db)).toEqual({ sealed: total, unsealed: 0, brokenSeals: [] })
    const seals = await test.db.selectFrom('auditSeal').select('rows').execute()
    expect(seals.length).toBeGreaterThan(1)
    expect(seals.reduce((sum, seal) => sum + seal.rows, 0)).toBe(total)
  })
})

describe('consumers under concurrent writers', () => {
  it('two processes of one consumer handle each committed event once', async () => {
    const seen: string[] = []
    let isWriting = true
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let i = 0; i < EACH; i++) {
        const work = inTransaction(ctx, async (tx) => {
          if (i % 2 === 0) await sql`select pg_current_xact_id()`.execute(tx.db)
          await pause((writer + i) % 4)
          await appendEvent(tx, { kind: 'x.y', subjectId: `${writer}-${i}` })
          await pause((writer * 3 + i) % 4)
          if (i % 7 === 0) throw new Error('rolled back')
        })
        await work.catch((error: Error) => expect(error.message).toBe('rolled back'))
      }
    })
    const read = () =>
      consumeEvents(ctx, 'desk', async (_tx, event) => void seen.push(event.subjectId), 7)
    const readers = [0, 1].map(async () => {
      while (isWriting) await read()
    })
    await Promise.all(writers)
    isWriting = false
    await Promise.all(readers)
    while ((await read()) > 0);
    const rows = await test.db.selectFrom('domainEvent').select('subjectId').execute()
    expect(seen.toSorted()).toEqual(rows.map((row) => row.subjectId).toSorted())
    expect(seen.length).toBeGreaterThan(WRITERS * EACH * 0.8)
  })
})
