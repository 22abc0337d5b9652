import { z } from 'zod'
import { AlertAreaInput } from '../alerts/index.ts'

/** Topics that a notice may go out under; warnings of water, storm and air are alerts. */
export const NOTICE_KINDS = ['notices', 'utilities', 'health', 'guides'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]
export const NOTICE_STATES = ['draft', 'proposed', 'released', 'cancelled', 'dropped'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

const words = (max: number) => z.string().trim().max(max)
const maybe = (max: number) => words(max).nullable().default(null)

/** A headline that a lock screen shows whole. */
export const TITLE_MAX = 120
export const BODY_MAX = 2_000

const Event = z
  .object({
    startAt: z.iso.datetime({ offset: true }),
    endAt: z.iso.datetime({ offset: true }),
    place: words(200).min(1),
  })
  .refine(({ startAt, endAt }) => Date.parse(startAt) < Date.parse(endAt), { path: ['endAt'] })

/** What an official writes. `{xa}`, `{tu}`, `{den}`, `{noi}` in the words stand for facts of the notice. */
export const NoticeInput = z
  .object({
    unitCode: z.string().regex(/^\d{5}$/),
    kind: z.enum(NOTICE_KINDS),
    isEmergency: z.boolean().default(false),
    titleVi: words(TITLE_MAX).min(1),
    titleEn: maybe(TITLE_MAX),
    bodyVi: words(BODY_MAX).default(''),
    bodyEn: maybe(BODY_MAX),
    linkLabel: maybe(60),
    linkUrl: z
      .url({ protocol: /^https$/ })
      .max(500)
      .nullable()
      .default(null),
    issuer: maybe(200),
    signer: maybe(120),
    documentNo: maybe(80),
    area: AlertAreaInput,
    language: z.enum(['vi', 'en']).nullable().default(null),
    event: Event.nullable().default(null),
    sendAt: z.iso.datetime({ offset: true }).nullable().default(null),
    expiresAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'NoticeDraft' })
export type NoticeInput = z.input<typeof NoticeInput>
export type NoticeDraft = z.output<typeof NoticeInput>

export const NoticeEdit = NoticeInput.extend({ version: z.number().int().positive() })

export const NOTICE_MOVES = [
  'propose',
  'return',
  'release',
  'drop',
  'pause',
  'resume',
  'cancel',
  'review',
] as const
export type NoticeMove = (typeof NOTICE_MOVES)[number]

export const NoticeMoveInput = z
  .object({
    move: z.enum(NOTICE_MOVES),
    version: z.number().int().positive(),
    reason: words(500)
      .min(10)
      .optional()
      .describe('Why an emergency goes out without a second person, or why a notice is stopped'),
  })
  .meta({ id: 'NoticeMove' })
export type NoticeMoveInput = z.input<typeof NoticeMoveInput>

export const STANDINGS = [
  'draft',
  'proposed',
  'dropped',
  'scheduled',
  'sending',
  'paused',
  'sent',
  'cancelled',
  'late',
] as const
export type Standing = (typeof STANDINGS)[number]

/** A notice as everybody may read it, in the language of the request. */
export const PublicNotice = z
  .object({
    id: z.string(),
    kind: z.enum(NOTICE_KINDS),
    kindLabel: z.string(),
    isEmergency: z.boolean(),
    title: z.string(),
    body: z.string(),
    hasOwnLanguage: z.boolean().describe('False: it was not translated and stands in Vietnamese'),
    link: z.object({ label: z.string(), url: z.string() }).nullable(),
    issuer: z.string().nullable(),
    signer: z.string().nullable(),
    documentNo: z.string().nullable(),
    place: z.string(),
    event: z.object({ startAt: z.string(), endAt: z.string(), place: z.string() }).nullable(),
    calendarUrl: z.string().nullable(),
    sentAt: z.string(),
    expiresAt: z.string(),
    isOver: z.boolean(),
    readOut: z.string().describe('For the loudspeaker: within 60 seconds'),
    shareText: z.string().describe('For a hamlet’s chat group'),
  })
  .meta({ id: 'Notice' })
export type PublicNotice = z.output<typeof PublicNotice>

export const NoticeQuery = z.object({
  unitCode: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  cursor: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

const Counts = z.record(z.string(), z.number())
export const NoticeProgress = z
  .object({
    standing: z.enum(STANDINGS),
    counts: Counts.describe('Recipients by how it stands with them'),
    total: z.number().int(),
    byChannel: z.record(z.string(), Counts).describe('Without a name: the inbox alone'),
    byUnit: z.record(z.string(), Counts).describe('Without a name: asked for the whole province'),
  })
  .meta({ id: 'NoticeProgress' })
export type NoticeProgress = z.output<typeof NoticeProgress>

/** A notice as the desk sees it. */
export const DeskNotice = NoticeInput.extend({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(NOTICE_STATES),
  standing: z.enum(STANDINGS),
  title: z.string().describe('As it will be read, marks filled'),
  body: z.string(),
  kindLabel: z.string(),
  place: z.string(),
  authorName: z.string().nullable(),
  releasedByName: z.string().nullable(),
  releasedAt: z.string().nullable(),
  aloneReason: z.string().nullable(),
  isReviewed: z.boolean(),
  endedReason: z.string().nullable(),
  missing: z.array(z.string()).describe('Fields that must be filled before it can be proposed'),
  hasEnglish: z.boolean(),
  can: z.object({
    edit: z.boolean(),
    propose: z.boolean(),
    release: z.boolean(),
    releaseAlone: z.boolean(),
    steer: z.boolean(),
    seePeople: z.boolean().describe('Whom it did not reach, by name'),
    review: z.boolean(),
  }),
  progress: NoticeProgress.nullable(),
  readOut: z.string(),
  shareText: z.string(),
}).meta({ id: 'DeskNotice' })
export type DeskNotice = z.output<typeof DeskNotice>

export const NoticeDesk = z
  .object({
    at: z.string(),
    open: z.array(DeskNotice).describe('Drafts, and those that wait for a second person'),
    going: z.array(DeskNotice).describe('Scheduled, being sent, paused, or to be reviewed'),
    ended: z.array(DeskNotice).describe('The newest that are over'),
    templates: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(NOTICE_KINDS),
        name: z.string(),
        titleVi: z.string(),
        titleEn: z.string(),
        bodyVi: z.string(),
        bodyEn: z.string(),
      }),
    ),
  })
  .meta({ id: 'NoticeDesk' })
