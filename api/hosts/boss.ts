import { fromKysely, fromPglite, PgBoss } from 'pg-boss'
import type { Ctx, Jobs, Log } from '../context.ts'
import { errorFields } from '../http/log.ts'
import { sendOptions } from './boss-options.ts'
import { TIME_ZONE, toCron } from './cadence.ts'
import type { Config } from './config.ts'
import type { OpenDatabase } from './database.ts'
import type { Job } from './jobs.ts'

type JobData = Record<string, unknown> | null

export type Boss = {
  jobs: Jobs
  /** Starts working: from here on jobs run, each with a ctx of its own. */
  work: (ctxOf: (job: string) => Ctx) => Promise<void>
  stop: () => Promise<void>
}

const POLL_SECONDS = 10
const QUICK = { pollingIntervalSeconds: 1, batchSize: 10 }
const STOP_TIMEOUT_MS = 8_000
const CONNECTIONS = 3
const QUEUE = { retryLimit: 3, retryDelay: 30, retryBackoff: true, expireInSeconds: 900 }
const DEAD = 'dead-letter'

/** The library reads times as Date and bigint as it likes: its queries keep the driver's own parsers. */
async function connect(config: Config, engine: OpenDatabase['engine']) {
  if (engine.kind === 'postgres') {
    return {
      connectionString: config.databaseUrl ?? '',
      max: CONNECTIONS,
      application_name: 'loa-jobs',
    }
  }
  const { pglite } = engine
  const { types } = await import('@electric-sql/pglite')
  const { parsers } = types
  return {
    db: fromPglite({
      query: (text, values) => pglite.query(text, values, { parsers }),
      exec: (text) => pglite.exec(text, { parsers }),
    }),
    backend: 'pglite' as const,
  }
}

/** Background jobs over pg-boss, in a schema of its own beside our tables. */
export async function startBoss(
  config: Config,
  database: OpenDatabase,
  table: readonly Job[],
  log: Log,
): Promise<Boss> {
  const boss = new PgBoss({
    ...(await connect(config, database.engine)),
    schema: 'pgboss',
    registerInstance: false,
  })
  boss.on('error', (error) => log.error('jobs.error', errorFields(error)))
  await boss.start()
  await boss.createQueue(DEAD)
  for (const job of table) {
    const policy = job.isQuick ? 'standard' : 'singleton'
    await boss.createQueue(job.name, { ...QUEUE, policy, deadLetter: DEAD })
  }
  return {
    jobs: { enqueue: (db, name, data, options = {}) => enqueue(boss, db, name, data, options) },
    work: async (ctxOf) => {
      await schedule(boss, table)
      for (const job of table) {
        await boss.work<JobData>(
          job.name,
          job.isQuick ? QUICK : { pollingIntervalSeconds: POLL_SECONDS },
          (batch) => runAll(batch, (data) => job.run(ctxOf(job.name), data ?? {})),
        )
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS, close: true }),
  }
}

/** All of a batch, whichever of them fails; then the whole batch comes again, which every job bears. */
async function runAll(
  batch: readonly { data: JobData }[],
  run: (data: JobData) => Promise<unknown>,
): Promise<void> {
  const ended = await Promise.allSettled(batch.map(({ data }) => run(data)))
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** In the caller's transaction when one is open: the job then exists only if it commits. */
async function enqueue(
  boss: PgBoss,
  ...[db, name, data, options = {}]: Parameters<Jobs['enqueue']>
) {
  await boss.send(name, data, {
    db: fromKysely(db.withoutPlugins()),
    ...sendOptions(options),
  })
}

/** The table is the truth: what it no longer has is not scheduled any more. */
async function schedule(boss: PgBoss, table: readonly Job[]): Promise<void> {
  const wanted = new Map(
    table.flatMap((job) => (job.cadence === null ? [] : [[job.name, job.cadence] as const])),
  )
  for (const [name, cadence] of wanted) {
    await boss.schedule(name, toCron(cadence), null, { tz: TIME_ZONE })
  }
  for (const { name } of await boss.getSchedules()) {
    if (!wanted.has(name)) await boss.unschedule(name)
  }
}
