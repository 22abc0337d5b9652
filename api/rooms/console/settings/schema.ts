import { z } from 'zod'
import { isLocalDate } from '../../../core/time.ts'
import { TERMS, type TermClass } from '../../../db/retention-table.ts'
import { LadderView, TemplateView } from '../../incidents/index.ts'

const day = z.string().refine(isLocalDate)
const name = z.string().trim().min(1).max(200)

export const DAY_KINDS = ['holiday', 'compensation', 'swap_off', 'swap_work'] as const

/** A day on which offices do not work as the week says. Cases keep the day that they were given before. */
export const CalendarDay = z
  .object({
    date: day,
    kind: z.enum(DAY_KINDS),
    nameVi: name,
    nameEn: name,
    source: name.describe('The document that says so'),
    confirmed: z.boolean(),
  })
  .meta({ id: 'CalendarDay' })
export type CalendarDay = z.infer<typeof CalendarDay>

export const Population = z
  .object({
    unitCode: z.string().min(1).max(10),
    residents: z.number().int().positive().max(100_000_000),
    asOf: day,
    source: name,
  })
  .meta({ id: 'Population' })
export type Population = z.infer<typeof Population>

/** Where a category goes, and in how many working days it is to be answered. */
const RouteView = z
  .object({
    category: z.string(),
    kind: z.string().nullable(),
    unitCode: z.string().nullable().describe('Null: any unit'),
    agencyCode: z.string(),
    dueInWorkingDays: z.number().int(),
  })
  .meta({ id: 'RouteView' })

const OfficeView = z
  .object({
    agencyCode: z.string(),
    unitCode: z.string(),
    nameVi: z.string(),
    nameEn: z.string(),
    addressVi: z.string(),
    lng: z.number().nullable(),
    lat: z.number().nullable(),
    hours: z
      .record(z.string(), z.array(z.tuple([z.string(), z.string()])))
      .describe('By weekday, 0 is Sunday'),
    source: z.string(),
  })
  .meta({ id: 'OfficeView' })

/** A hamlet as it is kept; name, unit and first day name it. */
export const HamletInput = z.object({
  unitCode: z.string().regex(/^\d{5}$/),
  name,
  kind: z.enum(['thon', 'to_dan_pho']),
  lng: z.number().min(-180).max(180).nullable(),
  lat: z.number().min(-90).max(90).nullable(),
  validFrom: day,
  validTo: day.nullable(),
  source: name.describe('The document that says so'),
})
export type HamletInput = z.infer<typeof HamletInput>
const HamletView = HamletInput.meta({ id: 'HamletView' })

const AgencyView = z
  .object({
    code: z.string(),
    unitCode: z.string().nullable(),
    nameVi: z.string(),
    nameEn: z.string(),
    kind: z.string(),
    successorCode: z.string().nullable(),
    validFrom: z.string(),
    validTo: z.string().nullable(),
  })
  .meta({ id: 'AgencyView' })

const KeyView = z
  .object({
    name: z.string(),
    rights: z.array(z.string()),
    createdAt: z.string(),
    lastUsedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'PartnerKeyView' })

const dayCount = z.number().int()
/** A class of data: how long it is kept today, and what may be chosen. */
const RetentionView = z
  .object({
    kept: z.string(),
    days: dayCount.nullable().describe('Null: for good; 0: until it expires'),
    choice: z
      .object({
        shipped: dayCount,
        least: dayCount,
        most: dayCount,
        later: z.array(z.object({ validFrom: z.string(), days: dayCount })),
      })
      .optional()
      .describe('Where an administrator may date another term'),
  })
  .meta({ id: 'RetentionView' })
export type RetentionView = z.infer<typeof RetentionView>

/** A term from a day on, within the bounds of its class. */
export const SaveRetention = z.object({
  kept: z.enum(Object.keys(TERMS) as [TermClass, ...TermClass[]]),
  validFrom: day.describe('Tomorrow at the earliest'),
  days: dayCount,
})
export type SaveRetention = z.infer<typeof SaveRetention>

export const Settings = z.object({
  agencies: z.array(AgencyView),
  offices: z.array(OfficeView),
  hamlets: z.array(HamletView).describe('Of the unit that this installation belongs to'),
  routes: z.array(RouteView),
  calendar: z.array(CalendarDay),
  populations: z.array(Population),
  templates: z.array(TemplateView),
  ladders: z
    .array(LadderView)
    .describe('Who is told as a due day nears and passes; the first one works today'),
  retention: z.array(RetentionView),
  keys: z.array(KeyView).describe('Never the keys themselves'),
})
export type Settings = z.infer<typeof Settings>
