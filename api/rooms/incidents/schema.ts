import { z } from 'zod'
import { clean } from '../../core/text.ts'
import { isLocalDate } from '../../core/time.ts'

/** Built-in categories; their defaults stand in data/categories.ts, their names in `incidents:category.<id>`. */
export const CATEGORY_IDS = [
  'road',
  'drainage',
  'lighting',
  'trees',
  'waste',
  'pollution',
  'noise',
  'water_supply',
  'electricity',
  'telecom',
  'traffic',
  'order',
  'security',
  'construction',
  'food_safety',
  'consumer',
  'heritage_tourism',
  'education',
  'health',
  'public_service',
  'flood',
  'animals',
  'other',
] as const
export type CategoryId = (typeof CATEGORY_IDS)[number]

/** Finer kinds of some categories; each belongs to one of them (data/kinds.ts), named in `incidents:kind.<id>`. */
export const KIND_IDS = [
  'street',
  'house',
  'riverbank',
  'loose_dogs',
  'carcass',
  'disease',
  'land_sand',
  'crop_pest',
  'destructive_fishing',
] as const
export type KindId = (typeof KIND_IDS)[number]

export const STATES = [
  'received',
  'needs_info',
  'accepted',
  'assigned',
  'in_progress',
  'extension_requested',
  'answer_proposed',
  'answered',
  'reopened',
  'closed',
  'refused',
  'duplicate',
  'withdrawn',
] as const
export type State = (typeof STATES)[number]

/** Why a report is not taken; each has a sentence and a way out (`incidents:reason.<code>`). */
export const REASON_CODES = [
  'not_enough_info',
  'out_of_scope',
  'already_reported',
  'untrue',
  'complaint',
  'judicial_or_civil',
  'other_channel',
  'spam',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** Where a case stands for outsiders. */
export const GROUPS = ['open', 'late', 'answered', 'closed'] as const
export type Group = (typeof GROUPS)[number]

export const URGENCIES = ['normal', 'urgent'] as const
export const PLACE_SOURCES = ['pin', 'photo', 'name', 'hamlet', 'address'] as const

export const MAX_DESCRIPTION = 4_000
export const MAX_REPORT_PHOTOS = 5
/** No street has stood deeper. */
const MAX_DEPTH_CM = 1_500
const MAX_ANSWER = 4_000
const MAX_NOTE = 500

const lng = z.number().min(-180).max(180)
const lat = z.number().min(-90).max(90)
const uuid = z.uuid()

/** Where it is: a point (`pin`, `photo`), one of our hamlets, or words with the unit they mean. */
export const Place = z.object({
  source: z.enum(PLACE_SOURCES),
  lng: lng.optional(),
  lat: lat.optional(),
  text: z.string().max(300).optional(),
  unitCode: z.string().max(10).optional(),
  hamletId: uuid.optional(),
  isPrivate: z.boolean().optional(),
})
export type Place = z.infer<typeof Place>

export const MediaRef = z.object({
  mediaId: uuid,
  uploadSecret: z.string().max(100).optional(),
})

/** How somebody told an official who writes it down for them. */
export const BEHALF_CHANNELS = ['phone', 'desk', 'field'] as const

/** The number of the same report in another system, for example Hue-S: one case for each. */
export const ExternalRef = z.object({
  source: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/),
  number: z.string().transform(clean).pipe(z.string().min(1).max(60)),
})
export type ExternalRef = z.infer<typeof ExternalRef>

export const CreateIncident = z.object({
  category: z.enum(CATEGORY_IDS),
  kind: z.enum(KIND_IDS).optional().describe('One of the finer kinds of the category'),
  /** Stored NFC and without invisible signs; decomposed input may be longer than what is kept. */
  description: z
    .string()
    .max(4 * MAX_DESCRIPTION)
    .transform(clean)
    .pipe(z.string().min(1).max(MAX_DESCRIPTION)),
  place: Place,
  media: z.array(MediaRef).max(MAX_REPORT_PHOTOS).optional(),
  urgency: z.enum(URGENCIES).optional(),
  hidesIdentity: z.boolean().optional(),
  depthCm: z
    .number()
    .int()
    .min(1)
    .max(MAX_DEPTH_CM)
    .optional()
    .describe('Water at the place, about; else read in the words. Kept of floods and drains'),
  consentVersion: z.number().int().positive(),
  onBehalf: z
    .object({
      channel: z.enum(BEHALF_CHANNELS),
      /** How they agreed to the text of `consentVersion`. */
      consent: z.enum(['spoken', 'written']),
    })
    .optional()
    .describe('Officials only: written down for somebody who called, came, or was met'),
  externalRef: ExternalRef.optional().describe('Officials only'),
})
export type CreateIncident = z.input<typeof CreateIncident>

