import { z } from 'zod'
import { State, TimeLeftShape } from './schema.ts'

/** Shapes of the desk's board, safe in the browser. Days are local dates, times ISO instants with `Z`. */
export const DESK_GROUPS = ['all', 'unit', 'agency', 'field', 'state', 'age'] as const
export type DeskGroup = (typeof DESK_GROUPS)[number]
export const DESK_LISTS = [
  'open',
  'due_today',
  'late',
  'still',
  'on_time',
  'overdue',
  'unknown',
] as const

const Period = {
  from: z.iso.date().optional().describe('First day of the index; left out: 30 days ago'),
  to: z.iso.date().optional().describe('Last day of the index; left out: today'),
}
export const BoardQuery = z.object({ by: z.enum(DESK_GROUPS).default('agency'), ...Period })
export type BoardQuery = z.output<typeof BoardQuery>

export const DeskFilter = z.object({
  list: z.enum(DESK_LISTS).default('late'),
  by: z.enum(DESK_GROUPS).optional(),
  key: z.string().max(500).optional(),
  ...Period,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type DeskFilter = z.output<typeof DeskFilter>

const Figures = z.object({
  key: z.string(),
  label: z.string(),
  open: z.number().int(),
  dueToday: z.number().int(),
  late: z.number().int(),
  still: z.number().int().describe('Open without a new step for seven days'),
  onTime: z.number().int(),
  overdue: z.number().int(),
  unknown: z.number().int().describe('Ended without an appointed day'),
  onTimePercent: z.number().nullable().describe('By the national rule; null when nothing ended'),
})

export const Board = z
  .object({ from: z.string(), to: z.string(), total: Figures, groups: z.array(Figures) })
  .meta({ id: 'DossierBoard' })
export type Board = z.infer<typeof Board>

export const DeskItem = z
  .object({
    id: z.string(),
    code: z.string(),
    agencyName: z.string(),
    procedureName: z.string(),
    field: z.string().optional(),
    state: State,
    stateName: z.string(),
    stateAt: z.string(),
    receivedAt: z.string().optional(),
    dueAt: z.string().optional(),
    newDueAt: z.string().optional(),
    endedAt: z.string().optional(),
    applicantMasked: z.string(),
    timeLeft: TimeLeftShape.optional(),
  })
  .meta({ id: 'DeskDossier' })
export type DeskItem = z.infer<typeof DeskItem>

export const DeskPage = z.object({ items: z.array(DeskItem), nextCursor: z.string().optional() })
export type DeskPage = z.infer<typeof DeskPage>

export const DraftApology = z.object({
  id: z.uuid(),
  reason: z.string().trim().min(1).max(500),
  newDue: z.iso.date(),
})
export type DraftApology = z.infer<typeof DraftApology>
