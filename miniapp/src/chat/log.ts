import type { Message } from '../../../api/chat/message.ts'
import type { Language } from '../../../locales/index.ts'

/** What the person sent. Photos keep a small picture of themselves, because their own files are private. */
export type OwnBody =
  | { kind: 'start' }
  | { kind: 'text'; text: string }
  | { kind: 'choice'; id: string; label: string }
  | { kind: 'photos'; mediaIds: readonly string[]; thumbs: readonly string[] }
  | { kind: 'location'; lat: number; lng: number }

/** `queued` waits for the network, `refused` will not be taken as it is. */
export type OwnState = 'queued' | 'sending' | 'sent' | 'refused'

export type Trouble = { text: string; supportCode?: string }

/** `id` is made here once and kept through every resend: the server answers it once. */
export type Own = {
  kind: 'own'
  id: string
  body: OwnBody
  state: OwnState
  /** Language at the time of writing; part of the message, so that a resend is the same. */
  language: Language
  isHidden?: true
  trouble?: Trouble
}

/** `id` is the server's for what came unasked, `<own id>#<n>` for an answer. */
export type Said = { kind: 'said'; id: string; at?: string; message: Message }

export type Entry = Own | Said
export type ChatLog = { entries: readonly Entry[]; cursor?: string }

/** One row of `GET /chat/messages`. */
export type Pushed = { id: string; at: string; message: Message }

export const EMPTY_LOG: ChatLog = { entries: [] }

/** Older entries leave the device; the server keeps its own record. */
const MAX_ENTRIES = 300

const cut = (entries: readonly Entry[]) => entries.slice(-MAX_ENTRIES)

export const addOwn = (log: ChatLog, own: Own): ChatLog => ({
  ...log,
  entries: cut([...log.entries, own]),
})

/** Changes one own entry; an unknown id changes nothing. */
export const patchOwn = (log: ChatLog, id: string, patch: Partial<Omit<Own, 'kind'>>): ChatLog => ({
  ...log,
  entries: log.entries.map((entry) =>
    entry.kind === 'own' && entry.id === id ? { ...entry, ...patch } : entry,
  ),
})

/** The answer to `ownId`; adding it again changes nothing. */
export function addAnswer(log: ChatLog, ownId: string, messages: readonly Message[]): ChatLog {
  if (log.entries.some((entry) => entry.id === `${ownId}#0`)) return log
  const said = messages.map((message, i): Said => ({ kind: 'said', id: `${ownId}#${i}`, message }))
  return { ...log, entries: cut([...log.entries, ...said]) }
}

/** Rows that came without being asked for; one that is here already is skipped. */
export function addPushed(log: ChatLog, rows: readonly Pushed[], cursor?: string): ChatLog {
  const known = new Set(log.entries.map((entry) => entry.id))
  const said = rows
    .filter((row) => !known.has(row.id))
    .map((row): Said => ({ kind: 'said', ...row }))
  return {
    entries: cut([...log.entries, ...said]),
    ...(cursor === undefined ? {} : { cursor }),
  }
}

/** The first entry that is still to be sent; the order in which a person writes is kept. */
export const nextUnsent = (log: ChatLog): Own | undefined =>
  log.entries.find(
    (entry): entry is Own =>
      entry.kind === 'own' && (entry.state === 'queued' || entry.state === 'sending'),
  )

/** Messages of Loa since the person last said something: what the simulator shows. */
export function latestAnswer(log: ChatLog): readonly Message[] {
  const lastOwn = log.entries.findLastIndex((entry) => entry.kind === 'own')
  const after = log.entries.slice(lastOwn + 1)
  const said = after.length > 0 ? after : log.entries.filter((e) => e.kind === 'said').slice(-1)
  return said.flatMap((entry) => (entry.kind === 'said' ? [entry.message] : []))
}

/** Buttons stay live until the person says something else. */
export const isLive = (log: ChatLog, index: number): boolean =>
  !log.entries.slice(index + 1).some((entry) => entry.kind === 'own')

/** Narrow check of what the device kept; anything odd starts an empty log. */
export const isChatLog = (value: unknown): value is ChatLog =>
  typeof value === 'object' &&
  value !== null &&
  'entries' in value &&
  Array.isArray(value.entries) &&
  value.entries.every(
    (entry: unknown) =>
      typeof entry === 'object' &&
      entry !== null &&
      'id' in entry &&
      typeof entry.id === 'string' &&
      (('message' in entry && 'kind' in entry && entry.kind === 'said') ||
        ('body' in entry && 'kind' in entry && entry.kind === 'own')),
  )
