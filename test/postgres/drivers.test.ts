import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../../api/context.ts'
import { openPglite, type TestDb } from '../harness.ts'
import { openPostgres } from '../harness-pg.ts'

let embedded: TestDb
let server: TestDb
beforeAll(async () => {
  embedded = await openPglite()
  server = await openPostgres()
})
afterAll(async () => {
  await embedded.close()
  await server.close()
})

/** Every type that the schema uses, as value, as null, in arrays and in jsonb. */
const everything = (db: Db) =>
  sql<Record<string, unknown>>`
    select true as yes, 7::int2 as small, 42 as whole, 9007199254740991::bigint as big,
      (select count(*) from generate_series(1, 3)) as many,
      (select sum(n) from generate_series(1, 3) n) as total,
      1.5::float8 as real, 'xã Quảng Điền' as words, '01980000-0000-7000-8000-000000000000'::uuid as id,
      date '2026-11-23' as day, date '0044-03-15' as old_day,
      timestamptz '2026-11-23 22:30:00.123+07' as instant,
      timestamptz '1975-04-30 11:30:00+08' as past, timestamp '2026-11-23 22:30:00.5' as local,
      interval '1 day 02:03:04' as span, array['a', null, 'b'] as list, array[1, 2] as numbers,
      '{"deep_key": [1, "hai", null, true]}'::jsonb as doc, 'null'::jsonb as json_null,
      null::timestamptz as no_time, null::bigint as no_number, '12'::xid8 as xid`.execute(db)

it('both drivers read every type alike', async () => {
  const here = await everything(embedded.db)
  const there = await everything(server.db)
  expect(here.rows).toEqual(there.rows)
  expect(Object.keys(here.rows[0] ?? {})).toHaveLength(22)
})

it('both count changed rows alike', async () => {
  const change = async (db: Db) => {
    const windowAt = new Date('2026-11-23T02:00:00Z')
    const rows = ['a', 'b', 'c'].map((key) => ({ key, windowAt, hits: 1 }))
    const inserted = await db.insertInto('rateLimit').values(rows).executeTakeFirst()
    const updated = await db
      .updateTable('rateLimit')
      .set({ hits: 2 })
      .where('key', 'in', ['a', 'b'])
      .executeTakeFirst()
    const deleted = await db.deleteFrom('rateLimit').executeTakeFirst()
    return [inserted.numInsertedOrUpdatedRows, updated.numUpdatedRows, deleted.numDeletedRows].map(
      Number,
    )
  }
  expect(await change(embedded.db)).toEqual([3, 2, 3])
  expect(await change(server.db)).toEqual([3, 2, 3])
})

it('both name a broken rule by the same code', async () => {
  const breakRule = (db: Db) =>
    sql`insert into incident_media (incident_id, media_id, role, position)
      values (gen_random_uuid(), gen_random_uuid(), 'report', 1)`
      .execute(db)
      .then(
        () => undefined,
        (error: { code: string; constraint?: string }) => error.code,
      )
  expect([await breakRule(embedded.db), await breakRule(server.db)]).toEqual(['23503', '23503'])
})
