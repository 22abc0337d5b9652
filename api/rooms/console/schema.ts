import { z } from 'zod'

/** Shapes of the officials' console. States, categories and moves are those of incidents (`rooms/incidents/schema.ts`). */
export const SCOPES = ['open', 'mine', 'all'] as const
export type Scope = (typeof SCOPES)[number]

export const WorkListQuery = z.object({
  scope: z.enum(SCOPES).default('open'),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  cursor: z.string().max(120).optional(),
})
export type WorkListQuery = z.infer<typeof WorkListQuery>

const Agency = z.object({ code: z.string(), name: z.string() })

/** One line of the work list; never who reported. */
export const WorkItem = z
  .object({
    id: z.uuid(),
    publicCode: z.string(),
    version: z.number().int().describe('To be sent with the next move'),
    state: z.string(),
    category: z.string(),
    urgency: z.enum(['normal', 'urgent']),
    text: z.string().describe('Beginning of what was reported, names and numbers masked'),
    place: z.string(),
    unitCode: z.string(),
    unitName: z.string(),
    hamletName: z.string().optional(),
    agency: Agency.optional(),
    photos: z.number().int(),
    createdAt: z.string(),
    dueDate: z.string().optional(),
    daysLeft: z
      .number()
      .int()
      .optional()
      .describe('Working days to the due date, negative when past; absent once answered or ended'),
    isLate: z.boolean(),
    isMine: z.boolean().describe('The next step is for this official to make'),
  })
  .meta({ id: 'WorkItem' })
export type WorkItem = z.infer<typeof WorkItem>

/** Open cases within reach, counted by what presses. */
export const Counts = z
  .object({
    open: z.number().int(),
    mine: z.number().int(),
    waiting: z.number().int().describe('Not accepted yet'),
    urgent: z.number().int(),
    late: z.number().int(),
    due_today: z.number().int(),
    to_approve: z.number().int(),
  })
  .meta({ id: 'WorkCounts' })
export type Counts = z.infer<typeof Counts>

export const WorkList = z.object({
  items: z.array(WorkItem),
  nextCursor: z.string().optional(),
  counts: Counts,
})
export type WorkList = z.infer<typeof WorkList>

export const CaseStep = z
  .object({
    kind: z.string().describe('The move, or `received`'),
    at: z.string(),
    state: z.string().optional().describe('State after the step'),
    isPublic: z.boolean(),
    byKind: z.enum(['sender', 'official', 'system']),
    by: z.string().optional().describe('Name; officials only'),
    agency: Agency.optional(),
    note: z.string().optional().describe('Question, reason, remark or comment of the step'),
  })
  .meta({ id: 'CaseStep' })
export type CaseStep = z.infer<typeof CaseStep>

const DueCount = z
  .object({
    from: z.string().describe('First day, not counted'),
    workingDays: z.number().int(),
    skipped: z.array(
      z.object({
        date: z.string(),
        why: z.enum(['weekend', 'holiday', 'compensation', 'swap_off']),
        name: z.object({ vi: z.string(), en: z.string() }).optional(),
      }),
    ),
    worked: z.array(z.string()).describe('Weekend days that count'),
    isEstimated: z.boolean(),
  })
  .meta({ id: 'DueCount' })

/** All that an official works with; nothing of the sender but their words, with names and numbers masked. */
export const CasePage = WorkItem.extend({
  description: z.string(),
  point: z.object({ lng: z.number(), lat: z.number() }).optional(),
  placeSource: z.string(),
  isPrivatePlace: z.boolean(),
  hidesIdentity: z.boolean(),
  channel: z.string(),
  needsApprover: z.boolean(),
  kind: z.string().optional().describe('Finer kind inside the category'),
  externalRef: z.object({ source: z.string(), number: z.string() }).optional(),
  dueFrom: z.string().optional().describe('Day from which working days are counted'),
  dueInWorkingDays: z.number().int().optional(),
  dueCount: DueCount.optional().describe('How the due day was counted, as it was set'),
  assignee: z.object({ id: z.uuid(), name: z.string() }).optional(),
  question: z.string().optional().describe('What was asked of the sender last'),
  answerText: z.string().optional().describe('Given, proposed, or sent back for rewriting'),
  noProofReason: z.string().optional(),
  reasonCode: z.string().optional(),
  duplicateOf: z.string().optional(),
  rating: z.number().int().optional(),
  moves: z.array(z.string()).describe('Kinds of moves that this official may make now'),
  agencies: z.array(Agency.extend({ kind: z.string() })).describe('The usual one first'),
  suggestedAgencyCode: z.string().optional(),
  media: z.array(
    z.object({ mediaId: z.uuid(), role: z.enum(['report', 'proof']), isPublished: z.boolean() }),
  ),
  timeline: z.array(CaseStep),
}).meta({ id: 'CasePage' })
export type CasePage = z.infer<typeof CasePage>
