import type { Translate } from '../../../locales/index.ts'
import type { Issue } from '../../core/errors.ts'
import { districtById, unitByCode } from './data/index.ts'
import { fullName, type HamletKind, type Unit, withKind } from './data/kinds.ts'
import type { NameCandidate } from './policy/match.ts'
import type { PlaceCandidate } from './policy/place.ts'
import type { CandidateView, UnitView } from './schema.ts'

/** What is known of a hamlet wherever it is shown. */
export type HamletLabel = { id: string; name: string; kind: HamletKind }

export const toUnitView = (unit: Unit): UnitView => ({
  code: unit.code,
  name: unit.name,
  fullName: fullName(unit),
  kind: unit.kind,
  areaKm2: unit.areaKm2,
  centroid: unit.centroid,
  formedFrom: unit.formedFrom.map(({ name, kind, oldCode }) => ({
    name,
    fullName: fullName({ name, kind }),
    kind,
    code: oldCode,
  })),
  validFrom: unit.validFrom,
})

/** "thôn Phước Yên, xã Quảng Điền"; "xã Quảng Điền" without a hamlet; the code when the unit is none of today's. */
export function placeLabel(unitCode: string, hamlet?: HamletLabel): string {
  const unit = unitByCode(unitCode)
  const unitText = unit === undefined ? unitCode : withKind(unit)
  return hamlet === undefined ? unitText : `${withKind(hamlet)}, ${unitText}`
}

/** Label of a name for a button or a summary: a former name says what it is part of now. */
export function nameLabel(candidate: NameCandidate, t: Translate): string {
  const place = placeLabel(candidate.unitCode, candidate.hamlet)
  return candidate.status === 'former'
    ? t('areas:label.former', { former: withKind(candidate), unit: place })
    : place
}

const base = (unitCode: string, hamlet: HamletLabel | undefined) => {
  const unit = unitByCode(unitCode)
  if (unit === undefined) throw new RangeError(`unit ${unitCode}`)
  const view = { unitCode, name: unit.name, fullName: fullName(unit), kind: unit.kind }
  if (hamlet === undefined) return view
  const { id, name, kind } = hamlet
  return { ...view, hamlet: { id, name, kind } }
}

function nameNote(candidate: NameCandidate, t: Translate): string {
  const unit = placeLabel(candidate.unitCode)
  const [first] = candidate.districts
  const district = first === undefined ? undefined : districtById(first)
  switch (candidate.status) {
    case 'current':
      return t('areas:note.current')
    case 'hamlet':
      return t('areas:note.hamlet', { unit })
    case 'district':
      return t('areas:note.district', {
        district: district === undefined ? '' : fullName(district),
        unit,
      })
    case 'former':
      return district === undefined
        ? t('areas:note.former', { unit })
        : t('areas:note.former_of', { district: withKind(district), unit })
  }
}

export function nameView(candidate: NameCandidate, t: Translate): CandidateView {
  const view = base(candidate.unitCode, candidate.hamlet)
  const matched = candidate.status === 'current' ? view.fullName : fullName(candidate)
  return { ...view, matched, why: candidate.status, note: nameNote(candidate, t) }
}

function placeNote({ why, distanceM = 0 }: PlaceCandidate, t: Translate): string {
  if (why === 'inside') return t('areas:note.inside')
  if (why === 'near_boundary') return t('areas:note.near_boundary', { m: distanceM })
  return t('areas:note.nearest', { km: Math.max(1, Math.round(distanceM / 1000)) })
}

export function placeView(
  candidate: PlaceCandidate,
  hamlet: HamletLabel | undefined,
  t: Translate,
): CandidateView {
  const view = base(candidate.unitCode, hamlet)
  return {
    ...view,
    matched: hamlet === undefined ? view.fullName : fullName(hamlet),
    why: candidate.why,
    note: placeNote(candidate, t),
    ...(candidate.distanceM === undefined ? {} : { distanceM: candidate.distanceM }),
  }
}

/** Faults of an import file that have a sentence of their own. */
const IMPORT_FAULTS = [
  'not_json',
  'not_collection',
  'not_wgs84',
  'empty',
  'not_feature',
  'unknown_code',
  'duplicate',
  'not_polygon',
  'bad_ring',
  'bad_position',
  'swapped',
  'outside_hue',
  'ring_short',
  'ring_open',
  'ring_flat',
  'hole_outside',
  'elsewhere',
  'no_name',
  'bad_dates',
] as const

/** One line a fault for the command line: where in the file, then what is wrong. */
export function importIssueText(issue: Issue, t: Translate): string {
  const fault = IMPORT_FAULTS.find((code) => code === issue.code)
  const params = { code: issue.params?.code ?? '' }
  const text = fault === undefined ? t('areas:import.other') : t(`areas:import.${fault}`, params)
  return issue.path === '' ? text : `${issue.path}: ${text}`
}
