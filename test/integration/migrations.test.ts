import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, sql } from 'kysely'
import { afterEach, expect, it } from 'vitest'
import type { Db } from '../../api/context.ts'
import { PARSERS, plugins } from '../../api/db/dialects.ts'
import { migrate, pendingMigrations } from '../../api/db/migrate.ts'
import { MIGRATIONS } from '../../api/db/migrations/index.ts'
import type { Database } from '../../api/db/schema.ts'

/** Rows as the first migration set knew them; frozen like the migrations themselves. */
const ID = '01890000-0000-7000-8000-000000000001'
const FIRST_SET_ROWS = `
  insert into area_hamlet (id, unit_code, name, folded, kind, valid_from, source)
    values ('${ID}', '19867', 'Phước Yên', 'phuoc yen', 'thon', '2025-07-01', 'test');
  insert into area_agency (id, code, unit_code, name_vi, name_en, kind, valid_from)
    values ('${ID}', '19867.kt', '19867', 'Phòng Kinh tế', 'Economy', 'department', '2025-07-01');
  insert into calendar_day values ('2026-11-24', 'holiday', 'Ngày Văn hóa', 'Culture day', 'test', true);
  insert into resident values ('${ID}', 'vi', 'Mận', '2026-11-23T00:00:00Z', null);
  insert into channel_link values ('${ID}', '${ID}', 'web', 'abc', 'active', '2026-11-23T00:00:00Z', '2026-11-23T00:00:00Z');
  insert into consent_text values ('report', 1, 'vi', 'en', '2026-11-23T00:00:00Z');
  insert into consent values ('${ID}', '${ID}', 'report', 1, 'web', '2026-11-23T00:00:00Z', null);
  insert into official (id, login, display_name, password_hash, roles, capabilities, language, created_at)
    values ('${ID}', 'an.le', 'An', 'x', '{dispatcher}', '{duty}', 'vi', '2026-11-23T00:00:00Z');`

type Opened = { db: Db; close: () => Promise<void> }
const opened: Opened[] = []
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close()
})

/** A database without a table, on the engine under test. */
async function openEmpty(): Promise<Db> {
  const { openPostgres } = await import('../harness-pg.ts')
  const database =
    process.env.LOA_TEST_DATABASE === 'postgres'
      ? await openPostgres('empty')
      : openEmptyPglite(await PGlite.create({ parsers: PARSERS }))
  opened.push(database)
  return database.db
}

function openEmptyPglite(pglite: PGlite): Opened {
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }), plugins })
  return { db, close: () => db.destroy() }
}

const run = async (db: Db, statements: string) => {
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(db)
}

const TABLES = [
  'area_hamlet',
  'area_agency',
  'calendar_day',
  'resident',
  'channel_link',
  'consent',
  'official',
]
const readAll = async (db: Db) => {
  const rows: object[][] = []
  for (const table of TABLES)
    rows.push((await sql<object>`select * from ${sql.table(table)}`.execute(db)).rows)
  return rows
}

/** Two empty engines and every migration: more work than other tests of this suite. */
const LIMIT_MS = 120_000

it(
  'a database of an earlier set, with rows in it, comes up to date and keeps every row',
  async () => {
    const db = await openEmpty()
    const [first = ''] = Object.keys(MIGRATIONS)
    expect(await migrate(db, first)).toEqual([first])
    await run(db, FIRST_SET_ROWS)
    const before = await readAll(db)
    expect((await pendingMigrations(db)).length).toBeGreaterThan(0)
    await migrate(db)
    expect(await pendingMigrations(db)).toEqual([])
    expect(await readAll(db)).toEqual(
      before.map((rows) => rows.map((row) => expect.objectContaining(row))),
    )
  },
  LIMIT_MS,
)

it(
  'running the migrations again changes nothing',
  async () => {
    const db = await openEmpty()
    expect(await migrate(db)).toEqual(Object.keys(MIGRATIONS))
    expect(await migrate(db)).toEqual([])
  },
  LIMIT_MS,
)