export const CreatedIncident = z
  .object({
    publicCode: z.string(),
    secret: z.string().describe('Shown once; whoever holds it may act on the case'),
    state: z.enum(STATES),
    unitCode: z.string(),
    dueDate: z.string().nullable().describe('Expected day of an answer, YYYY-MM-DD in Viet Nam'),
    nextStep: z.string().describe('Who looks next and by when, in the language of the request'),
  })
  .meta({ id: 'CreatedIncident' })
export type CreatedIncident = z.infer<typeof CreatedIncident>

const answerText = z.string().trim().min(1).max(MAX_ANSWER)
const note = z.string().trim().min(1).max(MAX_NOTE)
const agencyCode = z.string().min(1).max(60)

const extensionDays = z.number().int().min(1).max(15)

/** A paper that shows what was done: number and day, and where it can be read or who keeps it. */
export const ProofDocument = z.object({
  number: z.string().trim().min(1).max(100),
  reference: z.string().trim().min(1).max(300).optional(),
})

/** What an official may do to a case; which of them now is in the case's `moves`. */
export const OfficialMove = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('accept') }),
    z.object({
      kind: z.literal('refuse'),
      reasonCode: z.enum(REASON_CODES),
      redirectTo: z
        .string()
        .trim()
        .min(1)
        .max(300)
        .optional()
        .describe('Name and address of where it belongs; needed with `other_channel`'),
    }),
    z.object({ kind: z.literal('ask_info'), question: note }),
    z.object({ kind: z.literal('record_info'), text: note }),
    z.object({ kind: z.literal('mark_duplicate'), originalCode: z.string().max(40) }),
    z.object({ kind: z.literal('assign'), agencyCode }),
    z.object({ kind: z.literal('accept_and_assign'), agencyCode }),
    z.object({ kind: z.literal('not_our_task'), note: note.optional() }),
    z.object({ kind: z.literal('start') }),
    z.object({
      kind: z.literal('request_extension'),
      note,
      days: extensionDays.optional().describe('Working days asked for'),
    }),
    z.object({ kind: z.literal('grant_extension'), days: extensionDays }),
    z.object({ kind: z.literal('refuse_extension'), note: note.optional() }),
    z.object({
      kind: z.literal('answer'),
      text: answerText,
      mediaIds: z.array(uuid).max(MAX_REPORT_PHOTOS),
      document: ProofDocument.optional().describe('Stands as proof instead of a photo'),
      noProofReason: note.optional(),
    }),
    z.object({ kind: z.literal('approve_answer') }),
    z.object({ kind: z.literal('return_answer'), note: note.optional() }),
  ])
  .meta({ id: 'OfficialMove' })
export type OfficialMove = z.infer<typeof OfficialMove>

/** What the sender may do with the session or the one-time secret. */
export const ReporterMove = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('give_info'), text: z.string().trim().min(1).max(MAX_NOTE) }),
  z.object({ kind: z.literal('withdraw') }),
  z.object({
    kind: z.literal('rate'),
    rating: z.number().int().min(1).max(5),
    comment: note.optional(),
  }),
  z.object({ kind: z.literal('reopen'), note }),
])
export type ReporterMove = z.infer<typeof ReporterMove>

export const MoveIncident = z.object({
  id: uuid,
  version: z.number().int().positive(),
  move: OfficialMove,
})
export type MoveIncident = z.infer<typeof MoveIncident>

const Agency = z.object({ code: z.string(), name: z.string() })

export const Step = z
  .object({ state: z.enum(STATES), at: z.string(), agency: Agency.optional() })
  .meta({ id: 'IncidentStep' })
export type Step = z.infer<typeof Step>

