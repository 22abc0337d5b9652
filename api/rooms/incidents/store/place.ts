import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { type Box, boxAround, type LngLat } from '../../../core/geo.ts'
import type { Database } from '../../../db/schema.ts'

/** Where a case is, as the public may know it: small boxes and circles must not find a private place. */
type Eb = ExpressionBuilder<Database, 'incident'>

export const CELL = 0.01 // degrees, about 1.1 km; the column `geocell` counts these
/** Beyond so many cells a list of them is no quicker than looking at each row. */
const MAX_CELLS = 1_500

/** Cells that a box touches; undefined when they are too many to name. */
export function cellsOf(box: Box): number[] | undefined {
  const [west, east] = [Math.floor(box.west / CELL), Math.floor(box.east / CELL)]
  const [south, north] = [Math.floor(box.south / CELL), Math.floor(box.north / CELL)]
  if ((east - west + 1) * (north - south + 1) > MAX_CELLS) return undefined
  const cells: number[] = []
  for (let lat = south; lat <= north; lat++) {
    for (let lng = west; lng <= east; lng++) cells.push(lat * 100_000 + lng)
  }
  return cells
}

export const inCells = (cells: number[]) => sql<boolean>`geocell = any(${cells}::integer[])`

export function inBox(eb: Eb, box: Box): Expression<SqlBool> {
  const cells = cellsOf(box)
  return eb.and([
    ...(cells === undefined ? [] : [inCells(cells)]),
    eb('publicLng', '>=', box.west),
    eb('publicLng', '<=', box.east),
    eb('publicLat', '>=', box.south),
    eb('publicLat', '<=', box.north),
  ])
}

const distanceTo = (at: LngLat) => sql<number>`
  2 * 6371008.8 * asin(least(1, sqrt(
    power(sin(radians(public_lat - ${at.lat}::float8) / 2), 2) +
    cos(radians(${at.lat}::float8)) * cos(radians(public_lat)) *
    power(sin(radians(public_lng - ${at.lng}::float8) / 2), 2))))`

/** Within a circle. */
export function isNear(eb: Eb, near: { at: LngLat; radiusM: number }): Expression<SqlBool> {
  const box = boxAround(near.at, near.radiusM)
  return eb.and([inBox(eb, box), eb(distanceTo(near.at), '<=', near.radiusM)])
}
