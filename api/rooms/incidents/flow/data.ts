import type { KnownConsent } from '../../../chat/entry.ts'
import type { FlowData } from '../../../chat/flow.ts'
import type { PlaceFact } from '../../../chat/inbound.ts'
import { clean, fold } from '../../../core/text.ts'
import { CATEGORIES } from '../data/categories.ts'
import { isAddress } from '../policy/address.ts'
import { soundsDangerous } from '../policy/danger.ts'
import { type CategoryId, MAX_DESCRIPTION, MAX_REPORT_PHOTOS } from '../schema.ts'

/** A place as the person settled it. */
export type ChosenPlace = {
  source: 'pin' | 'name' | 'hamlet' | 'address'
  label: string
  /** Their own words, when they say more than the label. */
  words?: string
  lng?: number
  lat?: number
  unitCode?: string
  hamletId?: string
}

export type StepName =
  | 'consent'
  | 'category'
  | 'place'
  | 'place_choice'
  | 'description'
  | 'photos'
  | 'review'
  | 'similar'

/** What the words say of the water and of those who are there. */
export type ReportFound = {
  depthCm: number | null
  people: number | null
  vulnerable: readonly string[]
}

/** An open case near the place of a report, in words. */
export type SimilarFact = { code: string; label: string }

/** JSON only; version of the flow is raised when this changes. */
export type ReportData = {
  consent: KnownConsent | null
  consentVersion: number | null
  /** The whole text was asked for; the short one is shown first. */
  showsFullConsent: boolean
  hasDeclined: boolean
  category: CategoryId | null
  showsAllCategories: boolean
  place: ChosenPlace | null
  /** Places to choose from, while the answer was ambiguous. */
  candidates: PlaceFact[]
  pin: { lng: number; lat: number } | null
  placeWords: string | null
  /** Read in their words; shown at the review, so that a wrong reading is seen. */
  found: ReportFound
  description: string | null
  mediaIds: string[]
  droppedPhotos: number
  isPhotosDone: boolean
  isUrgent: boolean
  hidesIdentity: boolean
  /** The step that shows whom to call first. */
  warnAt: string | null
  isConfirmed: boolean
  /** Asked about once, before it is sent. */
  similar: SimilarFact[]
  hasSeenSimilar: boolean
  /** They chose to follow this one instead. */
  followCode: string | null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isText = (value: unknown): value is string => typeof value === 'string'

function readConsent(value: unknown): KnownConsent | null {
  if (!isRecord(value)) return null
  const { version, given, body } = value
  return typeof version === 'number' && isText(body)
    ? { version, given: given === true, body }
    : null
}

const isCount = (value: unknown): value is number => typeof value === 'number' && value > 0

/** Anything malformed is as if it was not read. */
export function readFound(known: FlowData): ReportFound & { address: string | null } {
  const { people, vulnerable } = known
  const { address, depthCm } = isRecord(known.found) ? known.found : {}
  return {
    address: isText(address) ? clean(address).slice(0, MAX_PLACE_WORDS) : null,
    depthCm: isCount(depthCm) ? depthCm : null,
    people: isCount(people) ? people : null,
    vulnerable: Array.isArray(vulnerable) ? vulnerable.filter(isText) : [],
  }
}

/** What later words add; what they do not say stays. */
export const withFound = (known: ReportFound, facts: FlowData): ReportFound => {
  const { depthCm, people, vulnerable } = readFound(facts)
  return {
    depthCm: depthCm ?? known.depthCm,
    people: people ?? known.people,
    vulnerable: [...new Set([...known.vulnerable, ...vulnerable])],
  }
}

const isPlaceFact = (value: unknown): value is PlaceFact =>
  isRecord(value) && isText(value.label) && typeof value.exact === 'boolean'

export const readCategory = (value: unknown): CategoryId | null =>
  isText(value) ? (CATEGORIES.get(value)?.id ?? null) : null

const MIN_WORDS = 3
export const MAX_CANDIDATES = 6
export const MAX_PLACE_WORDS = 200

/** A story, not a command or a single word: what an opening message must be to stand as the description. */
export function readStory(value: unknown): string | null {
  if (!isText(value)) return null
  const story = clean(value)
  const isStory = story.split(/\s+/).length >= MIN_WORDS && story.length <= MAX_DESCRIPTION
  return isStory ? story : null
}

function readCry(value: unknown): string | null {
  const words = isText(value) ? clean(value) : ''
  return words === '' || words.length > MAX_DESCRIPTION ? null : words
}

/** Photos added to those there are; never more than a report takes, none twice. */
export function withPhotos(
  data: ReportData,
  mediaIds: readonly string[],
): Pick<ReportData, 'mediaIds' | 'droppedPhotos'> {
  const all = [...new Set([...data.mediaIds, ...mediaIds])]
  return {
    mediaIds: all.slice(0, MAX_REPORT_PHOTOS),
    droppedPhotos: Math.max(0, all.length - MAX_REPORT_PHOTOS),
  }
}

function sourceOf(fact: PlaceFact, pin: unknown, words: string): ChosenPlace['source'] {
  if (pin !== null) return 'pin'
  if (fact.hamletId !== undefined) return 'hamlet'
  return isAddress(words) ? 'address' : 'name'
}

/** A looked-up place as the report keeps it. A pin keeps its own point and takes the unit from the fact. */
export function toPlace(
  fact: PlaceFact,
  pin: { lng: number; lat: number } | null,
  words: string | null,
): ChosenPlace {
  const at = pin ?? fact.at
  const own = words === null ? '' : clean(words).slice(0, MAX_PLACE_WORDS)
  return {
    source: sourceOf(fact, pin, own),
    label: fact.label,
    // "quang tho" says no more than "xã Quảng Thọ"; "trước cổng chùa Quảng Thọ" does.
    ...(fold(fact.label).includes(fold(own)) ? {} : { words: own }),
    ...(at === undefined ? {} : { lng: at.lng, lat: at.lat }),
    ...(fact.unitCode === undefined ? {} : { unitCode: fact.unitCode }),
    ...(fact.hamletId === undefined || pin !== null ? {} : { hamletId: fact.hamletId }),
  }
}

/** What is already known when the flow starts; anything malformed is as if not known. */
export function startReport(known: FlowData): ReportData {
  const consent = readConsent(known.consent)
  const places = Array.isArray(known.places) ? known.places.filter(isPlaceFact) : []
  const only = places.length === 1 && places[0]?.exact ? places[0] : undefined
  const isDangerous =
    known.urgency === 'urgent' || (isText(known.description) && soundsDangerous(known.description))
  // "cứu với" is story enough.
  const description =
    readStory(known.description) ?? (isDangerous ? readCry(known.description) : null)
  const { address, ...found } = readFound(known)
  const mediaIds = Array.isArray(known.mediaIds) ? known.mediaIds.filter(isText) : []
  const data: ReportData = {
    consent,
    consentVersion: consent?.given === true ? consent.version : null,
    showsFullConsent: false,
    hasDeclined: false,
    category: readCategory(known.category) ?? readCategory(known.payload),
    showsAllCategories: false,
    place: only === undefined ? null : toPlace(only, null, address),
    candidates: only === undefined ? places.slice(0, MAX_CANDIDATES) : [],
    pin: null,
    placeWords: address,
    found,
    description,
    mediaIds: [],
    droppedPhotos: 0,
    isPhotosDone: false,
    isUrgent: isDangerous,
    hidesIdentity: true,
    warnAt: null,
    isConfirmed: false,
    similar: [],
    hasSeenSimilar: false,
    followCode: null,
  }
  const withMedia = { ...data, ...withPhotos(data, mediaIds) }
  return isDangerous ? { ...withMedia, warnAt: nextStep(withMedia) } : withMedia
}

/** The first question that is still open; `review` when none is, `done` once it was sent or declined. */
export function nextStep(data: ReportData): StepName | 'done' {
  if (data.hasDeclined) return 'done'
  if (data.consent !== null && data.consentVersion === null) return 'consent'
  if (data.category === null) return 'category'
  if (data.candidates.length > 0) return 'place_choice'
  if (data.place === null) return 'place'
  if (data.description === null) return 'description'
  // In danger nobody looks for a photo: it can be added at the review.
  if (!data.isPhotosDone && !data.isUrgent && data.mediaIds.length === 0) return 'photos'
  return data.isConfirmed ? 'done' : 'review'
}
