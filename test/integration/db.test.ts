import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import { audit, sealAudit, verifyAudit } from '../../api/db/audit.ts'
import { appendEvent, consumeEvents, readEvents, START } from '../../api/db/events.ts'
import { inSavepoint, inTransaction } from '../../api/db/transaction.ts'
import { openDatabase, type TestDb, testCtx } from '../harness.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(() => test.truncate())
afterAll(() => test.close())

const entry = (subjectId: string) => ({ action: 'case.move', subjectKind: 'case', subjectId })

describe('transactions', () => {
  it('an inner transaction joins the outer one and goes with it', async () => {
    const ctx = testCtx(test.db)
    const failed = inTransaction(ctx, async (tx) => {
      await inTransaction(tx, (inner) => audit(inner, entry('1')))
      throw new Error('stop')
    })
    await expect(failed).rejects.toThrow('stop')
    expect(await test.db.selectFrom('audit').selectAll().execute()).toEqual([])
  })

  it('a savepoint undoes only its own writes and its own hooks', async () => {
    const ctx = testCtx(test.db)
    const hooks: string[] = []
    await inTransaction(ctx, async (tx) => {
      await audit(tx, entry('kept'))
      tx.afterCommit(() => hooks.push('kept'))
      const failed = inSavepoint(tx, async (inner) => {
        await audit(inner, entry('undone'))
        inner.afterCommit(() => hooks.push('undone'))
        throw new Error('stop')
      })
      await expect(failed).rejects.toThrow('stop')
      await inSavepoint(tx, (inner) => audit(inner, entry('kept too')))
      expect(hooks).toEqual([])
    })
    expect(hooks).toEqual(['kept'])
    const rows = await test.db.selectFrom('audit').select('subjectId').orderBy('seq').execute()
    expect(rows.map((row) => row.subjectId)).toEqual(['kept', 'kept too'])
  })
})

describe('values', () => {
  it('both drivers read the awkward types alike', async () => {
    const { rows } = await sql`
      select 5::bigint as big, count(*) as many, date '2026-11-23' as day,
        timestamptz '2026-11-23 22:30:00.123+07' as instant, interval '1 hour' as span,
        array['a','b'] as list, '{"x":1}'::jsonb as doc, 1.5::float8 as real, true as yes
      from (values (1), (2)) v`.execute(test.db)
    expect(rows).toEqual([
      {
        big: 5,
        many: 2,
        day: '2026-11-23',
        instant: '2026-11-23T15:30:00.123Z',
        span: '01:00:00',
        list: ['a', 'b'],
        doc: { x: 1 },
        real: 1.5,
        yes: true,
      },
    ])
  })

  it('a bigint beyond 2^53 is an error, never a rounded number', async () => {
    await expect(sql`select 9007199254740993::bigint as big`.execute(test.db)).rejects.toThrow()
  })
})

describe('events', () => {
  it('come in order after the cursor and only once committed', async () => {
    const ctx = testCtx(test.db)
    for (const subjectId of ['1', '2', '3']) {
      await inTransaction(ctx, (tx) => appendEvent(tx, { kind: 'case.received', subjectId }))
    }
    const first = await readEvents(test.db, START, 2)
    expect(first.map((event) => event.subjectId)).toEqual(['1', '2'])
    const rest = await readEvents(test.db, first[1] ?? START, 10)
    expect(rest.map((event) => event.subjectId)).toEqual(['3'])
  })
})

describe('consumers', () => {
  it('get each event once, and keep their place when a handler fails', async () => {
    const ctx = testCtx(test.db)
    for (const subjectId of ['1', '2', '3']) {
      await inTransaction(ctx, (tx) => appendEvent(tx, { kind: 'case.received', subjectId }))
    }
    const seen: string[] = []
    const handle = async (tx: Ctx, event: { subjectId: string }) => {
      await audit(tx, entry(event.subjectId))
      if (event.subjectId === '3' && seen.length === 0) throw new Error('stop')
    }
    await expect(consumeEvents(ctx, 'desk', handle)).rejects.toThrow('stop')
    expect(await test.db.selectFrom('audit').selectAll().execute()).toEqual([])
    seen.push('again')
    expect(await consumeEvents(ctx, 'desk', handle, 2)).toBe(2)
    expect(await consumeEvents(ctx, 'desk', handle, 2)).toBe(1)
    expect(await consumeEvents(ctx, 'desk', handle, 2)).toBe(0)
    const rows = await test.db.selectFrom('audit').select('subjectId').orderBy('seq').execute()
    expect(rows.map((row) => row.subjectId)).toEqual(['1', '2', '3'])
    expect(await consumeEvents(ctx, 'other', async () => {})).toBe(3)
  })
})

describe('audit seals', () => {
  it('find a row changed, removed or added by hand', async () => {
    const ctx = testCtx(test.db)
    for (const id of ['1', '2', '3']) await inTransaction(ctx, (tx) => audit(tx, entry(id)))
    expect(await sealAudit(ctx)).toBe(3)
    await inTransaction(ctx, (tx) => audit(tx, entry('4')))
    expect(await verifyAudit(test.db)).toEqual({ sealed: 3, unsealed: 1, brokenSeals: [] })
    expect(await sealAudit(ctx)).toBe(1)
    expect(await sealAudit(ctx)).toBe(0)
    expect((await verifyAudit(test.db)).brokenSeals).toEqual([])

    await test.db
      .updateTable('audit')
      .set({ action: 'case.other' })
      .where('subjectId', '=', '2')
      .execute()
    expect((await verifyAudit(test.db)).brokenSeals).toEqual([1])
    await test.db
      .updateTable('audit')
      .set({ action: 'case.move' })
      .where('subjectId', '=', '2')
      .execute()
    expect((await verifyAudit(test.db)).brokenSeals).toEqual([])
    await test.db.deleteFrom('audit').where('subjectId', '=', '4').execute()
    expect((await verifyAudit(test.db)).brokenSeals).toEqual([2])
  })
})
