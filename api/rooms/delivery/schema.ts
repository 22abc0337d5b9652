import { z } from 'zod'

/** Kinds of message that people subscribe to for a place. */
export const TOPIC_KINDS = [
  'flood',
  'storm',
  'air',
  'health',
  'utilities',
  'notices',
  'guides',
] as const
export type TopicKind = (typeof TOPIC_KINDS)[number]

/** Steps of a person's own cases: they come without a subscription and are not stopped by one word. */
export const STEP_KINDS = [
  'incident_step',
  'dossier_step',
  'appointment_step',
  'help_step',
] as const
export const KINDS = [...TOPIC_KINDS, ...STEP_KINDS] as const
export type Kind = (typeof KINDS)[number]

/** What may concern life and limb: after a one-word stop its urgent messages still come. */
export const LIFE_SAFETY_KINDS: readonly TopicKind[] = ['flood', 'storm']

/** As in chat/inbound.ts, which the browser does not load. */
export const DELIVERY_CHANNELS = ['zalo-oa', 'telegram', 'zalo-bot', 'web'] as const

const UnitCode = z.string().regex(/^\d{5}$/)

/** Levels of warnings, 1 minor to 4 extreme. */
const MinLevel = z.number().int().min(1).max(4)

/** Kinds whose messages have levels. */
export const LEVEL_KINDS: readonly TopicKind[] = ['flood', 'storm', 'air']

/** A kind of message for a hamlet, a unit, or (without both) the whole province. */
export const Topic = z
  .object({
    kind: z.enum(TOPIC_KINDS),
    unitCode: UnitCode.optional(),
    hamletId: z.uuid().optional(),
    /** Of warnings: from this level on (1 to 4; of a flood the alarm stage). Left out: all. */
    minLevel: MinLevel.optional(),
  })
  .refine((topic) => topic.hamletId === undefined || topic.unitCode !== undefined, {
    path: ['unitCode'],
  })
export type Topic = z.output<typeof Topic>

export const SubscribeInput = z.object({
  residentId: z.uuid(),
  topic: Topic,
  /** The version of the text that was just agreed to; without it a consent must hold already. */
  consent: z
    .object({ version: z.number().int().positive(), channel: z.string().min(1).max(40) })
    .optional(),
})
export type SubscribeInput = z.input<typeof SubscribeInput>

/** Why a person got a message: ids and codes, worded when asked. */
export type Why = {
  by: 'own_case' | 'subscription' | 'everyone'
  kind: Kind
  unitCode?: string
  hamletId?: string
}

const Place = z.object({ unitCode: UnitCode, hamletId: z.uuid().optional() })
export type Place = z.output<typeof Place>

/** Whom a dispatch goes to. No places: the whole province. */
export const Audience = z.object({
  kind: z.enum(TOPIC_KINDS),
  places: z.array(Place).max(200),
  language: z.enum(['vi', 'en']).optional(),
  /** Everybody who subscribes to anything there, whatever the kind; for danger to life only. */
  isEveryone: z.boolean().default(false),
  /** Level of a warning; who asked for higher ones alone is left out, unless everybody is meant. */
  level: MinLevel.optional(),
})
export type Audience = z.output<typeof Audience>

const HHMM = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const QuietHoursView = z.object({
  from: HHMM.meta({ example: '21:30' }),
  to: HHMM.meta({ example: '06:00', description: 'Equal to `from`: no quiet hours' }),
})
export const ChannelOrder = z
  .array(z.enum(DELIVERY_CHANNELS))
  .max(DELIVERY_CHANNELS.length)
  .refine((channels) => new Set(channels).size === channels.length)

export const Preferences = z
  .object({ channelOrder: ChannelOrder, quietHours: QuietHoursView })
  .meta({ id: 'DeliveryPreferences' })
export type Preferences = z.output<typeof Preferences>

export const PreferencesInput = Preferences.partial()

