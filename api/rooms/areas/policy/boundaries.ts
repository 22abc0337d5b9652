import type { Issue } from '../../../core/errors.ts'
import type { Box } from '../../../core/geo.ts'
import { unitByCode } from '../data/index.ts'
import { featuresOf, isObject, polygonsOf } from './geojson.ts'
import { areaKm2, boxOf, isInPolygons, type Polygons } from './polygon.ts'
import { areaKey } from './spelling.ts'

export type BoundaryLevel = 'unit' | 'hamlet'

export type Boundary = { code: string; box: Box; polygons: number[][][][] }
/** Worth a look, not a reason to refuse. */
export type BoundaryWarning = { code: string; warning: 'area_differs' | 'centroid_outside' }

export type CheckedBoundaries = {
  boundaries: Boundary[]
  issues: Issue[]
  warnings: BoundaryWarning[]
}

/** Finds the area that a feature is of, from its properties; undefined code: unknown. */
export type FeatureKey = (properties: Record<string, unknown>) => {
  said: string
  code: string | undefined
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

/** A file with more faults than this is the wrong file. */
const MAX_ISSUES = 100
/** Imported areas may differ from the published km² by this factor before a warning. */
const AREA_FACTOR = 1.5

/** Units by `code`; the name, when given, must be that unit's, because codes were re-used in 2025. */
export const unitKey: FeatureKey = (properties) => {
  const said = textOf(properties.code)
  const unit = unitByCode(said)
  const name = areaKey(textOf(properties.name)).replace(/^(xa|phuong) /, '')
  const isIts = name === '' || unit === undefined || name === areaKey(unit.name)
  return { said, code: isIts ? unit?.code : undefined }
}

/**
 * Checks a whole GeoJSON file (RFC 7946: WGS84, `[lng, lat]`, closed rings) and reports every bad feature by its place
 * in the file. All or nothing is the caller's: with any issue nothing is to be written.
 */
export function checkBoundaries(
  text: string,
  level: BoundaryLevel,
  keyOf: FeatureKey,
): CheckedBoundaries {
  const out: CheckedBoundaries = { boundaries: [], issues: [], warnings: [] }
  const fault = (path: string, code: string, params?: Issue['params']) => {
    if (out.issues.length < MAX_ISSUES)
      out.issues.push(params === undefined ? { path, code } : { path, code, params })
  }
  const seen = new Set<string>()
  for (const [i, feature] of (featuresOf(text, fault) ?? []).entries()) {
    const path = `features.${i}`
    const before = out.issues.length
    if (!isObject(feature) || feature.type !== 'Feature') {
      fault(path, 'not_feature')
      continue
    }
    const { said, code } = keyOf(isObject(feature.properties) ? feature.properties : {})
    if (code === undefined) fault(`${path}.properties`, 'unknown_code', { code: said })
    else if (seen.has(code)) fault(`${path}.properties`, 'duplicate', { code })
    else seen.add(code)
    const polygons = polygonsOf(feature.geometry, `${path}.geometry`, fault)
    if (polygons === undefined || code === undefined || out.issues.length > before) continue
    const box = boxOf(polygons)
    const unit = level === 'unit' ? unitByCode(code) : undefined
    if (unit !== undefined && !overlaps(box, unit.bbox)) {
      fault(`${path}.geometry`, 'elsewhere', { code })
      continue
    }
    if (unit !== undefined) out.warnings.push(...warningsOf(unit, polygons))
    out.boundaries.push({ code, box, polygons })
  }
  return out
}

const overlaps = (a: Box, b: Box): boolean =>
  a.west <= b.east && a.east >= b.west && a.south <= b.north && a.north >= b.south

function warningsOf(
  unit: { code: string; areaKm2: number; centroid: { lng: number; lat: number } },
  polygons: Polygons,
): BoundaryWarning[] {
  const ratio = areaKm2(polygons) / unit.areaKm2
  const warnings: BoundaryWarning[] = []
  if (ratio > AREA_FACTOR || ratio < 1 / AREA_FACTOR)
    warnings.push({ code: unit.code, warning: 'area_differs' })
  if (!isInPolygons(unit.centroid, polygons))
    warnings.push({ code: unit.code, warning: 'centroid_outside' })
  return warnings
}
