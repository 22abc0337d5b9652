import type { CapAlert, CapInfo } from '../../../core/cap/alert.ts'
import type { LngLat } from '../../../core/geo.ts'
import type { AlertArea } from '../../../db/schema-alerts.ts'
import type { ForeignWords } from '../../../db/schema-cap.ts'
import { type AlertKind, HEADLINE_MAX } from '../schema.ts'

/** What we keep of a warning that another sender published. */
export type ForeignReading = {
  isPublic: boolean
  kind: AlertKind
  level: number
  senderName: string
  said: { vi: ForeignWords; en: ForeignWords | null }
  areaLabel: string
  area: AlertArea
  expiresAt: Date
}

const DAY_MS = 86_400_000
/** As much as our own warnings hold (`AlertAreaInput`). */
const MAX_SHAPES = 20
const MAX_POINTS = 500
const LEVELS: Record<string, number> = { Minor: 1, Moderate: 2, Severe: 3, Extreme: 4 }

/** Words of the event decide first, then CAP's categories. */
const KIND_WORDS: readonly [RegExp, AlertKind][] = [
  [/sạt lở|lũ quét|landslide|flash flood/iu, 'landslide'],
  [/xả (lũ|nước)|hồ chứa|reservoir|dam /iu, 'reservoir'],
  [/lũ|ngập|flood/iu, 'flood'],
  [/bão|áp thấp|dông|gió|storm|typhoon|cyclone|wind/iu, 'storm'],
  [/không khí|air quality/iu, 'air'],
]
const KIND_CATEGORIES: Record<string, AlertKind> = {
  Geo: 'landslide',
  Health: 'health',
  Env: 'air',
}

function kindOf({ event, categories }: CapInfo): AlertKind {
  const said = KIND_WORDS.find(([pattern]) => pattern.test(event))?.[1]
  const sorted = categories.map((one) => KIND_CATEGORIES[one]).find((kind) => kind !== undefined)
  return said ?? sorted ?? 'storm'
}

/** Control signs and marks that turn the direction of writing do not come in. */
const clean = (text: string | undefined, max: number): string =>
  (text ?? '')
    .replace(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/gu, ' ')
    .trim()
    .slice(0, max)

const wordsOf = (info: CapInfo): ForeignWords => ({
  headline: clean(info.headline, HEADLINE_MAX) || clean(info.event, HEADLINE_MAX),
  body: clean(info.description, 2_000),
  instruction: clean(info.instruction, 1_000),
})

/** A message of any sender in our words; without a block that says anything there is none. Pure. */
export function readForeign(alert: CapAlert): ForeignReading | undefined {
  const speaks = (language: string) =>
    alert.infos.find((info) => info.language.toLowerCase().startsWith(language))
  const first = speaks('vi') ?? alert.infos[0]
  if (first === undefined) return undefined
  const english = speaks('en')
  const expiresAt = first.expiresAt ?? new Date(alert.sentAt.getTime() + DAY_MS)
  return {
    isPublic: alert.status === 'Actual' && alert.scope === 'Public',
    kind: kindOf(first),
    level: LEVELS[first.severity] ?? 1,
    senderName: clean(first.senderName, 200) || clean(alert.sender, 200),
    said: { vi: wordsOf(first), en: english === undefined ? null : wordsOf(english) },
    areaLabel: clean(first.areas.map(({ description }) => description).join('; '), 500),
    area: areaOf(first),
    expiresAt,
  }
}

/** Our codes of units where it names them, and its shapes; a ring with too many points is thinned, never cut off. */
function areaOf({ areas }: CapInfo): AlertArea {
  const codes = areas
    .flatMap(({ geocodes }) => geocodes)
    .filter(({ name, value }) => name === 'VN-DVHC' && /^\d{5}$/.test(value))
  return {
    places: [...new Set(codes.map(({ value }) => value))].map((unitCode) => ({ unitCode })),
    polygons: areas
      .flatMap(({ polygons }) => polygons)
      .slice(0, MAX_SHAPES)
      .map(thinned),
    circles: areas
      .flatMap(({ circles }) => circles)
      .filter(({ radiusKm }) => radiusKm > 0 && radiusKm <= 200)
      .slice(0, MAX_SHAPES),
  }
}

function thinned(ring: readonly LngLat[]): LngLat[] {
  const step = Math.ceil(ring.length / (MAX_POINTS - 1))
  const kept = ring.filter((_, i) => i % step === 0)
  const [first, last] = [ring[0], kept.at(-1)]
  return first === undefined || last === first || (ring.length - 1) % step === 0
    ? kept
    : [...kept, first]
}
