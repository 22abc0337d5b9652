import type { Ctx } from '../../../context.ts'
import type { AlertArea } from '../../../db/schema-alerts.ts'
import { findHamlet, listHamlets, placeLabel, UNITS, unitByCode } from '../../areas/index.ts'
import { type KnownHamlet, placesOf } from '../policy/area.ts'

/** The places that an area means, shapes turned into the units and hamlets in them. */
export async function resolveArea(ctx: Ctx, area: AlertArea): Promise<AlertArea['places']> {
  if (!isDrawn(area)) return placesOf(area, [], [])
  const units = UNITS.map(({ code, centroid }) => ({ code, at: centroid }))
  const hamlets = await Promise.all(units.map(({ code }) => hamletsOf(ctx, code)))
  return placesOf(area, units, hamlets.flat())
}

/** Whether an area holds in a unit or a part of it. */
export async function concerns(ctx: Ctx, area: AlertArea, unitCode: string): Promise<boolean> {
  if (area.places.some((place) => place.unitCode === unitCode)) return true
  const unit = unitByCode(unitCode)
  if (unit === undefined || !isDrawn(area)) return false
  const units = [{ code: unitCode, at: unit.centroid }]
  return placesOf({ ...area, places: [] }, units, await hamletsOf(ctx, unitCode)).length > 0
}

const isDrawn = ({ polygons, circles }: AlertArea): boolean => polygons.length + circles.length > 0

const hamletsOf = async (ctx: Ctx, code: string): Promise<KnownHamlet[]> =>
  (await listHamlets(ctx.db, code, ctx.now())).map(({ id, unitCode, lng, lat }) => ({
    ...{ id, unitCode },
    at: lng === null || lat === null ? null : { lng, lat },
  }))

/** "xã Quảng Điền; thôn Phước Yên, xã …": what stands for the area in a sentence and in `areaDesc`. */
export async function areaLabel(ctx: Ctx, area: AlertArea): Promise<string> {
  const named = await Promise.all(
    area.places.map(async ({ unitCode, hamletId }) =>
      placeLabel(unitCode, hamletId === undefined ? undefined : await findHamlet(ctx.db, hamletId)),
    ),
  )
  return [...new Set(named), ...(isDrawn(area) ? [ctx.t('alerts:area.drawn')] : [])].join('; ')
}
