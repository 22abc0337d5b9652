import type { FlowData } from '../../../chat/flow.ts'
import type { PlaceFact } from '../../../chat/inbound.ts'
import { VULNERABLE, type Vulnerable } from '../schema.ts'

export type StepName = 'where' | 'place' | 'people' | 'vulnerable' | 'standing'

export type SosPlace = {
  label: string
  unitCode?: string
  hamletId?: string
  at?: { lng: number; lat: number }
}

/** JSON only; version of the flow is raised when this changes. */
export type SosData = {
  /** Nobody is asked to agree to anything, and no resident is made for it. */
  consentVersion: null
  /** Null until it was sent, in the turn that began it. */
  caseId: string | null
  place: SosPlace | null
  /** Their own words for the place, where nothing known was named. */
  placeWords: string | null
  candidates: PlaceFact[]
  people: number | null
  vulnerable: Vulnerable[]
  /** Water where they are, about. */
  depthCm: number | null
  phone: string | null
  /** Said since it was last kept. */
  fresh: string[]
  /** Photos that were sent since then. */
  freshMedia: string[]
  /** Each question is asked once; what stays open stays open. */
  asked: StepName[]
  ended: 'safe' | 'withdrawn' | null
}

const MAX_CANDIDATES = 6
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isPlaceFact = (value: unknown): value is PlaceFact =>
  typeof value === 'object' && value !== null && 'label' in value && isText(value.label)

export const readVulnerable = (value: unknown): Vulnerable[] =>
  Array.isArray(value) ? VULNERABLE.filter((kind) => value.includes(kind)) : []

const readDepth = (found: unknown): number | null =>
  typeof found === 'object' &&
  found !== null &&
  'depthCm' in found &&
  typeof found.depthCm === 'number'
    ? found.depthCm
    : null

/** One place that words or a pin may mean is taken; of several it is asked which. */
export function placeFrom(places: readonly PlaceFact[]): Partial<SosData> {
  const [first, ...others] = places
  if (first === undefined) return {}
  if (others.length > 0) return { candidates: places.slice(0, MAX_CANDIDATES) }
  return { place: toPlace(first), candidates: [] }
}

export const toPlace = ({ label, unitCode, hamletId, at, exact }: PlaceFact): SosPlace => ({
  label,
  ...(unitCode === undefined ? {} : { unitCode }),
  ...(hamletId === undefined ? {} : { hamletId }),
  // The middle of a commune is no place to row to.
  ...(at === undefined || !exact ? {} : { at }),
})

/** What the first words say already; anything malformed is as if not said. */
export function startSos(known: FlowData): SosData {
  const places = Array.isArray(known.places) ? known.places.filter(isPlaceFact) : []
  const said = [known.words, known.description].find(isText)
  const data: SosData = {
    consentVersion: null,
    caseId: null,
    place: null,
    placeWords: null,
    candidates: [],
    people: typeof known.people === 'number' ? known.people : null,
    vulnerable: readVulnerable(known.vulnerable),
    depthCm: readDepth(known.found),
    phone: isText(known.phone) ? known.phone : null,
    fresh: said === undefined ? [] : [said],
    freshMedia: Array.isArray(known.mediaIds) ? known.mediaIds.filter(isText) : [],
    asked: [],
    ended: null,
  }
  return { ...data, ...placeFrom(places) }
}

/** The first question that was not asked and is not answered; after them everything said is added. */
export function nextStep(data: SosData): StepName | 'done' {
  const { place, placeWords, people, vulnerable, asked, ended, candidates } = data
  if (ended !== null) return 'done'
  const isPlaced = place !== null || placeWords !== null
  const isOpen = (step: StepName) => !asked.includes(step)
  if (!isPlaced && candidates.length === 0 && people === null && isOpen('where')) return 'where'
  if (!isPlaced && isOpen('place')) return 'place'
  if (people === null && isOpen('people')) return 'people'
  if (vulnerable.length === 0 && isOpen('vulnerable')) return 'vulnerable'
  return 'standing'
}
