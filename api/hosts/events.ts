import type { Ctx } from '../context.ts'
import { errorFields } from '../http/log.ts'
import { JOBS, type Job } from './jobs.ts'

/**
 * One round of everything that follows domain events; what fails is logged, comes again, and holds up nobody else.
 * Resolves to how much was done.
 */
export const createFollowers =
  (ctxOf: (name: string) => Ctx, jobs: readonly Job[] = JOBS) =>
  async (): Promise<number> => {
    let done = 0
    for (const job of jobs) {
      if (job.onEvents !== true) continue
      const ctx = ctxOf(job.name)
      try {
        done += Number(await job.run(ctx, {}))
      } catch (error) {
        ctx.log.error('jobs.failed', { job: job.name, ...errorFields(error) })
      }
    }
    return done
  }
