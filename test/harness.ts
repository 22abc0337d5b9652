import { createHash, createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, sql } from 'kysely'
import type { Actor, Ctx, Db, Ports, Settings } from '../api/context.ts'
import { idFactory } from '../api/core/ids.ts'
import { createKeeper } from '../api/core/keeper.ts'
import { PARSERS, plugins } from '../api/db/dialects.ts'
import { migrate } from '../api/db/migrate.ts'
import { MIGRATIONS } from '../api/db/migrations/index.ts'
import type { Database } from '../api/db/schema.ts'
import { createSealer } from '../api/hosts/secrets.ts'
import { createTranslators } from '../locales/index.ts'

export type TestDb = { db: Db; close: () => Promise<void>; truncate: () => Promise<void> }

const image = () => {
  const key = createHash('sha256')
  for (const [name, migration] of Object.entries(MIGRATIONS))
    key.update(name + String(migration.up))
  const dir = join(tmpdir(), 'loa-test')
  mkdirSync(dir, { recursive: true })
  return join(dir, `pglite-${key.digest('hex').slice(0, 16)}.tar`)
}

/** A migrated embedded database; the migrated image is made once a machine and reused. */
export async function openPglite(): Promise<TestDb> {
  const file = image()
  const cached = existsSync(file)
  const pglite = await PGlite.create({
    parsers: PARSERS,
    ...(cached ? { loadDataDir: new Blob([readFileSync(file)]) } : {}),
  })
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }), plugins })
  if (!cached) {
    await migrate(db)
    const dump = await pglite.dumpDataDir('none')
    const partial = `${file}.${process.pid}`
    writeFileSync(partial, new Uint8Array(await dump.arrayBuffer()))
    renameSync(partial, file)
  }
  return { db, close: () => db.destroy(), truncate: () => truncateAll(db) }
}

export async function truncateAll(db: Db): Promise<void> {
  const tables = await db.introspection.getTables()
  const names = tables
    .map((t) => t.name)
    .filter((name) => !name.startsWith('kysely_') && !name.startsWith('kysely'))
  await sql`truncate ${sql.join(names.map((name) => sql.table(name)))} restart identity cascade`.execute(
    db,
  )
}

export const testTranslators = createTranslators((key) => {
  throw new Error(`missing locale key ${key}`)
})

export type TestClock = {
  now: () => Date
  set: (iso: string) => void
  advance: (seconds: number) => void
}

export function testClock(start = '2026-11-23T02:00:00.000Z'): TestClock {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    set: (iso) => {
      at = Date.parse(iso)
    },
    advance: (seconds) => {
      at += seconds * 1000
    },
  }
}

const TEST_SECRET = 'test-app-secret'

/** In-memory ports; only what crosses a socket or costs seconds is replaced. */
export function testPorts(overrides: Partial<Ports> = {}): Ports {
  const stored = new Map<string, Uint8Array>()
  const hits = new Map<string, number>()
  return {
    random: (length) => new Uint8Array(randomBytes(length)),
    passwords: {
      hash: async (password) => `test:${createHash('sha256').update(password).digest('hex')}`,
      verify: async (password, phc) =>
        phc === `test:${createHash('sha256').update(password).digest('hex')}`,
    },
    storage: {
      put: async (key, bytes) => void stored.set(key, bytes),
      get: async (key) => stored.get(key),
      remove: async (key) => void stored.delete(key),
    },
    images: {
      sanitise: async (bytes) => ({
        picture: { bytes, contentType: 'image/jpeg', widthPx: 1, heightPx: 1 },
        thumbnail: null,
        taken: {},
      }),
      // As many bytes in front as parts are covered: enough to tell the two renditions apart.
      cover: async (bytes, boxes) => {
        const covered = new Uint8Array([...boxes.map(() => 0), ...bytes])
        const picture = {
          bytes: covered,
          contentType: 'image/jpeg',
          widthPx: 1,
          heightPx: 1,
        } as const
        return { picture, thumbnail: picture }
      },
    },
    fetchPhoto: null,
    fetchDocument: null,
    limits: {
      take: async (key, limit, windowSeconds) => {
        const count = (hits.get(key) ?? 0) + 1
        hits.set(key, count)
        return count <= limit ? { ok: true } : { ok: false, retryAfterSeconds: windowSeconds }
      },
    },
    jobs: { enqueue: async () => {} },
    proofs: { telegram: null, zalo: null, oidc: null, officialOidc: null },
    sign: async (purpose, value) =>
      createHmac('sha256', TEST_SECRET).update(`${purpose}\n${value}`).digest('hex'),
    sealer: createSealer(TEST_SECRET),
    keeper: createKeeper(),
    wake: () => {},
    ...overrides,
  }
}

export const testSettings: Settings = {
  isDemo: true,
  publicUrl: 'http://127.0.0.1:8080',
  homeUnitCode: '19867',
  province: { code: '46', nameVi: 'thành phố Huế', nameEn: 'Huế city' },
}

export const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const nextId = idFactory(
  () => new Date(),
  (length) => new Uint8Array(randomBytes(length)),
)

/** A ctx as a request would get it. */
export function testCtx(
  db: Db,
  options: { actor?: Actor; clock?: TestClock; ports?: Ports; language?: 'vi' | 'en' } = {},
): Ctx {
  const clock = options.clock ?? testClock()
  const ports = options.ports ?? testPorts()
  const language = options.language ?? 'vi'
  return {
    db,
    actor: options.actor ?? { kind: 'system', name: 'test' },
    now: clock.now,
    newId: nextId,
    language,
    t: testTranslators(language),
    translate: testTranslators,
    log: silentLog,
    requestId: 'TEST-TEST',
    ports,
    settings: testSettings,
    afterCommit: (fn) => fn(),
  }
}

/** The database under test: embedded, or PostgreSQL when LOA_TEST_DATABASE says so. */
export async function openDatabase(): Promise<TestDb> {
  if (process.env.LOA_TEST_DATABASE !== 'postgres') return openPglite()
  const { openPostgres } = await import('./harness-pg.ts')
  return openPostgres()
}
