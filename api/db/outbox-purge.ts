import type { Ctx } from '../context.ts'

/** As long as the bodies of what people wrote are kept. */
export const OUTBOX_BODY_DAYS = 30

/** Empties messages that were settled 30 days ago; address, key and result stay, so that nothing is sent twice. */
export async function purgeOutboxBodies(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now().getTime() - OUTBOX_BODY_DAYS * 86_400_000)
  const result = await ctx.db
    .updateTable('outbox')
    .set({ message: JSON.stringify({ parts: [] }) })
    .where('settledAt', '<', before.toISOString())
    .where((eb) => eb(eb.cast<string>('message', 'text'), '<>', '{"parts": []}'))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}
