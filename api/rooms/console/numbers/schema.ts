import { z } from 'zod'
import { addDays, isLocalDate } from '../../../core/time.ts'

export const GROUPS = ['unit', 'agency', 'category', 'week'] as const
export type Group = (typeof GROUPS)[number]
export const OUTCOMES = [
  'open',
  'on_time',
  'late',
  'accepted',
  'answered',
  'reopened',
  'rated',
] as const
export type Outcome = (typeof OUTCOMES)[number]

const day = z.string().refine(isLocalDate)
const MOST_DAYS = 1_100

export const NumbersQuery = z
  .object({
    from: day.describe('First day of receipt'),
    to: day.describe('Last day of receipt'),
    by: z.enum(GROUPS).default('unit'),
    unitCode: z.string().max(10).optional(),
    agencyCode: z.string().max(60).optional(),
    category: z.string().max(40).optional(),
  })
  .refine(({ from, to }) => from <= to && to <= addDays(from, MOST_DAYS), { path: ['to'] })
export type NumbersQuery = z.infer<typeof NumbersQuery>

const Times = z.object({ median: z.number().nullable(), p90: z.number().nullable() })

/** Cases received in the span. Hours are hours of the clock, not of the office. */
export const Figures = z
  .object({
    key: z.string().nullable().describe('Unit, agency, category or Monday; null: none yet'),
    name: z.string(),
    received: z.number().int(),
    open: z.number().int(),
    onTime: z.number().int().describe('Answered on or before the due day'),
    late: z.number().int().describe('Answered after it, or open past it'),
    answered: z.number().int(),
    reopened: z.number().int(),
    hoursToAccept: Times,
    hoursToAnswer: Times,
    rated: z.number().int(),
    rating: z.number().nullable().describe('Average of 1 to 5'),
    per1000: z
      .number()
      .nullable()
      .describe('Received per 1,000 residents, where their number is known'),
  })
  .meta({ id: 'CaseFigures' })
export type Figures = z.infer<typeof Figures>

export const Numbers = z.object({
  from: z.string(),
  to: z.string(),
  by: z.enum(GROUPS),
  total: Figures,
  rows: z.array(Figures),
  at: z.string(),
})
export type Numbers = z.infer<typeof Numbers>