/** Public facts only. Before acceptance: code, state, category, unit, times. */
export const PublicIncident = z
  .object({
    publicCode: z.string(),
    state: z.enum(STATES),
    category: z.enum(CATEGORY_IDS),
    kind: z.enum(KIND_IDS).optional(),
    urgency: z.enum(URGENCIES),
    description: z.string().optional(),
    unitCode: z.string(),
    unitName: z.string(),
    hamletName: z.string().optional(),
    place: z.object({ lng, lat, text: z.string() }).optional(),
    agency: Agency.optional(),
    createdAt: z.string(),
    dueDate: z.string().optional(),
    isLate: z.boolean(),
    followers: z.number().int().describe('How many others follow it'),
    reasonCode: z.enum(REASON_CODES).optional(),
    redirectTo: z.string().optional().describe('Where a refused report belongs'),
    duplicateOf: z.string().optional(),
    answer: z
      .object({
        text: z.string(),
        at: z.string(),
        mediaIds: z.array(z.string()),
        document: z.object({ number: z.string(), reference: z.string().optional() }).optional(),
        noProofReason: z.string().optional(),
      })
      .optional(),
    mediaIds: z.array(z.string()),
    timeline: z.array(Step),
  })
  .meta({ id: 'PublicIncident' })
export type PublicIncident = z.infer<typeof PublicIncident>

/** The sender's own view: the public facts, and what was sent as it was sent. */
export const OwnIncident = PublicIncident.extend({
  ownDescription: z.string(),
  ownPlace: z.object({ lng: lng.optional(), lat: lat.optional(), text: z.string() }),
  ownMediaIds: z.array(z.string()),
  question: z
    .string()
    .optional()
    .describe('What the office asks, while the case needs information'),
  rating: z.number().int().optional(),
  additions: z
    .array(
      z.object({
        at: z.string(),
        text: z.string().optional(),
        photos: z.number().int().optional(),
      }),
    )
    .describe('What the sender said or sent later, oldest first'),
  moves: z
    .array(z.enum(['add', 'give_info', 'withdraw', 'rate', 'reopen', 'satisfaction']))
    .describe('What the sender may do now'),
}).meta({ id: 'OwnIncident' })
export type OwnIncident = z.infer<typeof OwnIncident>

const day = z.string().refine(isLocalDate)
/** `west,south,east,north` in degrees, as RFC 7946 orders them. */
const bbox = z
  .string()
  .regex(/^-?\d{1,3}(?:\.\d{1,20})?(?:,-?\d{1,3}(?:\.\d{1,20})?){3}$/)
  .meta({ examples: ['107.4,16.4,107.7,16.6'] })

/** Words to search by; asked by people while they type. */
export const searched = z
  .string()
  .max(200)
  .describe('Words of the public text, with or without marks, or a code')

/** Filters that the list, the map and the export share. */
const PublicWindow = {
  bbox: bbox.optional(),
  kind: z.enum(KIND_IDS).optional(),
  q: searched.optional(),
  group: z.enum(GROUPS).optional().describe('late: owed by the office, and the day has passed'),
  since: day.optional().describe('Day of receipt in Viet Nam, YYYY-MM-DD, included'),
  until: day.optional().describe('As `since`, included'),
}

export const ListIncidents = z.object({
  lat: z.coerce.number().min(-90).max(90).optional(),
  lng: z.coerce.number().min(-180).max(180).optional(),
  radiusM: z.coerce.number().int().min(50).max(20_000).optional(),
  unit: z.string().max(10).optional(),
  category: z.enum(CATEGORY_IDS).optional(),
  state: z.enum(['open', 'closed']).optional(),
  ...PublicWindow,
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(60).optional(),
})
export type ListIncidents = z.infer<typeof ListIncidents>

export const MapWindow = z.object({
  ...PublicWindow,
  bbox,
  unit: z.string().max(10).optional(),
  category: z.enum(CATEGORY_IDS).optional(),
  limit: z.coerce.number().int().min(1).max(2000).default(1000),
  grid: z
    .enum(['true', 'false'])
    .optional()
    .describe(
      'Counts by squares of 0.01° instead of single cases, for far views; of the last 90 days without `since`',
    ),
})
export type MapWindow = z.infer<typeof MapWindow>

const month = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/)
export const ExportRange = z.object({
  from: month.optional().describe('First month of receipt, YYYY-MM; twelve months back if absent'),
  to: month.optional().describe('Last month of receipt, YYYY-MM, included; this month if absent'),
})
export type ExportRange = z.infer<typeof ExportRange>

export const IncidentPage = z.object({
  items: z.array(PublicIncident),
  nextCursor: z.string().optional(),
})
