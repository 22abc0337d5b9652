import { idFactory } from '../../../api/core/ids.ts'
import type { CategoryId, CreateIncident } from '../../../api/rooms/incidents/schema.ts'
import { get, put as putOnDisk, remove } from '../offline/idb.ts'
import { readJson, removeKey, writeJson } from '../shared/storage.ts'
import { useChanges } from '../shared/use-changes.ts'

const KEY = 'loa.draft'
/** Same as the API's limits of a report, whose file would bring the whole validator into the page. */
export const MAX_PHOTOS = 5
export const MAX_DESCRIPTION = 4_000
export const newId = idFactory(
  () => new Date(),
  (length) => crypto.getRandomValues(new Uint8Array(length)),
)

export type DraftPhoto = {
  /** Where the picture lies on this device. */
  id: string
  /** Set once the server has it too. */
  mediaId?: string
  uploadSecret?: string
  /** Small `data:` picture; empty when this browser could not decode the file. */
  thumb: string
  taken?: { lng: number; lat: number }
}

type DraftPlace = {
  source: 'pin' | 'photo' | 'name' | 'hamlet'
  /** What the reader chose, in words. */
  label: string
  lng?: number
  lat?: number
  unitCode?: string
  hamletId?: string
}

export type Draft = {
  /** Idempotency key of the report that it becomes. */
  key: string
  /** Milliseconds since 1970: of two copies the later one is the draft. */
  changedAt: number
  photos: DraftPhoto[]
  place?: DraftPlace
  /** Directions in words: "trước nhà văn hóa". */
  placeDetail: string
  isPrivatePlace: boolean
  category?: CategoryId
  description: string
  isUrgent: boolean
  hidesIdentity: boolean
}

const emptyDraft = (): Draft => ({
  key: newId(),
  changedAt: 0,
  photos: [],
  placeDetail: '',
  isPrivatePlace: false,
  description: '',
  isUrgent: false,
  hidesIdentity: true,
})

const isDraft = (value: unknown): value is Draft => {
  const d = value as Partial<Draft> | null
  return (
    !!d &&
    typeof d.key === 'string' &&
    typeof d.changedAt === 'number' &&
    Array.isArray(d.photos) &&
    d.photos.every((photo) => typeof photo.id === 'string') &&
    typeof d.description === 'string' &&
    typeof d.placeDetail === 'string' &&
    typeof d.hidesIdentity === 'boolean'
  )
}

let draft: Draft | undefined
const listeners = new Set<() => void>()

function put(next: Draft | undefined): void {
  draft = next
  for (const listener of listeners) listener()
}

export function currentDraft(): Draft {
  draft ??= readJson(KEY, isDraft) ?? emptyDraft()
  return draft
}

/**
 * Finds the draft that an earlier visit left; await it before the first page. Browsers write local storage to the disk
 * seconds later, so after a kill the database may know more; where there is no database, local storage is what is left.
 */
export async function startDraft(): Promise<void> {
  const onDisk = await get<unknown>('draft', KEY)
  if (isDraft(onDisk) && onDisk.changedAt > currentDraft().changedAt) put(onDisk)
  // Another tab wrote on: both show the same draft, so that neither sends an old one.
  addEventListener('storage', (event) => {
    if (event.key === KEY || event.key === null) put(undefined)
  })
}

/** Changes the draft and keeps it on the device at once. */
export function changeDraft(change: Partial<Draft>): void {
  const next = { ...currentDraft(), ...change, changedAt: Date.now() }
  writeJson(KEY, next)
  putOnDisk('draft', KEY, next)
  put(next)
}

/** A refused report becomes a draft again: what is sent next is another report to the server. */
export function restoreDraft(refused: Draft): void {
  changeDraft({ ...refused, key: newId() })
}

/** Lets the draft go; its photos stay as long as a waiting report has them (`tidy` of the outbox). */
export function discardDraft(): void {
  removeKey(KEY)
  remove('draft', KEY)
  put(emptyDraft())
}

/** Whether anything was put into it. */
export const hasDraft = (d: Draft = currentDraft()): boolean =>
  d.photos.length > 0 || d.place !== undefined || d.category !== undefined || d.description !== ''

/** The draft, redrawn at each change. */
export function useDraft(): Draft {
  useChanges(listeners)
  return currentDraft()
}

export type Missing = 'place' | 'category' | 'description'

/** What still keeps a draft from being sent, in the order of the form. */
export function missingParts(d: Draft): Missing[] {
  const missing: Missing[] = []
  if (d.place === undefined) missing.push('place')
  if (d.category === undefined) missing.push('category')
  if (d.description.trim() === '') missing.push('description')
  return missing
}

/** The body of POST /incidents but its photos; call it only when nothing is missing. */
export function reportOf(d: Draft, consentVersion: number): Omit<CreateIncident, 'media'> {
  const { label, ...place } = d.place ?? { source: 'name' as const, label: '' }
  const detail = d.placeDetail.trim()
  // The words that were chosen go along: for a name they are the place itself.
  const text = [detail, place.source === 'name' ? label : ''].filter(Boolean).join(', ')
  return {
    category: d.category ?? 'other',
    description: d.description.trim(),
    place: {
      ...place,
      ...(text === '' ? {} : { text }),
      ...(d.isPrivatePlace ? { isPrivate: true } : {}),
    },
    urgency: d.isUrgent ? 'urgent' : 'normal',
    hidesIdentity: d.hidesIdentity,
    consentVersion,
  }
}
