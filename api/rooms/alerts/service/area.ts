import type { Ctx } from '../../../context.ts'
import type { AlertArea } from '../../../db/schema-alerts.ts'
import { findHamlet, listHamlets, placeLabel, UNITS } from '../../areas/index.ts'
import { placesOf } from '../policy/area.ts'

/** The places that an area means, shapes turned into the units and hamlets in them. */
export async function resolveArea(ctx: Ctx, area: AlertArea): Promise<AlertArea['places']> {
  if (area.polygons.length + area.circles.length === 0) return placesOf(area, [], [])
  const units = UNITS.map(({ code, centroid }) => ({ code, at: centroid }))
  const lists = await Promise.all(units.map(({ code }) => listHamlets(ctx.db, code, ctx.now())))
  const hamlets = lists.flat().map(({ id, unitCode, lng, lat }) => ({
    ...{ id, unitCode },
    at: lng === null || lat === null ? null : { lng, lat },
  }))
  return placesOf(area, units, hamlets)
}

/** "xã Quảng Điền; thôn Phước Yên, xã …": what stands for the area in a sentence and in `areaDesc`. */
export async function areaLabel(ctx: Ctx, area: AlertArea): Promise<string> {
  const named = await Promise.all(
    area.places.map(async ({ unitCode, hamletId }) =>
      placeLabel(unitCode, hamletId === undefined ? undefined : await findHamlet(ctx.db, hamletId)),
    ),
  )
  const isDrawn = area.polygons.length + area.circles.length > 0
  return [...new Set(named), ...(isDrawn ? [ctx.t('alerts:area.drawn')] : [])].join('; ')
}
