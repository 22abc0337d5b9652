import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import { inTransaction } from '../../api/db/transaction.ts'
import { startBoss } from '../../api/hosts/boss.ts'
import { readConfig } from '../../api/hosts/config.ts'
import { openDataDir } from '../../api/hosts/data-dir.ts'
import { type OpenDatabase, openDatabase } from '../../api/hosts/database.ts'
import type { Job } from '../../api/hosts/jobs.ts'
import { silentLog, testCtx } from '../harness.ts'
import { createTestDatabase } from '../harness-pg.ts'
import { removeDirs, temporaryDir } from '../hosts/host.ts'

afterAll(removeDirs)

const SECRET = 's'.repeat(32)

async function openHost(databaseUrl: string | undefined) {
  const read = readConfig({
    DATA_DIR: temporaryDir(),
    HOME_UNIT: '19867',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl, APP_SECRET: SECRET }),
  })
  if (!read.ok) throw new Error(read.faults.join())
  const dir = openDataDir(read.config.dataDir)
  return {
    config: read.config,
    database: await openDatabase(read.config, dir, silentLog, 'server'),
  }
}

const until = async (isTrue: () => boolean) => {
  for (let i = 0; i < 600 && !isTrue(); i++) await new Promise((resolve) => setTimeout(resolve, 50))
}

async function walk({ config, database }: Awaited<ReturnType<typeof openHost>>) {
  const runs: Record<string, unknown>[] = []
  const job: Job = {
    name: 'probe',
    cadence: null,
    run: async (_ctx, data) => void runs.push(data),
  }
  const nightly: Job = { name: 'nightly', cadence: { dailyAt: '02:30' }, run: async () => {} }
  const boss = await startBoss(config, database, [job, nightly], silentLog)
  const ctx: Ctx = testCtx(database.db)
  const failed = inTransaction(ctx, async (tx) => {
    await boss.jobs.enqueue(tx.db, 'probe', { n: 1 })
    throw new Error('stop')
  })
  await expect(failed).rejects.toThrow('stop')
  await inTransaction(ctx, (tx) => boss.jobs.enqueue(tx.db, 'probe', { n: 2 }))
  await boss.work(() => ctx)
  await until(() => runs.length > 0)
  await boss.stop()
  const again = await startBoss(config, database, [job], silentLog)
  await again.work(() => ctx)
  await again.stop()
  const schedules = await schedulesOf(database)
  await database.close()
  return { runs, schedules }
}

const schedulesOf = async ({ db }: OpenDatabase) => {
  const { rows } = await sql<{ name: string }>`select name from pgboss.schedule`.execute(db)
  return rows.map((row) => row.name)
}

describe('jobs', () => {
  it('exist only if their transaction commits, run once, and lose their schedule when dropped', async () => {
    expect(await walk(await openHost(undefined))).toEqual({ runs: [{ n: 2 }], schedules: [] })
    const { url, drop } = await createTestDatabase()
    expect(await walk(await openHost(url))).toEqual({ runs: [{ n: 2 }], schedules: [] })
    await drop()
  })
})
