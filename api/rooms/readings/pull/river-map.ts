import { z } from 'zod'
import { isLocalDate, localDate, localInstant } from '../../../core/time.ts'
import { parseJson } from './json.ts'

/** `code` is the weather service's own; metres over the station's own datum. */
export type RiverLevel = { code: string; at: string; valueM: number }
/** `broken`: points that say a level which cannot be read; those that say there is none are not counted. */
export type RiverMap = { levels: RiverLevel[]; broken: number }

const DAY_MS = 86_400_000
/** All of the country are some 460. */
const MAX_POINTS = 5_000

const Collection = z.object({ features: z.array(z.unknown()).max(MAX_POINTS) })
const Point = z.object({ properties: z.object({ popupInfo: z.string().max(20_000) }) })
const CODE = /Mã trạm: {0,4}(?:<b>)? {0,4}([\w.-]{1,30})/
/** `Mực nước (3.25(m) 14-27/11)`: metres, hour, day and month in Viet Nam, without a year. */
const LEVEL =
  /Mực nước {0,4}\( {0,4}(-?\d{1,4}(?:[.,]\d{1,3})?) {0,4}\(m\) {1,4}(\d{1,2})-(\d{1,2})\/(\d{1,2}) {0,4}\)/
const SAYS_NONE = /Không có số liệu/

/**
 * Reads a map of gauges as VNDMS draws it (`GET /water_level`): GeoJSON points whose `popupInfo` is a piece of HTML. A
 * point that is broken costs no other. Undefined when it is no such map. Never throws.
 */
export function readRiverMap(bytes: Uint8Array, now: Date): RiverMap | undefined {
  const read = Collection.safeParse(parseJson(bytes))
  if (!read.success) return undefined
  const levels = new Map<string, RiverLevel>()
  let broken = 0
  for (const feature of read.data.features) {
    const point = Point.safeParse(feature)
    const popup = point.success ? point.data.properties.popupInfo.normalize('NFC') : ''
    const level = readPopup(popup, now)
    if (level !== undefined) levels.set(level.code, level)
    else if (!SAYS_NONE.test(popup)) broken += 1
  }
  return { levels: [...levels.values()], broken }
}

function readPopup(popup: string, now: Date): RiverLevel | undefined {
  const code = CODE.exec(popup)?.[1]
  const [, value = '', hour = '', day = '', month = ''] = LEVEL.exec(popup) ?? []
  const at = readMoment({ hour, day, month }, now)
  if (code === undefined || at === undefined) return undefined
  return { code, at: at.toISOString(), valueM: Number(value.replace(',', '.')) }
}

/** The year is the one that puts the moment nearest before tomorrow: in January a reading of 31/12 is last year's. */
function readMoment(
  { hour, day, month }: { hour: string; day: string; month: string },
  now: Date,
): Date | undefined {
  if (hour === '' || Number(hour) > 23) return undefined
  const monthDay = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const thisYear = Number(localDate(now).slice(0, 4))
  for (const year of [thisYear + 1, thisYear, thisYear - 1]) {
    const date = `${year}-${monthDay}`
    if (!isLocalDate(date)) continue
    const at = localInstant(date, `${hour.padStart(2, '0')}:00`)
    if (at.getTime() < now.getTime() + DAY_MS) return at
  }
  return undefined
}
