import { DISTRICTS, type District, FORMER_VALID_FROM, FORMER_VALID_TO } from './former.ts'
import { type AreaKind, type DistrictId, fullName, type Unit } from './kinds.ts'
import { UNITS } from './units.ts'

export type CodeHolder = {
  code: string
  name: string
  kind: AreaKind
  validFrom: string
  validTo: string | null
  /** The unit of today in which it lies. */
  unitCode: string
}

/** A unit with its name as it stands alone, "Xã Quảng Điền". */
export type NamedUnit = Unit & { fullName: string }

const UNIT_BY_CODE: ReadonlyMap<string, NamedUnit> = new Map(
  UNITS.map((unit) => [unit.code, { ...unit, fullName: fullName(unit) }]),
)
const DISTRICT_BY_ID: ReadonlyMap<DistrictId, District> = new Map(DISTRICTS.map((d) => [d.id, d]))

const HOLDERS: readonly CodeHolder[] = UNITS.flatMap((unit) => [
  {
    code: unit.code,
    name: unit.name,
    kind: unit.kind,
    validFrom: unit.validFrom,
    validTo: null,
    unitCode: unit.code,
  },
  ...unit.formedFrom.map((former) => ({
    code: former.oldCode,
    name: former.name,
    kind: former.kind,
    validFrom: FORMER_VALID_FROM,
    validTo: FORMER_VALID_TO,
    unitCode: unit.code,
  })),
])

/** One of today's 40 units; undefined for anything else, an old code of another name included. */
export const unitByCode = (code: string): NamedUnit | undefined => UNIT_BY_CODE.get(code)

/** Everything that has carried `code`, newest first: codes were re-used, so a code without a date is ambiguous. */
export const holdersOfCode = (code: string): readonly CodeHolder[] =>
  HOLDERS.filter((holder) => holder.code === code)

/** What carried `code` on `date` (`YYYY-MM-DD`); known from 2025-01-01. */
export const codeOn = (code: string, date: string): CodeHolder | undefined =>
  HOLDERS.find(
    (h) => h.code === code && h.validFrom <= date && (h.validTo === null || date <= h.validTo),
  )

export function districtById(id: DistrictId): District {
  const district = DISTRICT_BY_ID.get(id)
  if (district === undefined) throw new RangeError(`district ${id}`)
  return district
}

/** Units of today that hold a former commune of the district, in the order of their codes. */
export const unitsOfDistrict = (id: DistrictId): readonly Unit[] =>
  UNITS.filter((unit) => unit.formedFrom.some((former) => former.district === id))
