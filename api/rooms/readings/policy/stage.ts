/**
 * Alarm levels of one station in cm above its own datum (never compared between stations); an unconfirmed one is absent.
 * `record` is the highest flood known there.
 */
export type AlarmLevels = { 1?: number; 2?: number; 3?: number; record?: number }

/** 0 below all, 1 to 3 báo động, 4 above the record. There is no "báo động 4". */
export type Stage = 0 | 1 | 2 | 3 | 4

/** Stages that the state names; the record flood is no alarm. */
export const ALARM_STAGES = [1, 2, 3] as const

const RUNGS: readonly (readonly [Stage, keyof AlarmLevels])[] = [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 'record'],
]

/** The known levels, lowest first. */
export const knownLevels = (levels: AlarmLevels): { stage: Stage; cm: number }[] =>
  RUNGS.flatMap(([stage, key]) => {
    const cm = levels[key]
    return cm === undefined ? [] : [{ stage, cm }]
  })

/** The highest stage whose level is reached; the record has to be passed. */
export function stageAt(levelCm: number, levels: AlarmLevels): Stage {
  let reached: Stage = 0
  for (const { stage, cm } of knownLevels(levels))
    if (stage === 4 ? levelCm > cm : levelCm >= cm) reached = stage
  return reached
}

/** How a level stands to the levels, for a sentence. */
export type Standing =
  | { kind: 'below' | 'at' | 'above'; stage: Stage; byCm: number }
  | { kind: 'unknown' }

/** "Trên BĐ2 0,25 m", "ở mức BĐ2", "dưới BĐ1 0,40 m"; unknown where no level is confirmed. */
export function standing(levelCm: number, levels: AlarmLevels): Standing {
  const known = knownLevels(levels)
  const [lowest] = known
  if (lowest === undefined) return { kind: 'unknown' }
  const equal = known.find(({ cm }) => cm === levelCm)
  if (equal !== undefined) return { kind: 'at', stage: equal.stage, byCm: 0 }
  const passed = known.filter(({ cm }) => levelCm > cm).at(-1)
  return passed === undefined
    ? { kind: 'below', stage: lowest.stage, byCm: lowest.cm - levelCm }
    : { kind: 'above', stage: passed.stage, byCm: levelCm - passed.cm }
}

/** What is remembered of a station between readings; `belowSinceMs`: the first reading of those clearly below. */
export type StageState = { stage: Stage; belowSinceMs: number | null }

/** A river is below a level again when it stayed this far under it, for this long (agreed step down, no flapping). */
export const DOWN_MARGIN_CM = 10
export const DOWN_AFTER_MINUTES = 30

/** The stage after one more reading: up at once, down one agreed step after the margin held. Readings come in order. */
export function nextStage(
  state: StageState,
  reading: { atMs: number; levelCm: number },
  levels: AlarmLevels,
): StageState {
  const up = stageAt(reading.levelCm, levels)
  if (up >= state.stage) return { stage: up, belowSinceMs: null }
  const held = stageAt(reading.levelCm + DOWN_MARGIN_CM, levels)
  if (held >= state.stage) return { stage: state.stage, belowSinceMs: null }
  const since = state.belowSinceMs ?? reading.atMs
  const hasHeld = reading.atMs - since >= DOWN_AFTER_MINUTES * 60_000
  return hasHeld ? { stage: held, belowSinceMs: null } : { stage: state.stage, belowSinceMs: since }
}
