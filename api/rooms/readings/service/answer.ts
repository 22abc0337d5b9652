import type { PlaceFact } from '../../../chat/inbound.ts'
import { type Message, say } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { fold } from '../../../core/text.ts'
import { airMessage, riverMessage, riverPlaceText } from '../messages.ts'
import type { Station } from '../store/stations.ts'
import { readAir } from './air.ts'
import { readNow, riversFor } from './latest.ts'
import { listRivers, tellingUnit } from './stations.ts'

/** More than a phone shows at once is no answer. */
const AT_MOST = 3

/** Stations that the words name by river or place: "sông Bồ", "nuoc song huong", "Kim Long". */
function named(stations: readonly Station[], words: string): Station[] {
  const said = ` ${fold(words).replace(/[^\p{L}\d]+/gu, ' ')} `
  const has = (name: string | null) => name !== null && said.includes(` ${fold(name)} `)
  const byPlace = stations.filter((s) => has(s.nameVi))
  if (byPlace.length > 0) return byPlace
  return stations.filter(
    (s) =>
      s.riverVi !== null &&
      (said.includes(` song ${fold(s.riverVi)} `) || has(`${s.riverVi} river`)),
  )
}

const NAMES_RIVER = /\b(song|river)\b/

/**
 * Where somebody who names a river asks to be told of it: the home unit when the river's station counts there, else the
 * first unit that it counts for. Undefined when the words name no river of a station, or several.
 */
export async function placeOfRiver(ctx: Ctx, words: string): Promise<PlaceFact | undefined> {
  if (!NAMES_RIVER.test(fold(words))) return undefined
  const [station, ...others] = named(await listRivers(ctx), words)
  if (station === undefined || others.length > 0) return undefined
  const unitCode = tellingUnit(ctx, station)
  return unitCode === null
    ? undefined
    : { label: riverPlaceText(ctx.t, ctx.language, station, unitCode), unitCode, exact: true }
}

/** "Nước sông Bồ giờ mấy mét", "có lụt không": the station that was named, else the one of the home unit. */
export async function answerWaterLevel(ctx: Ctx, words: string): Promise<Message[]> {
  const wanted = named(await listRivers(ctx), words)
  const stations = wanted.length > 0 ? wanted : await riversFor(ctx, ctx.settings.homeUnitCode)
  if (stations.length === 0) return [say(ctx.t('readings:no_river'))]
  const links = {
    chartUrl: (code: string) =>
      `${ctx.settings.publicUrl}/api/v1/stations/${code}/chart.svg?lang=${ctx.language}`,
  }
  const nows = await readNow(ctx, stations.slice(0, AT_MOST))
  return nows.map((now) => riverMessage(ctx.t, ctx.language, now, links))
}

/** "Không khí bữa ni răng": VN_AQI of the hour, and what to do. */
export async function answerAirQuality(ctx: Ctx): Promise<Message[]> {
  const all = await readAir(ctx)
  const own = all.filter(({ station }) => station.unitCodes.includes(ctx.settings.homeUnitCode))
  const shown = (own.length > 0 ? own : all).slice(0, AT_MOST)
  if (shown.length === 0) return [say(ctx.t('readings:air.no_station'))]
  return shown.map((now) => airMessage(ctx.t, ctx.language, now))
}
