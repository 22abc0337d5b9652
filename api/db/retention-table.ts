/** What is kept how long. `days` counts from `from`; null: until what `outcome` says. */
export type Kept = {
  kept: KeptClass
  what: string
  days: number | null
  from: string
  outcome: string
  /** Name of the background job that sees to it; null: nothing to do. */
  job: string | null
}

export type Bounds = { days: number; least: number; most: number }

/**
 * Terms that an administrator may change, with what ships and how far. Law 91/2025/QH15 asks for data to go when its
 * purpose is fulfilled and names no number of days; where the consent texts name one, that is the most. The least is
 * what a procedure still needs.
 */
export const TERMS = {
  /** Least: the question after closing may still be answered. Most: ours, a year is longer than any case's purpose. */
  cases: { days: 180, least: 30, most: 365 },
  /** Least: a review of the night of a flood. Most: as of cases. */
  calls: { days: 180, least: 30, most: 365 },
  /** Least: platforms repeat, and let us answer, for seven days. Most: what the consent text says. */
  inbound: { days: 30, least: 7, most: 30 },
  outbound: { days: 30, least: 7, most: 30 },
  /** Words of nobody, masked. Least: somebody looks at them each month. Most: ours. */
  misread: { days: 90, least: 30, most: 180 },
  explained: { days: 365, least: 30, most: 730 },
} as const satisfies Record<string, Bounds>
export type TermClass = keyof typeof TERMS

/** What the jobs do always alike, or nothing ends. */
export const FIXED = [
  'public_record',
  'consents',
  'audit',
  'appointments',
  'cap_feeds',
  'flood_depths',
  'scams',
  'help_at_home',
  'learning',
  'inbox',
  'interactions',
  'orphans',
  'failed',
  'repeats',
  'sessions',
  'link_codes',
  'rate_limits',
  'pace',
] as const
export type KeptClass = TermClass | (typeof FIXED)[number]

