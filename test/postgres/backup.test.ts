import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../api/context.ts'
import { audit, sealAudit, verifyAudit } from '../../api/db/audit.ts'
import { appendEvent, readEvents, START } from '../../api/db/events.ts'
import { migrate, pendingMigrations } from '../../api/db/migrate.ts'
import { MIGRATIONS } from '../../api/db/migrations/index.ts'
import { claimMessages } from '../../api/db/outbox.ts'
import { inTransaction } from '../../api/db/transaction.ts'
import type { Storage } from '../../api/files/ports.ts'
import { makeBackup } from '../../api/hosts/backup/backup.ts'
import { restoreBackup } from '../../api/hosts/backup/restore.ts'
import { dataTables, ranMigrations } from '../../api/hosts/backup/tables.ts'
import { seedDemo } from '../../api/hosts/demo/index.ts'
import { seedReference } from '../../api/rooms/areas/index.ts'
import { seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { openPglite, type TestDb, testCtx, testPorts } from '../harness.ts'
import { createTestDatabase, openPostgres, openUrl } from '../harness-pg.ts'
import { removeDirs, temporaryDir } from '../hosts/host.ts'

afterAll(removeDirs)

const memory = () => {
  const objects = new Map<string, Uint8Array>()
  const storage: Storage = {
    put: async (key, bytes) => void objects.set(key, new Uint8Array(bytes)),
    get: async (key) => objects.get(key),
    remove: async (key) => void objects.delete(key),
  }
  return { objects, storage }
}

const save = (db: Db, path: string, storage: Storage | null = null) =>
  makeBackup(db, {
    path,
    version: '0.1.0',
    madeAt: new Date('2026-11-23T02:00:00Z'),
    isDemo: true,
    storage,
    appSecret: 'kept',
  })
const load = (db: Db, path: string, storage: Storage | null = null, force = false) =>
  restoreBackup(db, { path, force, storage, keepSecret: () => {} })

/** Hash of every table's rows, what the engines number for themselves left out. */
async function contents(db: Db): Promise<Record<string, string>> {
  const result: Record<string, string> = {}
  for (const table of await dataTables(db)) {
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(t) - 'xid' ${table === 'domain_event' ? sql`- 'seq'` : sql``}
        ${table === 'outbox' ? sql`- 'maybe_doubled'` : sql``})::text as row
      from ${sql.table(table)} t`.execute(db)
    const lines = rows.map((r) => r.row).sort()
    result[table] = `${lines.length} ${createHash('sha256').update(lines.join('\n')).digest('hex')}`
  }
  return result
}

/** The demo commune, an awkward row, a cursor in the middle of the events, a seal. */
async function fill(db: Db, storage: Storage) {
  const ctx = testCtx(db, { ports: testPorts({ storage }) })
  await seedReference(db, ctx.now(), ctx.newId)
  await seedConsentTexts(db, ctx.now())
  await seedDemo(ctx, { password: () => 'a-long-enough-password' })
  await db
    .insertInto('resident')
    .values({
      id: ctx.newId(),
      language: 'vi',
      displayName: 'mệ Mận "\\n" \n\t\u{1f30a} \u2028',
      createdAt: new Date('2026-11-23T02:00:00.123Z'),
    })
    .execute()
  for (const subjectId of ['1', '2', '3', '4']) {
    await inTransaction(ctx, (tx) => appendEvent(tx, { kind: 'test.step', subjectId }))
  }
  const events = await readEvents(db, START, 1000)
  const cut = events.findIndex((event) => event.kind === 'test.step' && event.subjectId === '2')
  const { xid, seq } = events[cut] ?? START
  await db.insertInto('eventCursor').values({ consumer: 'reader', xid, seq }).execute()
  await sealAudit(ctx)
  await inTransaction(ctx, (tx) =>
    audit(tx, { action: 'test.unsealed', subjectKind: 'case', subjectId: '1' }),
  )
  return ctx
}

type Engine = { name: string; full: () => Promise<TestDb>; empty: () => Promise<TestDb> }

const emptyPostgres = async (): Promise<TestDb> => {
  const { url, drop } = await createTestDatabase('empty')
  const db = openUrl(url)
  return { db, truncate: async () => {}, close: () => db.destroy().then(drop) }
}
const ENGINES: Engine[] = [
  { name: 'PGlite', full: openPglite, empty: openPglite },
  { name: 'PostgreSQL', full: openPostgres, empty: emptyPostgres },
]

describe.each(ENGINES)('a backup of $name', ({ full }) => {
  let source: TestDb
  let expected: Record<string, string>
  const files = memory()
  const path = join(temporaryDir(), 'demo.tar.gz')
  beforeAll(async () => {
    source = await full()
    await fill(source.db, files.storage)
    await save(source.db, path, files.storage)
    expected = await contents(source.db)
  })
  afterAll(() => source.close())

  it.each(ENGINES)('comes back whole in $name and goes on from there', async ({ empty }) => {
    const target = await empty()
    const restored = memory()
    const done = await load(target.db, path, restored.storage)
    expect(await contents(target.db)).toEqual(expected)
    expect(done.files).toBe(files.objects.size)
    expect(restored.objects).toEqual(files.objects)
    expect(await pendingMigrations(target.db)).toEqual([])

    const ctx = testCtx(target.db)
    const left = await readEvents(
      target.db,
      await target.db.selectFrom('eventCursor').select(['xid', 'seq']).executeTakeFirstOrThrow(),
      1000,
    )
    expect(left.map((event) => event.subjectId)).toEqual(['3', '4'])
    await inTransaction(ctx, (tx) => appendEvent(tx, { kind: 'test.step', subjectId: '5' }))
    const after = await readEvents(target.db, left.at(-1) ?? START, 1000)
    expect(after.map((event) => event.subjectId)).toEqual(['5'])
    expect(await sealAudit(ctx)).toBe(1)
    expect(await verifyAudit(target.db)).toMatchObject({ unsealed: 0, brokenSeals: [] })
    const waiting = await claimMessages(target.db, {
      channels: ['web'],
      limit: 100,
      now: new Date('2027-01-01T00:00:00Z'),
    })
    expect(waiting.every((row) => row.maybeDoubled)).toBe(true)
    await expect(load(target.db, path, restored.storage)).rejects.toThrow('not empty')
    await load(target.db, path, restored.storage, true)
    expect(await contents(target.db)).toEqual(expected)
    await target.close()
  })
})

describe('a restore', () => {
  it('of an older schema loads its rows first and migrates them then', async () => {
    const [first = ''] = Object.keys(MIGRATIONS)
    const old = await emptyPostgres()
    await migrate(old.db, first)
    await seedConsentTexts(old.db, new Date('2026-11-23T02:00:00Z'))
    const path = join(temporaryDir(), 'old.tar.gz')
    await save(old.db, path)
    const target = await emptyPostgres()
    const done = await load(target.db, path)
    expect(done.migrated).toEqual(Object.keys(MIGRATIONS).slice(1))
    expect(await ranMigrations(target.db)).toEqual(Object.keys(MIGRATIONS))
    const texts = await target.db.selectFrom('consentText').select('purpose').execute()
    expect(texts.length).toBeGreaterThan(0)
    await old.close()
    await target.close()
  })

  it('keeps the order in which readers see events, whatever their numbers were', async () => {
    const source = await openPostgres()
    const ctx = testCtx(source.db)
    const append = (tx: typeof ctx, subjectId: string) =>
      appendEvent(tx, { kind: 'test.step', subjectId })
    await inTransaction(ctx, async (early) => {
      // The transaction gets its id now, its event a number after the other's.
      await sql`select pg_current_xact_id()`.execute(early.db)
      await inTransaction(ctx, (tx) => append(tx, 'later id'))
      await append(early, 'earlier id')
    })
    const seen = await readEvents(source.db, START, 10)
    expect(seen.map((event) => [event.seq, event.subjectId])).toEqual([
      [2, 'earlier id'],
      [1, 'later id'],
    ])
    const { xid, seq } = seen[0] ?? START
    await source.db.insertInto('eventCursor').values({ consumer: 'reader', xid, seq }).execute()
    const path = join(temporaryDir(), 'order.tar.gz')
    await save(source.db, path)
    const target = await openPglite()
    await load(target.db, path)
    const cursor = await target.db
      .selectFrom('eventCursor')
      .select(['xid', 'seq'])
      .executeTakeFirstOrThrow()
    const subjects = async (from: typeof cursor) =>
      (await readEvents(target.db, from, 10)).map((event) => event.subjectId)
    expect(await subjects(START)).toEqual(['earlier id', 'later id'])
    expect(await subjects(cursor)).toEqual(['later id'])
    await source.close()
    await target.close()
  })

  it('of a file that is cut off, or none of ours, loads nothing', async () => {
    const source = await openPostgres()
    await seedConsentTexts(source.db, new Date('2026-11-23T02:00:00Z'))
    const dir = temporaryDir()
    const path = join(dir, 'whole.tar.gz')
    await save(source.db, path)
    const bytes = readFileSync(path)
    const target = await emptyPostgres()
    for (const [name, content] of [
      ['cut.tar.gz', bytes.subarray(0, bytes.length - 200)],
      ['text.tar.gz', Buffer.from('not an archive')],
    ] as const) {
      writeFileSync(join(dir, name), content)
      await expect(load(target.db, join(dir, name))).rejects.toThrow(/backup/)
    }
    await load(target.db, path)
    expect(await contents(target.db)).toEqual(await contents(source.db))
    await source.close()
    await target.close()
  })
})
