import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'

/**
 * Many phones of one mobile carrier share an address, and in a flood they all report in the same hour. Guessing 256-bit
 * secrets is hopeless; the limit on reads only bounds the work.
 */
const LIMITS = {
  create: { hits: 200, seconds: 3_600 },
  write: { hits: 200, seconds: 3_600 },
  read: { hits: 240, seconds: 60 },
  /** Asked while people type, once a pause. */
  suggest: { hits: 600, seconds: 60 },
} as const

/** Counts one call from an address. Throws `http.rate_limited`. */
export async function takeLimit(
  ctx: Ctx,
  remote: string,
  what: keyof typeof LIMITS,
): Promise<void> {
  const { hits, seconds } = LIMITS[what]
  const taken = await ctx.ports.limits.take(`incidents.${what}:${remote}`, hits, seconds)
  if (taken.ok) return
  const { retryAfterSeconds } = taken
  throw new AppError('http.rate_limited', { retryAfterSeconds })
}
