import { z } from 'zod'

export const ALERT_KINDS = ['flood', 'reservoir', 'storm', 'landslide', 'air', 'health'] as const
export type AlertKind = (typeof ALERT_KINDS)[number]
export const MESSAGE_TYPES = ['alert', 'update', 'all_clear', 'cancel'] as const
export type MessageType = (typeof MESSAGE_TYPES)[number]
export const ALERT_STATES = ['draft', 'proposed', 'issued', 'dropped'] as const
export type AlertState = (typeof ALERT_STATES)[number]

const Point = z.object({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
})
/** Closed: the last point is the first (CAP 1.2 §3.2.4 wants at least four). */
const Ring = z
  .array(Point)
  .min(4)
  .max(500)
  .refine((ring) => {
    const [first, last] = [ring[0], ring.at(-1)]
    return first?.lng === last?.lng && first?.lat === last?.lat
  })

export const AlertAreaInput = z
  .object({
    places: z
      .array(z.object({ unitCode: z.string().regex(/^\d{5}$/), hamletId: z.uuid().optional() }))
      .max(200)
      .default([]),
    polygons: z.array(Ring).max(20).default([]),
    circles: z
      .array(z.object({ center: Point, radiusKm: z.number().positive().max(200) }))
      .max(20)
      .default([]),
  })
  .meta({ id: 'AlertArea' })

const words = (max: number) => z.string().trim().max(max)
const maybe = (max: number) => words(max).nullable().default(null)

/** CAP 1.2 §3.2.2 asks for a headline that fits a lock screen. */
export const HEADLINE_MAX = 160

/** What an official writes; `version` of the draft that was read, left out for a new one. */
export const DraftInput = z
  .object({
    unitCode: z.string().regex(/^\d{5}$/),
    kind: z.enum(ALERT_KINDS),
    level: z.number().int().min(1).max(4).describe('1 minor to 4 extreme; flood: alarm stage'),
    headlineVi: words(HEADLINE_MAX).min(1),
    headlineEn: maybe(HEADLINE_MAX),
    bodyVi: words(2_000).default(''),
    bodyEn: maybe(2_000),
    instructionVi: words(1_000).default(''),
    instructionEn: maybe(1_000),
    issuer: maybe(200),
    signer: maybe(120),
    documentNo: maybe(80),
    area: AlertAreaInput,
    onsetAt: z.iso.datetime({ offset: true }).nullable().default(null),
    expiresAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'AlertDraft' })
export type DraftInput = z.input<typeof DraftInput>
export type Draft = z.output<typeof DraftInput>

export const EditInput = DraftInput.extend({ version: z.number().int().positive() })

export const MoveInput = z.object({
  move: z.enum(['propose', 'return', 'issue', 'drop']),
  version: z.number().int().positive(),
})
export type MoveInput = z.output<typeof MoveInput>

export const FollowInput = z.object({ as: z.enum(['update', 'all_clear', 'cancel']) })
export type FollowInput = z.output<typeof FollowInput>

export const ReachInput = DraftInput.pick({ area: true, kind: true, level: true })

export const AreaReach = z
  .object({
    units: z.array(z.string()).describe('Communes that lie in the area, or a part of them'),
    hamlets: z.number().int().describe('Hamlets where a commune is meant in part'),
    recipients: z.number().int().describe('People who would be written to now'),
    inboxOnly: z.number().int().describe('Of them those whom no chat reaches'),
  })
  .meta({ id: 'AlertAreaReach' })
export type AreaReach = z.output<typeof AreaReach>

const Standing = z.enum(['in_force', 'replaced', 'ended', 'cancelled', 'expired', 'announcement'])
export type Standing = z.output<typeof Standing>

/** A message as everybody may read it, in the language of the request. */
export const PublicAlert = z
  .object({
    id: z.string(),
    threadId: z.string(),
    messageType: z.enum(MESSAGE_TYPES),
    standing: Standing.describe('`announcement`: an all clear or a cancellation itself'),
    kind: z.enum(ALERT_KINDS),
    kindLabel: z.string(),
    level: z.number().int(),
    levelLabel: z.string(),
    isMeasured: z.boolean().describe('A level that a gauge measured, not a warning of an office'),
    headline: z.string(),
    body: z.string(),
    instruction: z.string(),
    issuer: z.string().nullable(),
    signer: z.string().nullable(),
    documentNo: z.string().nullable(),
    place: z.string(),
    area: AlertAreaInput,
    onsetAt: z.string().nullable(),
    issuedAt: z.string(),
    expiresAt: z.string(),
    readOut: z.string().describe('For the loudspeaker: within 60 seconds'),
    shareText: z.string().describe('For a hamlet’s chat group'),
    capUrl: z.string(),
  })
  .meta({ id: 'Alert' })
export type PublicAlert = z.output<typeof PublicAlert>

export const HistoryQuery = z.object({
  cursor: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

/** A message as the desk sees it. */
export const DeskAlert = DraftInput.extend({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(ALERT_STATES),
  standing: Standing.nullable(),
  messageType: z.enum(MESSAGE_TYPES),
  previousId: z.string().nullable(),
  stationCode: z.string().nullable(),
  kindLabel: z.string(),
  levelLabel: z.string(),
  place: z.string(),
  authorName: z.string().nullable(),
  approverName: z.string().nullable(),
  issuedAt: z.string().nullable(),
  missing: z.array(z.string()).describe('Fields that must be filled before it can be proposed'),
  can: z.object({
    edit: z.boolean(),
    propose: z.boolean(),
    issue: z.boolean(),
    follow: z.boolean(),
    seePeople: z.boolean().describe('Whom it did not reach, by name'),
  }),
  reminder: z
    .object({
      step: z.enum(['unchanged', 'ending']),
      since: z.string(),
      told: z.number().int().nullable().describe('How many officials were written to, once'),
    })
    .nullable()
    .describe('In force, and nobody updated it for hours, or it ends soon'),
  delivery: z.object({ state: z.string(), counts: z.record(z.string(), z.number()) }).nullable(),
  readOut: z.string(),
  shareText: z.string(),
}).meta({ id: 'DeskAlert' })
export type DeskAlert = z.output<typeof DeskAlert>

export const AlertDesk = z
  .object({
    at: z.string(),
    open: z.array(DeskAlert).describe('Drafts, and those that wait for a second person'),
    inForce: z.array(DeskAlert),
    stations: z.array(z.object({ code: z.string(), name: z.string(), isAutomatic: z.boolean() })),
    ready: z
      .array(
        z.object({
          kind: z.enum(ALERT_KINDS),
          level: z.number().int(),
          instructionVi: z.string(),
          instructionEn: z.string(),
        }),
      )
      .describe('Words to begin with'),
  })
  .meta({ id: 'AlertDesk' })
export type AlertDesk = z.output<typeof AlertDesk>

export const StationMode = z.object({ isAutomatic: z.boolean() })
