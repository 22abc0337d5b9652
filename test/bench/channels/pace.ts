import type { Db } from '../../../api/context.ts'
import { drainOutbox } from '../../../bots/drain.ts'
import { testCtx } from '../../harness.ts'
import { clock, farSide, print, queue, telegram } from './kit.ts'

/** How much of 30 a second is used, and the busiest second that the far side saw. */
export async function benchPace(dbs: readonly Db[], count: number): Promise<void> {
  const far = await farSide(0)
  const [first] = dbs
  if (first === undefined) return
  await queue(first, 'telegram', count)
  const work = dbs.map((db) =>
    drainOutbox(testCtx(db, { clock }), [telegram(far.url)], { limit: count }),
  )
  await Promise.all(work)
  const times = (await far.arrivals()).toSorted((a, b) => a - b)
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0)
  const busiest = Math.max(
    ...times.map((from, i) => times.slice(i, i + 61).filter((at) => at < from + 1_000).length),
  )
  const share = (times.length - 30) / (spanMs / 1_000) / 30
  print(
    `pace, ${dbs.length} at once: ${(share * 100).toFixed(1)} % of 30/s used over ${(spanMs / 1_000).toFixed(1)} s, busiest second ${busiest}`,
  )
  far.stop()
}
