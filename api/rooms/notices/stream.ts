import type { SSEStreamingApi } from 'hono/streaming'
import type { Ctx } from '../../context.ts'
import { secondsLeft } from './policy/forecast.ts'
import type { NoticeProgress } from './schema.ts'
import { getProgress } from './service/progress.ts'

const TICK_MS = 1_000
/** A proxy closes a silent line after a minute. */
const PULSE_TICKS = 15
/** A line ends after this and is opened anew, so that an ended session or a changed right counts soon. */
const LIFE_TICKS = 120
/** The speed is that of the last so many seconds. */
const SPEED_WINDOW_MS = 20_000
const RETRY_MS = 2_000

/** What a page of a running notice is told: the counters, the speed and the time left. */
export type LiveProgress = NoticeProgress & { perSecond: number; secondsLeft: number | null }

type Sample = { atMs: number; open: number }

const openOf = ({ counts }: NoticeProgress): number => (counts.planned ?? 0) + (counts.queued ?? 0)

/** The speed between the oldest sample of the window and now. */
export function speedOf(samples: readonly Sample[]): number {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined || last.atMs === first.atMs) return 0
  return Math.max(0, ((first.open - last.open) * 1_000) / (last.atMs - first.atMs))
}

/** The cursor of what was told: the same again need not be. */
export const cursorOf = ({ standing, counts }: NoticeProgress): string =>
  btoa(JSON.stringify([standing, Object.entries(counts).toSorted()]))

/**
 * Writes the progress of a notice to one line, a `progress` each time it changed, until nothing moves any more. `since`
 * is the id of the last event that the reader has: after a break it goes on with what is true then.
 */
export async function followProgress(
  line: SSEStreamingApi,
  ctx: Ctx,
  { id, since, stopping }: { id: string; since: string; stopping: AbortSignal | undefined },
): Promise<void> {
  let isOver = false
  line.onAbort(() => {
    isOver = true
  })
  let told = since
  let samples: Sample[] = []
  await line.write(`retry: ${RETRY_MS}\n\n`)
  for (let tick = 0; tick < LIFE_TICKS && !isOver && stopping?.aborted !== true; tick++) {
    const progress = await getProgress(ctx, id)
    const atMs = ctx.now().getTime()
    samples = [...samples, { atMs, open: openOf(progress) }].filter(
      (one) => atMs - one.atMs <= SPEED_WINDOW_MS,
    )
    const cursor = cursorOf(progress)
    if (cursor !== told) {
      const perSecond = Math.round(speedOf(samples) * 10) / 10
      const live: LiveProgress = {
        ...progress,
        perSecond,
        secondsLeft: secondsLeft(openOf(progress), perSecond),
      }
      await line.writeSSE({ event: 'progress', id: cursor, data: JSON.stringify(live) })
      told = cursor
    } else if (tick % PULSE_TICKS === PULSE_TICKS - 1) await line.write(': \n\n')
    if (!['scheduled', 'sending', 'paused'].includes(progress.standing)) return
    await line.sleep(TICK_MS)
  }
}
