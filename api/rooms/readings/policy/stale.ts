import type { StationKind } from '../data/properties.ts'

/** A station that was silent for longer than this is said to be silent; its last figure is no longer "now". */
export const STALE_AFTER_MINUTES: Readonly<Record<StationKind, number>> = {
  river: 90,
  rain: 90,
  tide: 180,
  air: 180,
  reservoir: 360,
}

/** Whether the last reading is too old to answer with. A reading from the future is never fresh for longer. */
export const isStale = (kind: StationKind, at: Date, now: Date): boolean =>
  now.getTime() - at.getTime() > STALE_AFTER_MINUTES[kind] * 60_000

export type HeardState = 'never' | 'silent' | 'stuck' | 'heard'

/** How a station is heard: never yet, silent for too long, hanging at one figure, or well. */
export function heardState(now: {
  last: object | null
  isStale: boolean
  stuckSince: Date | null
}): HeardState {
  if (now.last === null) return 'never'
  if (now.isStale) return 'silent'
  return now.stuckSince === null ? 'heard' : 'stuck'
}