export type NoticeDesk = z.output<typeof NoticeDesk>

/** Whom a draft would reach now, and by when. */
export const NoticeForecast = z
  .object({
    recipients: z.number().int(),
    channels: z.array(
      z.object({
        channel: z.string(),
        recipients: z.number().int(),
        perSecond: z.number().nullable().describe('What the channel allows; null: no limit'),
      }),
    ),
    inboxOnly: z.number().int().describe('No chat reaches them now: the inbox of the app alone'),
    startsAt: z.string(),
    firstAt: z.string().nullable(),
    halfAt: z.string().nullable(),
    lastAt: z.string().nullable(),
    isQuiet: z.boolean().describe('It would begin in quiet hours: phones ring in the morning'),
    isTooLate: z.boolean().describe('The last would come after its end'),
    messages: z
      .array(z.object({ language: z.enum(['vi', 'en']), message: z.looseObject({}) }))
      .describe('As in the chats, for `POST /chat/preview`'),
  })
  .meta({ id: 'NoticeForecast' })
export type NoticeForecast = z.output<typeof NoticeForecast>

/** Who does not have a notice, without a name. */
export const NoticeFailures = z
  .object({
    groups: z.array(
      z.object({
        channel: z.string(),
        code: z.string().describe('As the channel said it'),
        isMaybeThere: z.boolean().describe('May have arrived all the same: it is not tried again'),
        n: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'NoticeFailures' })
export type NoticeFailures = z.output<typeof NoticeFailures>
