import type { Ctx } from '../../context.ts'
import { inTransaction } from '../../db/transaction.ts'
import { RAW_DAYS } from './service/ingest.ts'
import { purgeRaw, takeDirty, writeDays, writeHours } from './store/spans.ts'

const HOURS_AT_ONCE = 2_000
const SLICES = 20
const ROWS_AT_ONCE = 20_000
const DAY_MS = 86_400_000

const rawFrom = (ctx: Ctx): Date => new Date(ctx.now().getTime() - RAW_DAYS * DAY_MS)

/** Works out noted hours and their days; a crash loses nothing, because a note goes with its result. How many hours. */
export async function summariseReadings(ctx: Ctx): Promise<number> {
  let done = 0
  for (let i = 0; i < SLICES; i++) {
    const n = await inTransaction(ctx, async (tx) => {
      const hours = await takeDirty(tx.db, HOURS_AT_ONCE)
      await writeHours(tx.db, hours, rawFrom(tx))
      await writeDays(tx.db, hours)
      return hours.length
    })
    done += n
    if (n < HOURS_AT_ONCE) break
  }
  return done
}

/** Drops readings older than 90 days whose hour stands; how many went. */
export async function purgeReadings(ctx: Ctx): Promise<number> {
  let gone = 0
  for (let i = 0; i < SLICES; i++) {
    const n = await purgeRaw(ctx.db, rawFrom(ctx), ROWS_AT_ONCE)
    gone += n
    if (n < ROWS_AT_ONCE) break
  }
  return gone
}
