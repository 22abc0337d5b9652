export type Figures = {
  perSecond: number
  p50Ms: number
  p95Ms: number
  /** Processor time of this process for one, whatever else the machine is busy with. */
  cpuMs: number
}

/** Runs `work` `count` times with `callers` at once, after a warm-up, and reads the clock around each. */
export async function measure(
  work: (n: number) => Promise<void>,
  options: { count: number; callers: number },
): Promise<Figures> {
  const { count, callers } = options
  for (let n = 0; n < Math.min(30, count); n++) await work(-1 - n)
  const times: number[] = []
  let next = 0
  const started = performance.now()
  const cpu = process.cpuUsage()
  const caller = async () => {
    while (next < count) {
      const n = next++
      const at = performance.now()
      await work(n)
      times.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    perSecond: count / seconds,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    cpuMs: (user + system) / 1000 / count,
  }
}

export const line = (name: string, figures: Figures): string =>
  `${name.padEnd(46)} ${figures.perSecond.toFixed(0).padStart(7)}/s   p50 ${figures.p50Ms.toFixed(2).padStart(8)} ms   p95 ${figures.p95Ms.toFixed(2).padStart(8)} ms   cpu ${figures.cpuMs.toFixed(2).padStart(6)} ms`

/** Median of pairwise ratios, so that a drifting machine weighs on both sides alike. */
export function medianRatio(pairs: readonly [Figures, Figures][]): number {
  const ratios = pairs.map(([a, b]) => a.perSecond / b.perSecond).sort((a, b) => a - b)
  return ratios[Math.floor(ratios.length / 2)] ?? 0
}

export const median = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
