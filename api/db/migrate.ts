import { type Migration, Migrator } from 'kysely/migration'
import type { Db } from '../context.ts'
import { MIGRATIONS } from './migrations/index.ts'

/**
 * Brings the schema up to date (or up to `upTo`) and returns the names that ran. Safe from several processes at once:
 * Kysely takes a lock in the database.
 */
export async function migrate(
  db: Db,
  upTo?: string,
  migrations: Record<string, Migration> = MIGRATIONS,
): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error, results } =
    upTo === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(upTo)
  if (error !== undefined) throw error
  return (results ?? []).filter((r) => r.status === 'Success').map((r) => r.migrationName)
}

/** Names of migrations that this code has and the database has not. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const all = await migrator.getMigrations()
  return all.filter((m) => m.executedAt === undefined).map((m) => m.name)
}
