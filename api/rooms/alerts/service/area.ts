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

/** Those whose area holds in a unit or a part of it, in their order; the unit's hamlets are read once at most. */
export async function concerning<T extends { area: AlertArea }>(
  ctx: Ctx,
  rows: readonly T[],
  unitCode: string,
): Promise<T[]> {
  const isNamed = ({ area }: T) => area.places.some((place) => place.unitCode === unitCode)
  const unit = unitByCode(unitCode)
  const needsHamlets = rows.some((row) => !isNamed(row) && isDrawn(row.area))
  if (unit === undefined || !needsHamlets) return rows.filter(isNamed)
  const units = [{ code: unitCode, at: unit.centroid }]
  const hamlets = await hamletsOf(ctx, unitCode)
  const isDrawnOver = ({ area }: T) => placesOf({ ...area, places: [] }, units, hamlets).length > 0
  return rows.filter((row) => isNamed(row) || isDrawnOver(row))
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