/** The retention table as it ships; what an installation dates for itself stands in `retention_term`. */
export const RETENTION_SINCE = '2026-11-27'
export const RETENTION: readonly Kept[] = [
  {
    kept: 'cases',
    what: 'who sent a report and its photos, its one-time secret, its followers, its numbers and addresses at a partner',
    days: TERMS.cases.days,
    from: 'end of the case',
    outcome: 'removed',
    job: 'incidents-retention',
  },
  {
    kept: 'cases',
    what: 'exact point and words of a private place',
    days: TERMS.cases.days,
    from: 'end of the case',
    outcome: 'only the point rounded to about 100 m',
    job: 'incidents-retention',
  },
  {
    kept: 'cases',
    what: 'words of the sender, of notes and of answers',
    days: TERMS.cases.days,
    from: 'end of the case',
    outcome: 'names, numbers and houses masked for good',
    job: 'incidents-retention',
  },
  {
    kept: 'cases',
    what: 'photos of a report that were never published',
    days: TERMS.cases.days,
    from: 'end of the case',
    outcome: 'deleted',
    job: 'incidents-retention',
  },
  {
    kept: 'cases',
    what: 'photos as they came, where an official covered faces or plates',
    days: TERMS.cases.days,
    from: 'end of the case',
    outcome: 'only the covered photo stays',
    job: 'incidents-retention',
  },
  {
    kept: 'public_record',
    what: 'the public part of a case: masked words, answer, published photos, times',
    days: null,
    from: '',
    outcome: 'kept: the public record of what the office did',
    job: null,
  },
  {
    kept: 'public_record',
    what: 'rating, and the answer to the question after closing (numbers)',
    days: null,
    from: '',
    outcome: 'kept with the case, which no longer leads to its sender',
    job: null,
  },
  {
    kept: 'public_record',
    what: 'what an official was to notice of a case (kinds and times)',
    days: null,
    from: '',
    outcome: 'kept with the case: ids and codes alone',
    job: null,
  },
  {
    kept: 'calls',
    what: 'who called for rescue: chat, secret, words, photos, exact point, phone',
    days: TERMS.calls.days,
    from: 'end of the call',
    outcome: 'removed; people, times and office stay',
    job: 'sos-retention',
  },
  {
    kept: 'orphans',
    what: 'photos that nobody attached',
    days: 1,
    from: 'upload',
    outcome: 'deleted',
    job: 'media-orphans',
  },
  {
    kept: 'inbound',
    what: 'bodies of chat events and of their answers',
    days: TERMS.inbound.days,
    from: 'receipt',
    outcome: 'emptied, key and hash stay',
    job: 'inbound-bodies',
  },
  {
    kept: 'misread',
    what: 'messages that were not understood (masked, of nobody)',
    days: TERMS.misread.days,
    from: 'last such message',
    outcome: 'deleted',
    job: 'misread',
  },
  {
    kept: 'explained',
    what: 'such messages that officials explained',
    days: TERMS.explained.days,
    from: 'last such message',
    outcome: 'deleted',
    job: 'misread',
  },
  {
    kept: 'failed',
    what: 'bodies of chat events whose turn failed six times',
    days: 30,
    from: 'receipt',
    outcome: 'deleted',
    job: 'channel-waiting-tidy',
  },
  {
    kept: 'outbound',
    what: 'bodies of messages sent',
    days: TERMS.outbound.days,
    from: 'sending',
    outcome: 'emptied, key and result stay',
    job: 'outbox-bodies',
  },
  {
    kept: 'repeats',
    what: 'answers kept for a repeated request',
    days: 30,
    from: 'request',
    outcome: 'emptied, key stays',
    job: 'idempotency',
  },
  {
    kept: 'appointments',
    what: 'appointments at a desk',
    days: 90,
    from: 'day of the appointment',
    outcome: 'deleted',
    job: 'appointments-close',
  },
  {
    kept: 'inbox',
    what: 'inbox of the mini-app',
    days: 180,
    from: 'message',
    outcome: 'deleted',
    job: 'inbox',
  },
  {
    kept: 'interactions',
    what: 'when a channel was last used for what',
    days: 365,
    from: 'last use',
    outcome: 'deleted',
    job: 'interactions',
  },
  {
    kept: 'sessions',
    what: 'sessions',
    days: 0,
    from: 'expiry',
    outcome: 'deleted',
    job: 'expired-sessions',
  },
  {
    kept: 'link_codes',
    what: 'codes that link chats',
    days: 0,
    from: 'expiry',
    outcome: 'deleted',
    job: 'link-codes',
  },
  {
    kept: 'rate_limits',
    what: 'counters of rate limits',
    days: 1,
    from: 'window',
    outcome: 'deleted',
    job: 'rate-limits',
  },
  {
    kept: 'pace',
    what: 'counters of channel limits',
    days: 70,
    from: 'window',
    outcome: 'deleted',
    job: 'pace',
  },
  {
    kept: 'consents',
    what: 'consents given and withdrawn',
    days: null,
    from: '',
    outcome: 'kept as proof; after erasure they lead to nobody',
    job: null,
  },
  {
    kept: 'public_record',
    what: 'issued warnings and levels told',
    days: null,
    from: '',
    outcome: 'kept: the public record of who was warned of what',
    job: null,
  },
  {
    kept: 'cap_feeds',
    what: 'warnings of other senders, brought by their feeds',
    days: 90,
    from: 'end of the warning',
    outcome: 'deleted',
    job: 'cap-feeds-purge',
  },
  {
    kept: 'scams',
    what: 'addresses, numbers and accounts reported as a scam, without words or sender, that nobody decided on or that were put aside',
    days: 180,
    from: 'last report',
    outcome: 'deleted',
    job: 'scams',
  },
  {
    kept: 'public_record',
    what: 'addresses, numbers and accounts that officials listed as a scam or as official',
    days: null,
    from: '',
    outcome:
      'kept: what residents are warned of; an official puts it aside when it no longer holds',
    job: null,
  },
  {
    kept: 'public_record',
    what: 'sessions, visits and trainings of the community digital team (counts by hamlet)',
    days: null,
    from: '',
    outcome: 'kept: numbers of people, nobody’s name',
    job: null,
  },
  {
    kept: 'help_at_home',
    what: 'who asked for help at home: chat, name, house, phone',
    days: 30,
    from: 'end of the request',
    outcome: 'removed; hamlet, lesson and times stay',
    job: 'help-at-home',
  },
  {
    kept: 'learning',
    what: 'lessons that a person agreed to have kept: which, when, how many answers right',
    days: null,
    from: '',
    outcome: 'kept until its person deletes it or takes the consent back',
    job: null,
  },
  {
    kept: 'flood_depths',
    what: 'depths of water that residents pressed, with a digest in place of who',
    days: 1,
    from: 'when it was said',
    outcome: 'deleted',
    job: 'flood-depths',
  },
  {
    kept: 'audit',
    what: 'audit rows (ids, field names and codes, no values)',
    days: null,
    from: '',
    outcome: 'kept and sealed',
    job: null,
  },
]
