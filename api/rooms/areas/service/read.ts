import type { Db } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import type { HamletKind } from '../data/kinds.ts'
import { type Calendar, calendarOf } from '../policy/calendar.ts'
import { type AreaIndex, buildAreaIndex } from '../policy/names.ts'
import { simplify } from '../policy/simplify.ts'
import {
  type AgencyRecord,
  selectAgencies,
  selectAgency,
  selectBoundaries,
  selectCalendar,
  selectHamlet,
  selectHamlets,
} from '../store.ts'

/** About 55 m: finer lines than a phone can show cost seconds on a weak signal. */
const DRAWN_TOLERANCE_DEG = 0.0005

/** Imported shapes of units as GeoJSON text to draw a map with, simplified; no features when none were imported. */
export async function drawnBoundaries(db: Db): Promise<string> {
  const rows = await selectBoundaries(db, 'unit')
  return JSON.stringify({
    type: 'FeatureCollection',
    features: rows.map(({ code, polygons, source }) => ({
      type: 'Feature',
      id: code,
      properties: { code, source },
      geometry: { type: 'MultiPolygon', coordinates: simplify(polygons, DRAWN_TOLERANCE_DEG) },
    })),
  })
}

export type HamletView = {
  id: string
  unitCode: string
  name: string
  kind: HamletKind
  lng: number | null
  lat: number | null
}

/** Hamlets of a unit that exist at `at` (left out: that have no last day), by name. */
export async function listHamlets(db: Db, unitCode: string, at?: Date): Promise<HamletView[]> {
  const rows = await selectHamlets(db, at && localDate(at), unitCode)
  const collator = new Intl.Collator('vi', { numeric: true })
  return rows.map(toHamletView).sort((a, b) => collator.compare(a.name, b.name))
}

const toHamletView = ({ id, unitCode, name, kind, lng, lat }: HamletView): HamletView => ({
  id,
  unitCode,
  name,
  kind,
  lng,
  lat,
})

/** A hamlet by id, also one that no longer exists: cases keep what they were given. */
export async function findHamlet(db: Db, id: string): Promise<HamletView | undefined> {
  const row = await selectHamlet(db, id)
  return row === undefined ? undefined : toHamletView(row)
}

/** Every name of today with the hamlets that exist at `at`. For one text, `placeFactsForText` reads less. */
export const loadAreaIndex = async (db: Db, at: Date): Promise<AreaIndex> =>
  buildAreaIndex(await selectHamlets(db, localDate(at)))

/** Agencies, all or a unit's own with those of the whole city, that exist at `at` (left out: that have no last day). */
export const listAgencies = (db: Db, unitCode?: string, at?: Date): Promise<AgencyRecord[]> =>
  selectAgencies(db, at && localDate(at), unitCode)

/** An agency by code, also one that was merged away. */
export const findAgency = (db: Db, code: string): Promise<AgencyRecord | undefined> =>
  selectAgency(db, code)

/** The installation's working calendar. */
export const loadCalendar = async (db: Db): Promise<Calendar> =>
  calendarOf(await selectCalendar(db))
