import type { Ctx } from '../context.ts'
import { keptUntil } from './retention.ts'

/** Empties messages that were settled a term ago (30 days as it ships); address, key and result stay, so that nothing is sent twice. */
export async function purgeOutboxBodies(ctx: Ctx): Promise<number> {
  const before = await keptUntil(ctx, 'outbound')
  const result = await ctx.db
    .updateTable('outbox')
    .set({ message: JSON.stringify({ parts: [] }) })
    .where('settledAt', '<', before.toISOString())
    .where((eb) => eb(eb.cast<string>('message', 'text'), '<>', '{"parts": []}'))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}