export const SubscriptionView = z
  .object({
    id: z.uuid(),
    kind: z.enum(TOPIC_KINDS),
    label: z.string().meta({ example: 'Mực nước, lũ lụt' }),
    unitCode: z.string().optional(),
    hamletId: z.uuid().optional(),
    place: z.string().meta({ example: 'thôn Phước Yên, xã Quảng Điền' }),
    onlyLifeSafety: z
      .boolean()
      .meta({ description: 'After a stop: urgent messages about danger to life only' }),
    minLevel: MinLevel,
    levelLabel: z.string().meta({ description: 'Empty: from the first level on' }),
    since: z.string(),
  })
  .meta({ id: 'Subscription' })
export type SubscriptionView = z.output<typeof SubscriptionView>

export const SubscriptionList = z.object({
  subscriptions: z.array(SubscriptionView),
  kinds: z.array(
    z.object({
      kind: z.enum(TOPIC_KINDS),
      label: z.string(),
      example: z
        .string()
        .meta({ description: 'What such a message reads like, and when it comes' }),
      /** Empty: messages of this kind have no levels. */
      levels: z.array(z.object({ level: MinLevel, label: z.string() })),
    }),
  ),
  preferences: Preferences,
})

export const NewSubscription = z.object({
  kind: z.enum(TOPIC_KINDS),
  unitCode: UnitCode.optional(),
  hamletId: z.uuid().optional(),
  minLevel: MinLevel.optional(),
  consentVersion: z.number().int().positive().optional(),
})

export const StopAnswer = z
  .object({
    stopped: z.number().int(),
    kept: z.number().int().meta({ description: 'Left for urgent messages about danger to life' }),
    text: z.string(),
  })
  .meta({ id: 'StopAnswer' })

const InboxPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({
    kind: z.literal('fields'),
    title: z.string(),
    rows: z.array(z.object({ label: z.string(), value: z.string() })),
  }),
  z.object({ kind: z.literal('image'), mediaId: z.string(), url: z.string(), alt: z.string() }),
  z.object({ kind: z.literal('link'), label: z.string(), url: z.string() }),
])

export const InboxItemView = z
  .object({
    id: z.uuid(),
    kind: z.enum(KINDS),
    label: z.string(),
    parts: z.array(InboxPart),
    why: z.string(),
    isLifeSafety: z.boolean(),
    at: z.string(),
    readAt: z.string().nullable(),
    expiresAt: z.string().nullable(),
    isExpired: z.boolean(),
  })
  .meta({ id: 'InboxItem' })
export type InboxItemView = z.output<typeof InboxItemView>

export const InboxQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(30),
  cursor: z.string().max(60).optional(),
})

export const InboxPage = z
  .object({
    items: z.array(InboxItemView),
    unread: z.number().int(),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'InboxPage' })

export const LinkCodeView = z
  .object({ code: z.string().meta({ example: 'K7M2-QX9A' }), expiresAt: z.string() })
  .meta({ id: 'LinkCode' })

export const LinkList = z.object({
  links: z.array(
    z.object({
      id: z.uuid(),
      channel: z.string(),
      state: z.enum(['active', 'gone']),
      since: z.string(),
    }),
  ),
})

/** Why somebody does not have it: only in the inbox, left, refused by the channel, too late. */
const WhyNot = z.enum(['inbox', 'gone', 'rejected', 'expired'])

export const UnreachedSummary = z
  .object({
    groups: z
      .array(z.object({ place: z.string(), why: WhyNot, n: z.number().int() }))
      .describe('By hamlet; `inbox`: it lies in the inbox of the app, unread'),
    readers: z.number().int().describe('Opened it in the inbox; chats do not tell who read'),
  })
  .meta({ id: 'Unreached' })
export type UnreachedSummary = z.output<typeof UnreachedSummary>

export const CallList = z
  .object({
    people: z.array(
      z.object({
        place: z.string(),
        name: z.string().nullable().describe('Null: never gave one'),
        why: WhyNot,
      }),
    ),
    isMore: z.boolean(),
  })
  .meta({ id: 'CallList' })
export type CallList = z.output<typeof CallList>
