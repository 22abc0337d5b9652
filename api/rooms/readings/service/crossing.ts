import type { Language } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import { adviceText, metres, standingText, stationTitle } from '../messages.ts'
import { type Stage, standing } from '../policy/stage.ts'
import { alarmLevelsOf, findStations } from '../store/stations.ts'
import { readNow } from './latest.ts'

/** A measured level in words, for a message of another room. */
export type LevelWords = { title: string; level: string; standing: string; advice: string }

export type CrossingWords = {
  operator: string
  /** Units whose people the station concerns. */
  unitCodes: readonly string[]
  words: Record<Language, LevelWords>
}

/** What a river station measured, with where that stands and what to do; undefined when there is no such station. */
export async function describeCrossing(
  ctx: Ctx,
  { stationCode, levelCm, stage }: { stationCode: string; levelCm: number; stage: number },
): Promise<CrossingWords | undefined> {
  const [station] = await findStations(ctx.db, localDate(ctx.now()), [stationCode])
  if (station === undefined) return undefined
  const now = { standing: standing(levelCm, alarmLevelsOf(station)) }
  const wordsIn = (language: Language): LevelWords => {
    const t = ctx.translate(language)
    return {
      title: stationTitle(t, language, station),
      level: metres(language, levelCm),
      standing: standingText(t, language, now),
      advice: adviceText(t, Math.max(0, Math.min(4, stage)) as Stage, null),
    }
  }
  return {
    operator: station.operatorVi,
    unitCodes: station.unitCodes,
    words: { vi: wordsIn('vi'), en: wordsIn('en') },
  }
}

/** Where a river stands by its last reading; undefined when it is silent, hangs, or has measured nothing. */
export async function stageNow(
  ctx: Ctx,
  stationCode: string,
): Promise<{ stage: Stage; levelCm: number; at: Date } | undefined> {
  const [now] = await readNow(ctx, await findStations(ctx.db, localDate(ctx.now()), [stationCode]))
  if (now === undefined || now.last === null || now.isStale || now.stuckSince !== null)
    return undefined
  return { stage: now.stage, levelCm: now.last.value, at: now.last.at }
}
