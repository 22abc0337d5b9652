/** What is kept how long. `days` counts from `from`; null: until what `until` says. */
export type Kept = {
  what: string
  days: number | null
  from: string
  outcome: string
  /** Name of the background job that sees to it; null: nothing to do. */
  job: string | null
}

/**
 * The retention table of this installation. Law 91/2025/QH15 asks for data to go when its purpose is fulfilled, and
 * leaves the periods to whoever keeps it: these are ours, and a change of one is a new date here.
 */
export const RETENTION_SINCE = '2026-11-27'
export const RETENTION: readonly Kept[] = [
  {
    what: 'who sent a report and its photos, its one-time secret, its followers, its numbers and addresses at a partner',
    days: 180,
    from: 'end of the case',
    outcome: 'removed',
    job: 'incidents-retention',
  },
  {
    what: 'exact point and words of a private place',
    days: 180,
    from: 'end of the case',
    outcome: 'only the point rounded to about 100 m',
    job: 'incidents-retention',
  },
  {
    what: 'words of the sender, of notes and of answers',
    days: 180,
    from: 'end of the case',
    outcome: 'names, numbers and houses masked for good',
    job: 'incidents-retention',
  },
  {
    what: 'photos of a report that were never published',
    days: 180,
    from: 'end of the case',
    outcome: 'deleted',
    job: 'incidents-retention',
  },
  {
    what: 'photos as they came, where an official covered faces or plates',
    days: 180,
    from: 'end of the case',
    outcome: 'only the covered photo stays',
    job: 'incidents-retention',
  },
  {
    what: 'the public part of a case: masked words, answer, published photos, times',
    days: null,
    from: '',
    outcome: 'kept: the public record of what the office did',
    job: null,
  },
  {
    what: 'rating, and the answer to the question after closing (numbers)',
    days: null,
    from: '',
    outcome: 'kept with the case, which no longer leads to its sender',
    job: null,
  },
  {
    what: 'what an official was to notice of a case (kinds and times)',
    days: null,
    from: '',
    outcome: 'kept with the case: ids and codes alone',
    job: null,
  },
  {
    what: 'who called for rescue: chat, secret, words, exact point, phone',
    days: 180,
    from: 'end of the call',
    outcome: 'removed; people, times and office stay',
    job: 'sos-retention',
  },
  {
    what: 'photos that nobody attached',
    days: 1,
    from: 'upload',
    outcome: 'deleted',
    job: 'media-orphans',
  },
  {
    what: 'bodies of chat events and of their answers',
    days: 30,
    from: 'receipt',
    outcome: 'emptied, key and hash stay',
    job: 'inbound-bodies',
  },
  {
    what: 'messages that were not understood (masked, of nobody)',
    days: 90,
    from: 'last such message',
    outcome: 'deleted',
    job: 'misread',
  },
  {
    what: 'such messages that officials explained',
    days: 365,
    from: 'last such message',
    outcome: 'deleted',
    job: 'misread',
  },
  {
    what: 'bodies of chat events whose turn failed six times',
    days: 30,
    from: 'receipt',
    outcome: 'deleted',
    job: 'channel-waiting-tidy',
  },
  {
    what: 'bodies of messages sent',
    days: 30,
    from: 'sending',
    outcome: 'emptied, key and result stay',
    job: 'outbox-bodies',
  },
  {
    what: 'answers kept for a repeated request',
    days: 30,
    from: 'request',
    outcome: 'emptied, key stays',
    job: 'idempotency',
  },
  {
    what: 'appointments at a desk',
    days: 90,
    from: 'day of the appointment',
    outcome: 'deleted',
    job: 'appointments-close',
  },
  { what: 'inbox of the mini-app', days: 180, from: 'message', outcome: 'deleted', job: 'inbox' },
  {
    what: 'when a channel was last used for what',
    days: 365,
    from: 'last use',
    outcome: 'deleted',
    job: 'interactions',
  },
  { what: 'sessions', days: 0, from: 'expiry', outcome: 'deleted', job: 'expired-sessions' },
  { what: 'codes that link chats', days: 0, from: 'expiry', outcome: 'deleted', job: 'link-codes' },
  {
    what: 'counters of rate limits',
    days: 1,
    from: 'window',
    outcome: 'deleted',
    job: 'rate-limits',
  },
  { what: 'counters of channel limits', days: 70, from: 'window', outcome: 'deleted', job: 'pace' },
  {
    what: 'consents given and withdrawn',
    days: null,
    from: '',
    outcome: 'kept as proof; after erasure they lead to nobody',
    job: null,
  },
  {
    what: 'issued warnings and levels told',
    days: null,
    from: '',
    outcome: 'kept: the public record of who was warned of what',
    job: null,
  },
  {
    what: 'warnings of other senders, brought by their feeds',
    days: 90,
    from: 'end of the warning',
    outcome: 'deleted',
    job: 'cap-feeds-purge',
  },
  {
    what: 'audit rows (ids, field names and codes, no values)',
    days: null,
    from: '',
    outcome: 'kept and sealed',
    job: null,
  },
]
