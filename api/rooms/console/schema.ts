import { z } from 'zod'
import { isLocalDate } from '../../core/time.ts'
import { OUTCOMES } from './numbers/schema.ts'

/** Shapes of the officials' console. States, categories and moves are those of incidents (`rooms/incidents/schema.ts`). */
export const SCOPES = ['open', 'mine', 'all'] as const
export type Scope = (typeof SCOPES)[number]

/** What a list may be narrowed to; the console keeps these in its address. */
export const WorkFilter = z.object({
  urgency: z.enum(['normal', 'urgent']).optional(),
  category: z.string().max(40).optional(),
  state: z.string().max(40).optional(),
  unitCode: z.string().max(10).optional().describe('`none`: without one'),
  agencyCode: z.string().max(60).optional().describe('`none`: without one'),
  due: z.enum(['late', 'today', 'none']).optional(),
  from: z.string().refine(isLocalDate).optional().describe('First local day of receipt'),
  to: z.string().refine(isLocalDate).optional().describe('Last local day of receipt'),
  bbox: z
    .string()
    .regex(/^-?\d{1,3}(?:\.\d{1,9})?(?:,-?\d{1,3}(?:\.\d{1,9})?){3}$/)
    .optional()
    .describe('`west,south,east,north` in degrees; cases with a point in it'),
  outcome: z.enum(OUTCOMES).optional().describe('What a figure of the numbers counts'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Words of what an official reads, with or without marks, or a code'),
})
export type WorkFilter = z.infer<typeof WorkFilter>

export const WorkListQuery = WorkFilter.extend({
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
    quick: z
      .array(z.enum(['accept_and_assign', 'assign', 'accept', 'start']))
      .describe('Moves that need no more than the case to be seen'),
    suggestedAgency: Agency.optional().describe('Where the route of its category sends it'),
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
  since: z.string().describe('Place in the event log before the list was read'),
})
export type WorkList = z.infer<typeof WorkList>

export const INBOX_SOURCES = ['sos', 'alert', 'case', 'notice', 'chat'] as const
export type InboxSourceName = (typeof INBOX_SOURCES)[number]

export const InboxQuery = WorkFilter.extend({
  source: z.enum(INBOX_SOURCES).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  cursor: z.string().max(120).optional(),
})
export type InboxQuery = z.infer<typeof InboxQuery>

/** A case in the inbox: `case`, the next step is mine; `notice`, something happened that I should know. */
export const InboxCase = WorkItem.extend({
  source: z.enum(['case', 'notice']),
  notices: z.array(z.object({ id: z.uuid(), kind: z.string(), at: z.string() })),
}).meta({ id: 'InboxCase' })
export type InboxCase = z.infer<typeof InboxCase>

/** A call for rescue that nobody has yet, or that is this official's. */
export const InboxCall = z
  .object({
    source: z.literal('sos'),
    id: z.uuid(),
    urgency: z.literal('sos'),
    dueDate: z.string(),
    unitName: z.string(),
    place: z.string().nullable(),
    people: z.number().int().nullable(),
    isTold: z.boolean().describe('False: nobody on duty could be told'),
    isMine: z.boolean(),
    createdAt: z.string(),
  })
  .meta({ id: 'InboxCall' })
export type InboxCall = z.infer<typeof InboxCall>

/** A chat that waits for an official or is answered by hand; nothing of what was said. */
export const InboxChat = z
  .object({
    source: z.literal('chat'),
    id: z.uuid(),
    urgency: z.enum(['normal', 'urgent']),
    dueDate: z.string(),
    state: z
      .enum(['waiting', 'held', 'by_hand'])
      .describe('Asked for a person, has this official, or an official writes outside of Loa'),
    channel: z.string(),
    tail: z.string().describe('The last signs of the chat’s address'),
    until: z.string(),
    lastAt: z.string(),
  })
  .meta({ id: 'InboxChat' })
export type InboxChat = z.infer<typeof InboxChat>

/** A warning that this official may release, or one that holds and asks to be updated or ended. */
export const InboxAlert = z
  .object({
    source: z.literal('alert'),
    id: z.uuid(),
    urgency: z.literal('urgent'),
    dueDate: z.string(),
    unitName: z.string(),
    kindLabel: z.string(),
    levelLabel: z.string(),
    headline: z.string(),
    isMeasured: z.boolean().describe('Written by itself after a gauge'),
    reason: z
      .enum(['proposed', 'unchanged', 'ending'])
      .describe('To release; or in force, and not updated for hours or ending soon'),
    since: z.string(),
  })
  .meta({ id: 'InboxAlert' })
export type InboxAlert = z.infer<typeof InboxAlert>
export type InboxItem = InboxAlert | InboxCall | InboxCase | InboxChat

export const Inbox = z.object({
  items: z.array(z.union([InboxAlert, InboxCall, InboxCase, InboxChat])),
  nextCursor: z.string().optional(),
  counts: Counts,
  sources: z.array(z.enum(INBOX_SOURCES)).describe('What can wait for this official at all'),
  since: z.string().describe('Place in the event log before the list was read'),
})
export type Inbox = z.infer<typeof Inbox>

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

/** A covered part of a photo, as shares of its width and height from the upper left corner. */
const PhotoBox = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
})

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
  depthCm: z.number().int().optional().describe('Water at the place, about, as the sender said'),
  timeWords: z.string().optional().describe('Since when, as the sender said'),
  beganOn: z.string().optional().describe('The day that those words mean, YYYY-MM-DD'),
  hidesIdentity: z.boolean(),
  mayViewReporter: z.boolean().describe('With a reason, and recorded'),
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
  document: z
    .object({ number: z.string(), reference: z.string().optional() })
    .optional()
    .describe('Paper that the answer stands on'),
  extensionAsked: z
    .object({ note: z.string(), days: z.number().int().optional() })
    .optional()
    .describe('Why more time was asked for, and how many working days'),
  reasonCode: z.string().optional(),
  duplicateOf: z.string().optional(),
  rating: z.number().int().optional(),
  mayRedact: z.boolean(),
  moves: z.array(z.string()).describe('Kinds of moves that this official may make now'),
  agencies: z.array(Agency.extend({ kind: z.string() })).describe('The usual one first'),
  suggestedAgencyCode: z.string().optional(),
  media: z.array(
    z.object({
      mediaId: z.uuid(),
      role: z.enum(['report', 'proof']),
      isPublished: z.boolean(),
      boxes: z.array(PhotoBox).describe('Parts that only officials of the case see'),
      redactedAt: z.string().optional(),
    }),
  ),
  around: z
    .array(
      z.object({
        id: z.uuid(),
        publicCode: z.string(),
        category: z.string(),
        state: z.string(),
        createdAt: z.string(),
        metres: z.number().int().optional(),
        answer: z.string().optional().describe('Beginning of what was answered'),
      }),
    )
    .describe('Other cases at this place in two years, newest first'),
  templates: z
    .array(z.object({ id: z.uuid(), name: z.string(), text: z.string() }))
    .describe('Answers to begin with, filled for this case; empty for whoever does not answer it'),
  repeats: z
    .array(
      z.object({
        publicCode: z.string(),
        state: z.string(),
        createdAt: z.string(),
        id: z.uuid().optional().describe('Where this official may open it'),
      }),
    )
    .describe(
      'Earlier cases of the same matter at this place, oldest first; two of them: the third time',
    ),
  mayHaveMoreRepeats: z.boolean().describe('As many as are ever tied: it is at least that time'),
  notices: z
    .array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        recipient: z.enum(['officer', 'dispatcher', 'approver']),
        at: z.string(),
        isWaiting: z.boolean().describe('Meant for this official, and not seen yet'),
      }),
    )
    .describe('Reminders, steps up the ladder and news, oldest first'),
  timeline: z.array(CaseStep),
}).meta({ id: 'CasePage' })
export type CasePage = z.infer<typeof CasePage>
