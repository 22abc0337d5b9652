import type { Facts, PlaceFact } from '../../../chat/inbound.ts'
import type { Ctx } from '../../../context.ts'
import { boxAround, type LngLat } from '../../../core/geo.ts'
import { localDate } from '../../../core/time.ts'
import { withKind } from '../data/kinds.ts'
import { nameLabel, nameView, placeLabel, placeView } from '../messages.ts'
import type { NameCandidate } from '../policy/match.ts'
import { type AreaIndex, buildAreaIndex } from '../policy/names.ts'
import { BOUNDARY_SLACK_M, type PlaceAnswer, placePoint } from '../policy/place.ts'
import { type NameAnswer, resolveAreaName, resolveText } from '../policy/resolve.ts'
import { tokenise } from '../policy/spelling.ts'
import type { Resolution } from '../schema.ts'
import {
  selectBoundariesAround,
  selectBoundaryCodes,
  selectHamlet,
  selectHamletsByKey,
} from '../store.ts'
import { type HamletView, listHamlets } from './read.ts'

/** Longest name in words that is looked for, and how many words of a text are read for hamlets. */
const MAX_NAME_WORDS = 5
const MAX_TEXT_WORDS = 150

/** Every run of 1 to 5 words, as hamlet keys. */
function keysOf(text: string): string[] {
  const words = tokenise(text)
    .tokens.slice(0, MAX_TEXT_WORDS)
    .map((token) => token.bare)
  const keys = new Set<string>()
  for (let from = 0; from < words.length; from++) {
    for (let size = 1; size <= MAX_NAME_WORDS && from + size <= words.length; size++) {
      keys.add(words.slice(from, from + size).join(' '))
    }
  }
  return [...keys]
}

/** An index with just the hamlets that the text may name: one indexed query, however many hamlets there are. */
async function indexFor(ctx: Ctx, text: string): Promise<AreaIndex> {
  return buildAreaIndex(await selectHamletsByKey(ctx.db, localDate(ctx.now()), keysOf(text)))
}

/** A query as one place; failing that, the places that a longer text names. */
async function readNames(ctx: Ctx, text: string): Promise<NameAnswer> {
  const index = await indexFor(ctx, text)
  const whole = resolveAreaName(text, index)
  return whole.outcome === 'none' ? resolveText(text, index) : whole
}

export type Coordinate = PlaceAnswer & { hamlets: ReadonlyMap<string, HamletView> }

/**
 * The unit (and hamlet) of a point. Exact once boundaries are imported, candidates marked not exact before, `outside`
 * where it is not Huế.
 */
export async function resolveCoordinate(ctx: Ctx, at: LngLat): Promise<Coordinate> {
  const near = await selectBoundariesAround(ctx.db, boxAround(at, BOUNDARY_SLACK_M))
  const imported = new Set(await selectBoundaryCodes(ctx.db, 'unit'))
  const hamlets = new Map<string, HamletView>()
  const today = localDate(ctx.now())
  for (const { level, code } of near) {
    const hamlet = level === 'hamlet' ? await selectHamlet(ctx.db, code) : undefined
    if (hamlet !== undefined && (hamlet.validTo === null || hamlet.validTo >= today))
      hamlets.set(hamlet.id, hamlet)
  }
  const unitOf = new Map([...hamlets].map(([id, hamlet]) => [id, hamlet.unitCode]))
  return { ...placePoint(at, near, imported, unitOf), hamlets }
}

/** `GET /areas/resolve`: by name or by point, worded in the language of the request. */
export async function resolvePlace(
  ctx: Ctx,
  query: { q: string } | { at: LngLat },
): Promise<Resolution> {
  if ('q' in query) {
    const { outcome, isCertain, candidates } = await readNames(ctx, query.q)
    const views = candidates.map((candidate) => nameView(candidate, ctx.t))
    return { query: query.q, outcome, exact: isCertain, candidates: views }
  }
  const { outcome, isExact, candidates, hamlets } = await resolveCoordinate(ctx, query.at)
  const views = candidates.map((candidate) =>
    placeView(candidate, hamlets.get(candidate.hamletId ?? ''), ctx.t),
  )
  return { query: query.at, outcome, exact: isExact, candidates: views }
}

/** More buttons than this are no help; the text names too much. */
const MAX_FACTS = 8

function nameFact(candidate: NameCandidate, isCertain: boolean, ctx: Ctx): PlaceFact {
  const { unitCode, hamlet } = candidate
  const fact: PlaceFact = { label: nameLabel(candidate, ctx.t), unitCode, exact: isCertain }
  if (hamlet === undefined) return fact
  const withHamlet = { ...fact, hamletId: hamlet.id }
  return hamlet.at === undefined ? withHamlet : { ...withHamlet, at: hamlet.at }
}

type PlaceFacts = Pick<Facts, 'places' | 'outsideProvince'>

/** What a chat text may mean as a place, best first; more than one means: ask. */
export async function placeFactsForText(ctx: Ctx, text: string): Promise<PlaceFacts> {
  const { candidates, isCertain } = await readNames(ctx, text)
  const places = candidates.slice(0, MAX_FACTS).map((c) => nameFact(c, isCertain, ctx))
  return { places, outsideProvince: false }
}

/** What a pin may mean; each fact carries the pin itself as `at`. */
export async function placeFactsForPin(ctx: Ctx, at: LngLat): Promise<PlaceFacts> {
  const { outcome, isExact, candidates, hamlets } = await resolveCoordinate(ctx, at)
  const places = candidates.map(({ unitCode, hamletId }): PlaceFact => {
    const label = placeLabel(unitCode, hamlets.get(hamletId ?? ''))
    const fact = { label, at, unitCode, exact: isExact }
    return hamletId === undefined ? fact : { ...fact, hamletId }
  })
  return { places, outsideProvince: outcome === 'outside' }
}

/** Hamlets of the home commune as buttons: "thôn Phước Yên", without the commune that all share. */
export async function homeHamlets(ctx: Ctx): Promise<PlaceFact[]> {
  const hamlets = await listHamlets(ctx.db, ctx.settings.homeUnitCode, ctx.now())
  return hamlets.map((hamlet): PlaceFact => {
    const label = withKind(hamlet)
    const fact = { label, unitCode: hamlet.unitCode, hamletId: hamlet.id, exact: true }
    const { lng, lat } = hamlet
    return lng === null || lat === null ? fact : { ...fact, at: { lng, lat } }
  })
}
