import { fromKysely, PgBoss } from 'pg-boss'
import type { Ctx, Db, Jobs, Log } from '../../context.ts'
import { errorFields } from '../../http/log.ts'
import { sendOptions } from '../boss-options.ts'
import { isDue } from '../cadence.ts'
import type { Job } from '../jobs.ts'

/** Enqueued jobs that one cron run takes of each kind. */
const SLICE = 10

/** The library without its own clock: a Worker lives for one request, the schema is made by `npm run migrate`. */
async function openBoss(db: Db, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    db: fromKysely(db.withoutPlugins()),
    schema: 'pgboss',
    supervise: false,
    schedule: false,
    migrate: false,
    createSchema: false,
    registerInstance: false,
  })
  // workerd lacks process.cpuUsage, which the library reports as an error once.
  boss.on('error', (error) => log.debug('jobs.error', errorFields(error)))
  await boss.start()
  return boss
}

export const createWorkerJobs = (log: Log): Jobs => ({
  enqueue: async (db, name, data, options = {}) => {
    const boss = await openBoss(db, log)
    await boss.send(name, data, sendOptions(options))
  },
})

/** What is due in this minute, then a slice of what was enqueued; one failure does not stop the rest. */
export async function runJobs(
  table: readonly Job[],
  at: Date,
  ctxOf: (job: string) => Ctx,
): Promise<void> {
  for (const job of table) {
    const ctx = ctxOf(job.name)
    try {
      if (job.cadence !== null && isDue(job.cadence, at)) await job.run(ctx, {})
      if (job.cadence === null) await runEnqueued(job, ctx)
    } catch (error) {
      ctx.log.error('jobs.failed', { job: job.name, ...errorFields(error) })
    }
  }
}

async function runEnqueued(job: Job, ctx: Ctx): Promise<void> {
  const boss = await openBoss(ctx.db, ctx.log)
  const taken = await boss.fetch<Record<string, unknown> | null>(job.name, { batchSize: SLICE })
  for (const { id, data } of taken) {
    try {
      await job.run(ctx, data ?? {})
      await boss.complete(job.name, id)
    } catch (error) {
      ctx.log.error('jobs.failed', { job: job.name, ...errorFields(error) })
      await boss.fail(job.name, id)
    }
  }
}
