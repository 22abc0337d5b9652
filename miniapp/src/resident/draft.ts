import { useEffect, useState } from 'preact/hooks'
import { idFactory } from '../../../api/core/ids.ts'
import type { CategoryId, CreateIncident } from '../../../api/rooms/incidents/schema.ts'
import { readJson, removeKey, writeJson } from '../shared/storage.ts'

const KEY = 'loa.draft'
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
    Array.isArray(d.photos) &&
    d.photos.every((photo) => typeof photo.id === 'string') &&
    typeof d.description === 'string' &&
    typeof d.placeDetail === 'string' &&
    typeof d.hidesIdentity === 'boolean'
  )
}

let draft: Draft | undefined
const listeners = new Set<() => void>()

function put(next: Draft): void {
  draft = next
  for (const listener of listeners) listener()
}

export function currentDraft(): Draft {
  draft ??= readJson(KEY, isDraft) ?? emptyDraft()
  return draft
}

/** Changes the draft and keeps it on the device at once. */
export function changeDraft(change: Partial<Draft>): void {
  const next = { ...currentDraft(), ...change }
  writeJson(KEY, next)
  put(next)
}

/** A refused report becomes a draft again: what is sent next is another report to the server. */
export function restoreDraft(refused: Draft): void {
  changeDraft({ ...refused, key: newId() })
}

/** Lets the draft go; its photos stay as long as a waiting report has them (`tidyPhotos`). */
export function discardDraft(): void {
  removeKey(KEY)
  put(emptyDraft())
}

/** Whether anything was put into it. */
export const hasDraft = (d: Draft = currentDraft()): boolean =>
  d.photos.length > 0 || d.place !== undefined || d.category !== undefined || d.description !== ''

/** The draft, redrawn at each change. */
export function useDraft(): Draft {
  const [, redraw] = useState(0)
  useEffect(() => {
    const listener = () => redraw((n) => n + 1)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [])
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
