import type { CreatedIncident, CreateIncident } from '../../../api/rooms/incidents/schema.ts'

/** A photo as it goes out; the picture itself lies in the store under `id`. */
export type QueuedPhoto = { id: string; mediaId?: string; uploadSecret?: string }

/** Why the server refused a report for good; the person decides what to do. */
export type Refusal = { status: number; code: string; detail?: string; requestId?: string }

/** A report on its way. All of it is on the disk before the first request, so that a killed browser changes nothing. */
export type Entry<Draft = unknown> = {
  /** Idempotency key: however often it is sent, one report comes of it. */
  key: string
  queuedAt: string
  /** Sent as it was written: with the same address, language and session each time. */
  apiBase: string
  headers: Record<string, string>
  report: Omit<CreateIncident, 'media'>
  photos: readonly QueuedPhoto[]
  /** The body of the first try; from then on nothing of it changes. */
  body?: CreateIncident
  /** Its photos were uploaded a second time. */
  isRenewed?: true
  /** The draft as the person knows it, to go back to after a refusal. */
  draft: Draft
  refusal?: Refusal
}

/** A report that arrived, until the page has put it among the own cases. */
export type Sent = { key: string; created: CreatedIncident; category: string; sentAt: string }

/** Where entries live; each call is one transaction. */
export type QueueStore = {
  entries: () => Promise<Entry[]>
  save: (entry: Entry) => Promise<unknown>
  photo: (id: string) => Promise<Blob | undefined>
  /** Takes the entry and its photos away and keeps what was answered. */
  finish: (entry: Entry, sent: Sent) => Promise<unknown>
}

/** What the server answered, or that it did not. */
export type Reply<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }
export type QueueApi = {
  upload: (entry: Entry, photo: Blob) => Promise<Reply<{ mediaId: string; uploadSecret?: string }>>
  create: (entry: Entry, body: CreateIncident) => Promise<Reply<CreatedIncident>>
}

export type Outcome =
  | { kind: 'sent'; key: string; created: CreatedIncident }
  | { kind: 'refused'; key: string; refusal: Refusal }
  /** No answer, or one that may be better later. */
  | { kind: 'later'; key: string }

/** No answer at all (0), too many requests, a server in trouble: nothing is known to be wrong with the report. */
const isForLater = ({ status }: Refusal): boolean =>
  status === 0 || status === 408 || status === 429 || status >= 500

/** Uploads wait a day for their report; after that they have to be sent again. */
const PHOTO_GONE = 'files.not_found'

/**
 * Sends what waits, the oldest first. Stops at the first that has to wait: there is no signal for the next one either.
 * One caller at a time (see `flushQueue`); a second one at once would still make one report, by its key.
 */
export async function flush(store: QueueStore, api: QueueApi, now: () => Date): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const waiting = (await store.entries()).filter(({ refusal }) => refusal === undefined)
  for (const entry of waiting.sort((a, b) => (a.queuedAt < b.queuedAt ? -1 : 1))) {
    const outcome = await sendOne(entry, store, api, now)
    outcomes.push(outcome)
    if (outcome.kind === 'later') break
  }
  return outcomes
}

async function sendOne(
  entry: Entry,
  store: QueueStore,
  api: QueueApi,
  now: () => Date,
): Promise<Outcome> {
  const { key } = entry
  const ready = await withPhotos(entry, store, api)
  if (!ready.ok) return refused(entry, ready.refusal, store)
  const reply = await api.create(ready.value, ready.value.body)
  if (reply.ok) {
    const sentAt = now().toISOString()
    const { category } = entry.report
    await store.finish(entry, { key, created: reply.value, category, sentAt })
    return { kind: 'sent', key, created: reply.value }
  }
  if (reply.refusal.code === PHOTO_GONE && entry.isRenewed !== true) {
    // A definite no: nothing came of that body, so another one may go out under the same key.
    const { body: _, ...rest } = entry
    const photos = entry.photos.map(({ id }) => ({ id }))
    const renewed = { ...rest, photos, isRenewed: true as const }
    await store.save(renewed)
    return sendOne(renewed, store, api, now)
  }
  return refused(ready.value, reply.refusal, store)
}

async function refused(entry: Entry, refusal: Refusal, store: QueueStore): Promise<Outcome> {
  if (isForLater(refusal)) return { kind: 'later', key: entry.key }
  await store.save({ ...entry, refusal })
  return { kind: 'refused', key: entry.key, refusal }
}

/** The entry with all photos uploaded and its body fixed; each step is saved before the next. */
async function withPhotos(
  entry: Entry,
  store: QueueStore,
  api: QueueApi,
): Promise<Reply<Entry & { body: CreateIncident }>> {
  if (entry.body !== undefined) return { ok: true, value: { ...entry, body: entry.body } }
  let current = entry
  for (const { id, mediaId } of entry.photos) {
    if (mediaId !== undefined) continue
    const blob = await store.photo(id)
    // The device threw it away: the report goes without it rather than never.
    const reply = blob && (await api.upload(current, blob))
    if (reply && !reply.ok) return reply
    const photos = current.photos.flatMap((photo) => {
      if (photo.id !== id) return [photo]
      return reply ? [{ id, ...reply.value }] : []
    })
    current = { ...current, photos }
    await store.save(current)
  }
  const media = current.photos.flatMap(({ mediaId, uploadSecret }) =>
    mediaId === undefined ? [] : [{ mediaId, ...(uploadSecret ? { uploadSecret } : {}) }],
  )
  const body = { ...current.report, media }
  await store.save({ ...current, body })
  return { ok: true, value: { ...current, body } }
}
