import { z } from 'zod'
import { isLocalDate } from '../../core/time.ts'

/** Shapes of areas, safe in the browser. Coordinates are WGS84 degrees, distances metres, dates `YYYY-MM-DD`. */
const LngLatShape = z.object({
  lng: z.number().meta({ example: 107.5325 }),
  lat: z.number().meta({ example: 16.5697 }),
})

export const UnitCode = z
  .string()
  .regex(/^\d{5}$/)
  .meta({ description: 'Code of a commune-level unit, Decision 19/2025/QĐ-TTg', example: '19867' })

const UnitKindShape = z.enum(['phuong', 'xa'])
const FormerKindShape = z.enum(['phuong', 'xa', 'thi_tran'])
const HamletKindShape = z.enum(['thon', 'to_dan_pho'])

const UnitShape = z
  .object({
    code: UnitCode,
    name: z.string().meta({ example: 'Quảng Điền' }),
    fullName: z.string().meta({ example: 'Xã Quảng Điền' }),
    kind: UnitKindShape,
    areaKm2: z.number(),
    centroid: LngLatShape,
    formedFrom: z.array(
      z.object({
        name: z.string(),
        fullName: z.string(),
        kind: FormerKindShape,
        code: z.string().meta({ description: 'Its code until 2025-06-30; may since be re-used' }),
      }),
    ),
    validFrom: z.string(),
  })
  .meta({ id: 'AreaUnit' })
export type UnitView = z.infer<typeof UnitShape>

export const UnitList = z.object({
  home: z.string().meta({ example: '19867', description: 'Unit whose hamlets are offered first' }),
  units: z.array(UnitShape),
})

const WHYS = [
  'current',
  'former',
  'district',
  'hamlet',
  'inside',
  'near_boundary',
  'nearest',
] as const
export type Why = (typeof WHYS)[number]

const CandidateShape = z
  .object({
    unitCode: UnitCode,
    name: z.string(),
    fullName: z.string(),
    kind: UnitKindShape,
    matched: z.string().meta({
      description: 'The name that matched, with its kind as it was',
      example: 'Xã Quảng Thọ',
    }),
    why: z.enum(WHYS).meta({
      description:
        'current, former (until 2025-06-30), district (was part of it), hamlet: by name; inside, near_boundary, nearest (centroid): by place',
    }),
    note: z.string().meta({ description: 'What tells it apart, in the language of the request' }),
    hamlet: z.object({ id: z.string(), name: z.string(), kind: HamletKindShape }).optional(),
    distanceM: z.number().int().optional(),
  })
  .meta({ id: 'AreaCandidate' })
export type CandidateView = z.infer<typeof CandidateShape>

/** A number in a query string; an empty one is absent, not 0. */
const degrees = (max: number) =>
  z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().min(-max).max(max).optional(),
  )

export const ResolveQuery = z
  .object({
    q: z.string().trim().min(1).max(500).optional().meta({ example: 'xã Quảng Thọ' }),
    lat: degrees(90).meta({ type: 'number', example: 16.5697 }),
    lng: degrees(180).meta({ type: 'number', example: 107.5325 }),
  })
  .superRefine((query, issues) => {
    const hasPoint = query.lat !== undefined && query.lng !== undefined
    const hasHalf = (query.lat === undefined) !== (query.lng === undefined)
    if (hasHalf || hasPoint === (query.q !== undefined)) {
      const path = [query.lat === undefined ? (query.lng === undefined ? 'q' : 'lat') : 'lng']
      issues.addIssue({ code: 'custom', path: hasHalf ? path : ['q'] })
    }
  })

export const ResolveAnswer = z
  .object({
    query: z.union([z.string(), LngLatShape]),
    outcome: z.enum(['one', 'many', 'none', 'outside']),
    exact: z.boolean().meta({
      description: 'True when there is no doubt left: one name, or inside one imported boundary',
    }),
    candidates: z.array(CandidateShape),
  })
  .meta({ id: 'AreaResolution' })
export type Resolution = z.infer<typeof ResolveAnswer>

const HamletShape = z
  .object({
    id: z.string(),
    name: z.string().meta({ example: 'Phước Yên' }),
    kind: HamletKindShape,
    lng: z.number().nullable(),
    lat: z.number().nullable(),
  })
  .meta({ id: 'Hamlet' })
export const HamletList = z.object({ hamlets: z.array(HamletShape) })

const AGENCY_KINDS = [
  'commune_office',
  'police',
  'health',
  'utility',
  'civil_defence',
  'department',
  'other',
] as const

const AgencyShape = z
  .object({
    code: z.string(),
    nameVi: z.string(),
    nameEn: z.string(),
    kind: z.enum(AGENCY_KINDS),
  })
  .meta({ id: 'Agency' })
export const AgencyList = z.object({ agencies: z.array(AgencyShape) })

const HotlineShape = z
  .object({
    code: z.string(),
    phone: z.string(),
    name: z.string(),
    confirmed: z.boolean().meta({ description: 'False: shown, but not confirmed by an official' }),
  })
  .meta({ id: 'Hotline' })
export const HotlineList = z.object({ hotlines: z.array(HotlineShape) })

const Day = z.string().refine(isLocalDate)
const Name = z.string().trim().min(1).max(200)
const Code = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/)

/** One hamlet of an import; the name may carry its kind ("Thôn Phước Yên", "TDP 5"). */
export const HamletRow = z.object({
  unitCode: UnitCode,
  name: Name,
  kind: HamletKindShape.optional(),
  code: z.string().trim().min(1).max(64).nullish(),
  lng: z.number().nullish(),
  lat: z.number().nullish(),
  validFrom: Day,
  validTo: Day.nullish(),
})
export type HamletRowInput = z.input<typeof HamletRow>

export const AgencyInput = z
  .object({
    code: Code,
    unitCode: UnitCode.nullish(),
    nameVi: Name,
    nameEn: Name,
    kind: z.enum(AGENCY_KINDS),
    successorCode: Code.nullish(),
    validFrom: Day,
    validTo: Day.nullish(),
  })
  .refine((agency) => agency.successorCode !== agency.code, { path: ['successorCode'] })
export type AgencyInput = z.input<typeof AgencyInput>

const HourMinute = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Opening = z.tuple([HourMinute, HourMinute]).refine(([from, to]) => from < to)

export const OfficeInput = z.object({
  agencyCode: Code,
  unitCode: UnitCode,
  nameVi: Name,
  nameEn: Name,
  addressVi: Name,
  lng: z.number().nullish(),
  lat: z.number().nullish(),
  /** By weekday "0" (Sunday) to "6": `{ "1": [["07:30", "11:30"], ["13:30", "17:00"]] }`. */
  hours: z.partialRecord(z.enum(['0', '1', '2', '3', '4', '5', '6']), z.array(Opening).max(4)),
  source: Name,
})
export type OfficeInput = z.input<typeof OfficeInput>

export const HotlineInput = z.object({
  code: Code,
  unitCode: UnitCode.nullish(),
  phone: z.string().regex(/^\+?[0-9]{3,15}$/),
  nameVi: Name,
  nameEn: Name,
  position: z.number().int().min(0).max(10_000),
  confirmed: z.boolean(),
  source: Name,
})
export type HotlineInput = z.input<typeof HotlineInput>
