import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import type { Db } from '../context.ts'
import { PARSERS, plugins } from '../db/dialects.ts'
import type { Database } from '../db/schema.ts'
import { type DataDir, readJsonFile, StopError, writePrivateFile } from './data-dir.ts'

/**
 * What the files below DATA_DIR are written in. PGlite's minor version and PostgreSQL's major one each change the
 * format on disk; a test holds this against the installed package.
 */
export const LAYOUT = { layout: 1, pglite: '0.5', postgres: '18' }

export type Embedded = { db: Db; pglite: PGlite }

/** Opens the embedded database; the caller holds the lock, because PGlite itself takes none. */
export async function openEmbedded(dir: DataDir): Promise<Embedded> {
  checkVersion(dir)
  const pglite = await PGlite.create({
    dataDir: dir.pg,
    parsers: PARSERS,
    relaxedDurability: false,
  })
  writePrivateFile(dir.version, `${JSON.stringify(LAYOUT)}\n`)
  return { db: new Kysely<Database>({ dialect: new PGliteDialect({ pglite }), plugins }), pglite }
}

/** Refuses files of another format: opening them could destroy them. */
function checkVersion(dir: DataDir): void {
  const stampFile = join(dir.pg, 'PG_VERSION')
  if (!existsSync(stampFile)) return
  const catalog = readFileSync(stampFile, 'utf8').trim()
  const stamp = readJsonFile(dir.version)
  const written = { ...LAYOUT, postgres: catalog, ...(typeof stamp === 'object' ? stamp : {}) }
  const isSame =
    catalog === LAYOUT.postgres &&
    written.layout === LAYOUT.layout &&
    written.pglite === LAYOUT.pglite &&
    written.postgres === LAYOUT.postgres
  if (isSame) return
  throw new StopError(
    `DATA_DIR ${dir.root} was written by PGlite ${written.pglite} (PostgreSQL ${catalog}, layout ${written.layout}); ` +
      `this version needs PGlite ${LAYOUT.pglite} (PostgreSQL ${LAYOUT.postgres}, layout ${LAYOUT.layout}). ` +
      'Nothing was changed. Make a backup with the version that wrote it (npm run backup), ' +
      'then start this one with an empty DATA_DIR and load it (npm run restore -- FILE).',
  )
}
