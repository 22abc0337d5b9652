import { asKey, type Language, type Translate } from '../../../locales/index.ts'
import { type Message, type Part, text } from '../../chat/message.ts'
import { formatDateTime } from '../../core/time.ts'
import { placeLabel } from '../areas/index.ts'
import { MAIN_PROPERTY, PROPERTIES, type PropertyCode } from './data/properties.ts'
import { bandOf, POLLUTANTS } from './policy/aqi.ts'
import type { Stage } from './policy/stage.ts'
import { STEADY_CM_PER_HOUR } from './policy/trend.ts'
import type { AirNow } from './service/air.ts'
import type { Now } from './service/latest.ts'

type Named = Pick<Now['station'], 'kind' | 'nameVi' | 'nameEn' | 'riverVi'>

/** `3,25` for Vietnamese, `3.25` for English: cm as metres. */
export const metres = (language: Language, cm: number): string => {
  const said = (cm / 100).toFixed(2)
  return language === 'vi' ? said.replace('.', ',') : said
}

const decimal = (language: Language, value: number): string =>
  language === 'vi' ? String(value).replace('.', ',') : String(value)

const nameOf = (language: Language, station: Pick<Named, 'nameVi' | 'nameEn'>): string =>
  language === 'en' ? station.nameEn : station.nameVi

/** "Sông Bồ, trạm Phú Ốc". */
export function stationTitle(t: Translate, language: Language, station: Named): string {
  const name = nameOf(language, station)
  return station.riverVi === null
    ? t('readings:station.plain', { station: name })
    : t('readings:station.river', { station: name, river: station.riverVi })
}

/** "xã Quảng Điền (theo trạm Phú Ốc, sông Bồ)": where somebody is told of a river. */
export const riverPlaceText = (
  t: Translate,
  language: Language,
  station: Named,
  unitCode: string,
): string =>
  t('readings:station.place', {
    place: placeLabel(unitCode),
    station: nameOf(language, station),
    river: station.riverVi ?? '',
  })

/** "mực nước sông", "bụi mịn (PM2.5)": what a station measures. */
export const observedName = (t: Translate, property: PropertyCode): string =>
  t(asKey(`readings:${isPollutant(property) ? 'pollutant' : 'property'}.${property}`))

const isPollutant = (property: string): boolean => POLLUTANTS.some((one) => one === property)

/** "trên báo động 2 là 0,25 m"; the place of a level among the alarm levels. */
export function standingText(
  t: Translate,
  language: Language,
  { standing }: Pick<Now, 'standing'>,
) {
  if (standing.kind === 'unknown') return t('readings:standing.unknown')
  const { kind, stage, byCm } = standing
  const level = stageName(t, stage)
  return t(asKey(`readings:standing.${kind}`), { level, by: metres(language, byCm) })
}

export const stageName = (t: Translate, stage: Stage): string =>
  stage === 4 ? t('readings:level.record') : t('readings:level.alarm', { stage })

function figure(language: Language, now: Now): string {
  if (now.last === null) return ''
  const property = MAIN_PROPERTY[now.station.kind]
  const { symbol } = PROPERTIES[property].unit
  return symbol === 'cm'
    ? `${metres(language, now.last.value)} m`
    : `${decimal(language, now.last.value)} ${symbol}`
}

/** One sentence: figure, clock time and standing, or since when nothing came. */
export function latestText(t: Translate, language: Language, now: Now): string {
  const title = stationTitle(t, language, now.station)
  const { last } = now
  if (last === null) return t('readings:now.none', { title })
  const params = { title, figure: figure(language, now), time: formatDateTime(last.at) }
  if (now.isStale) return t('readings:now.silent', params)
  if (now.station.kind !== 'river') return t('readings:now.plain', params)
  return t('readings:now.river', { ...params, standing: standingText(t, language, now) })
}

function trendText(t: Translate, now: Now): string {
  if (now.stuckSince !== null)
    return t('readings:trend.stuck', { time: formatDateTime(now.stuckSince) })
  if (now.perHour === null) return t('readings:trend.unknown')
  const cm = Math.abs(now.perHour)
  if (cm < STEADY_CM_PER_HOUR) return t('readings:trend.steady')
  return t(now.perHour > 0 ? 'readings:trend.rising' : 'readings:trend.falling', { cm })
}

function nextText(t: Translate, language: Language, { next }: Now): string | undefined {
  if (next === null) return undefined
  const hours = (minutes: number) => decimal(language, minutes / 60)
  const { from, to } = next.minutes
  return t('readings:next', {
    level: stageName(t, next.stage),
    from: hours(from),
    to: hours(to),
  })
}

/** What to do at a stage; a falling river after a flood has its own. */
export function adviceText(t: Translate, stage: Stage, perHour: number | null): string {
  const isFalling = stage > 0 && perHour !== null && perHour <= -STEADY_CM_PER_HOUR
  return t(asKey(`readings:advice.${isFalling ? 'falling' : stage}`))
}

export type Links = { chartUrl: (stationCode: string) => string }

/** The whole answer about one river: level, standing, trend, what comes next, what to do, where it is from. */
export function riverMessage(t: Translate, language: Language, now: Now, links: Links): Message {
  const operator = language === 'en' ? now.station.operatorEn : now.station.operatorVi
  const parts: Part[] = [text(latestText(t, language, now))]
  if (now.last !== null && !now.isStale) {
    const next = nextText(t, language, now)
    parts.push(text([trendText(t, now), ...(next === undefined ? [] : [next])].join(' ')))
    parts.push(text(adviceText(t, now.stage, now.perHour)))
  } else parts.push(text(t('readings:silent_advice')))
  if (now.last !== null) {
    parts.push(text(t('readings:source', { operator })))
    parts.push({ kind: 'link', label: t('readings:chart'), url: links.chartUrl(now.station.code) })
  }
  return { parts }
}

/** The answer about the air at one station. */
export function airMessage(t: Translate, language: Language, now: AirNow): Message {
  const name = nameOf(language, now.station)
  const operator = language === 'en' ? now.station.operatorEn : now.station.operatorVi
  if (now.aqi === undefined || now.at === null) {
    const silent =
      now.at === null
        ? t('readings:air.none', { station: name })
        : t('readings:air.silent', { station: name, time: formatDateTime(now.at) })
    return { parts: [text(silent)] }
  }
  const { index, dominant } = now.aqi
  const band = bandOf(index).code
  return {
    parts: [
      text(
        t('readings:air.now', {
          station: name,
          index,
          band: t(asKey(`readings:band.${band}`)),
          dominant: t(asKey(`readings:pollutant.${dominant}`)),
          time: formatDateTime(now.at),
        }),
      ),
      text(t(asKey(`readings:air_advice.${band}`))),
      text(t('readings:air.source', { operator })),
    ],
  }
}

/** Words of a chart. */
export const chartWords = (t: Translate, language: Language, kind: Named['kind']) => ({
  describe: (now: Now): string => latestText(t, language, now),
  line: (stage: Stage): string => stageName(t, stage),
  tick: (ms: number): string => formatDateTime(new Date(ms)).slice(0, 11),
  figure: (value: number): string => {
    const { symbol } = PROPERTIES[MAIN_PROPERTY[kind]].unit
    return symbol === 'cm'
      ? `${metres(language, value)} m`
      : `${decimal(language, Math.round(value))} ${symbol}`
  },
})
