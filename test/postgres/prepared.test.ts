import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../../api/context.ts'
import { PREPARED } from '../../api/db/prepared.ts'
import { dbOf, openPool } from '../../api/hosts/pg.ts'
import { createTestDatabase } from '../harness-pg.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Db
beforeAll(async () => {
  database = await createTestDatabase('empty')
  const one = { max: 1, statementTimeoutMs: 0, applicationName: 'loa-test' }
  const pool = openPool({ connectionString: database.url, ...one }, () => {})
  db = dbOf(pool, { prepares: true })
  await sql`create table thing (id integer primary key, words text)`.execute(db)
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const find = async (id: number) =>
  (await sql`select * from thing where id = ${id} ${PREPARED}`.execute(db)).rows
const prepared = async () =>
  (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)).rows

it('prepares what asks for it, once, and nothing else', async () => {
  await sql`insert into thing values (${1}, ${'a'})`.execute(db)
  expect(await find(1)).toEqual([{ id: 1, words: 'a' }])
  expect(await find(2)).toEqual([])
  expect(await prepared()).toEqual([
    { statement: 'select * from thing where id = $1 /* prepared */' },
  ])
})

it('a connection whose statement no longer fits the table is closed, the next one works', async () => {
  await find(1)
  await sql`alter table thing add column more text`.execute(db)
  await expect(find(1)).rejects.toMatchObject({ code: '0A000' })
  expect(await prepared()).toEqual([])
  expect(await find(1)).toEqual([{ id: 1, words: 'a', more: null }])
})

it('a statement that fails by its values stays prepared', async () => {
  const add = (id: number) => sql`insert into thing (id) values (${id}) ${PREPARED}`.execute(db)
  await add(7)
  await expect(add(7)).rejects.toMatchObject({ code: '23505' })
  expect(await prepared()).toHaveLength(2)
})
