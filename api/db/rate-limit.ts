import { sql } from 'kysely'
import type { Db, RateLimiter } from '../context.ts'

/**
 * Fixed windows in the database, so that they hold over several processes. One upsert a hit, on a connection of its
 * own: a hit counts even when the request's transaction fails.
 */
export function createDbLimiter(openDb: () => Db, now: () => Date): RateLimiter {
  return {
    take: async (key, limit, windowSeconds) => {
      const at = now().getTime()
      const lengthMs = windowSeconds * 1000
      const windowAt = new Date(at - (at % lengthMs))
      const { hits } = await openDb()
        .insertInto('rateLimit')
        .values({ key, windowAt, hits: 1 })
        .onConflict((oc) =>
          oc.column('key').doUpdateSet({
            windowAt,
            hits: sql`case when rate_limit.window_at = excluded.window_at then rate_limit.hits + 1 else 1 end`,
          }),
        )
        .returning('hits')
        .executeTakeFirstOrThrow()
      if (hits <= limit) return { ok: true }
      const leftMs = windowAt.getTime() + lengthMs - at
      return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)) }
    },
  }
}

/** Removes counters of windows that ended long ago; returns how many. */
export async function purgeRateLimits(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS)
  const result = await db
    .deleteFrom('rateLimit')
    .where('windowAt', '<', before.toISOString())
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Longer than any window in use. */
const KEPT_MS = 24 * 3_600_000
