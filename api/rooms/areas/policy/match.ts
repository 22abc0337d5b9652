import type { LngLat } from '../../../core/geo.ts'
import { unitByCode } from '../data/index.ts'
import type { AreaKind, DistrictId, HamletKind } from '../data/kinds.ts'
import { EVERYDAY_WORDS, KIND_PHRASES, PLACE_CUES } from '../data/words.ts'
import type { AreaIndex, AreaName, NameStatus } from './names.ts'
import { type Token, tokenise } from './spelling.ts'

/**
 * How well the words fit: letter by letter; up to tone style and i/y; without marks; against the marks that were
 * written (a slip, never taken as certain).
 */
const FITS = ['exact', 'tone', 'stripped', 'guess'] as const
export type Fit = (typeof FITS)[number]

/** One place of today that a name may mean. */
export type NameCandidate = {
  unitCode: string
  status: NameStatus
  fit: Fit
  /** The name that matched and its own kind. */
  name: string
  kind: AreaKind
  districts: readonly DistrictId[]
  hamlet?: { id: string; name: string; kind: HamletKind; at?: LngLat }
}

export type Mention = {
  /** Position in the cleaned text, kind word included. */
  start: number
  end: number
  /** Indexes of its words in the token list: from, to (not included). */
  from: number
  to: number
  candidates: readonly NameCandidate[]
}

const DISTRICT_KINDS: ReadonlySet<AreaKind> = new Set(['quan', 'huyen', 'thi_xa'])
const isHamletKind = (kind: AreaKind): kind is HamletKind =>
  kind === 'thon' || kind === 'to_dan_pho'

const WITHIN_NAME = /^[\s\-–—]+$/
const AFTER_KIND = /^[\s.:]*$/

type Scan = {
  text: string
  tokens: readonly Token[]
  index: AreaIndex
  /** The text is one place and nothing else. */
  isWhole: boolean
}

export const scanOf = (text: string, index: AreaIndex, isWhole: boolean): Scan => ({
  ...tokenise(text),
  index,
  isWhole,
})

const gap = (scan: Scan, left: number, right: number) =>
  scan.text.slice(scan.tokens[left]?.end, scan.tokens[right]?.start)

/** The kind word before token `at`, not reaching back over `floor`; before a marked name it must be marked ("xa" is far). */
function kindBefore(
  scan: Scan,
  at: number,
  floor: number,
  nameIsMarked: boolean,
): { kind: AreaKind; from: number } | undefined {
  for (const { words, kind, marked } of KIND_PHRASES) {
    const from = at - words.length
    if (from < floor) continue
    const found = scan.tokens.slice(from, at)
    const fits = found.every(
      (token, i) =>
        token.bare === words[i] &&
        (token.isMarked || nameIsMarked ? token.spelled === (marked[i] ?? token.bare) : true),
    )
    // Bare "to" is mostly "big" (mưa to 5 ngày).
    if (words[0] === 'to' && !found[0]?.isMarked && words.length === 1 && !scan.isWhole) continue
    if (!fits || !AFTER_KIND.test(gap(scan, at - 1, at))) continue
    return { kind, from }
  }
  return undefined
}

/** A kind that was said narrows to names of that kind, now or earlier; one that none has, only to the same layer. */
function ofKind(names: readonly AreaName[], kind: AreaKind | undefined): readonly AreaName[] {
  if (kind === undefined) return names.filter((name) => !/^\d+$/.test(name.name))
  const same = names.filter((name) => name.kind === kind || name.earlierKinds.includes(kind))
  if (same.length > 0) return same
  // A hamlet that is not in the list yet must not turn into a commune of the same name.
  if (isHamletKind(kind)) return names.filter((name) => name.status === 'hamlet')
  const layer = names.filter(
    (name) =>
      name.status !== 'hamlet' && DISTRICT_KINDS.has(name.kind) === DISTRICT_KINDS.has(kind),
  )
  return layer.length > 0 ? layer : names
}

function fitOf(said: readonly Token[], name: AreaName): Fit {
  if (!said.some((token) => token.isMarked)) return 'stripped'
  const pairs = said.map((token, i) => ({ token, own: name.tokens[i] }))
  if (pairs.every(({ token, own }) => token.spelled === own?.spelled)) {
    const isExact = pairs.every(
      ({ token, own }) => token.raw.toLowerCase() === own?.raw.toLowerCase(),
    )
    return isExact ? 'exact' : 'tone'
  }
  const contradicts = pairs.some(({ token, own }) => token.isMarked && token.merged !== own?.merged)
  return contradicts ? 'guess' : 'stripped'
}

/** Keeps the best layer: names written with these marks, else names that the marks allow, else (whole query) slips. */
function bestFits(said: readonly Token[], names: readonly AreaName[], isWhole: boolean) {
  const fitted = names.map((name) => ({ name, fit: fitOf(said, name) }))
  const layers: readonly (readonly Fit[])[] = [['exact', 'tone'], ['stripped'], ['guess']]
  for (const layer of isWhole ? layers : layers.slice(0, 2)) {
    const kept = fitted.filter(({ fit }) => layer.includes(fit))
    if (kept.length > 0) return kept
  }
  return []
}

const STATUS_ORDER: readonly NameStatus[] = ['current', 'former', 'hamlet', 'district']

/** Names to places: one a unit (its present name before a former one), hamlets each for itself. */
function toCandidates(fitted: readonly { name: AreaName; fit: Fit }[]): NameCandidate[] {
  const sorted = [...fitted].sort(
    (a, b) =>
      STATUS_ORDER.indexOf(a.name.status) - STATUS_ORDER.indexOf(b.name.status) ||
      FITS.indexOf(a.fit) - FITS.indexOf(b.fit),
  )
  const byPlace = new Map<string, NameCandidate>()
  for (const { name, fit } of sorted) {
    for (const unitCode of name.unitCodes) {
      const { hamlet, kind } = name
      const key = hamlet === undefined ? unitCode : hamlet.id
      if (byPlace.has(key) || unitByCode(unitCode) === undefined) continue
      const candidate: NameCandidate = {
        unitCode,
        status: name.status,
        fit,
        name: name.name,
        kind,
        districts: name.districts,
      }
      if (hamlet !== undefined && isHamletKind(kind)) {
        const { id, lng, lat } = hamlet
        candidate.hamlet = { id, name: name.name, kind }
        if (lng !== null && lat !== null) candidate.hamlet.at = { lng, lat }
      }
      byPlace.set(key, candidate)
    }
  }
  return [...byPlace.values()]
}

/** "cũ" behind a name points to what is no longer a unit of that name. */
function saysFormer(scan: Scan, next: number): boolean {
  const token = scan.tokens[next]
  if (token === undefined || token.bare !== 'cu') return false
  if (!/^[\s(]*$/.test(gap(scan, next - 1, next))) return false
  return token.isMarked ? token.spelled === 'cũ' || token.spelled === 'củ' : scan.isWhole
}

/** Everyday words and single words count in a text only as a place: after a kind, after "ở", or capitalised. */
function hasCue(scan: Scan, from: number, to: number): boolean {
  const before = scan.tokens[from - 1]
  if (before !== undefined && PLACE_CUES.has(before.bare)) return true
  const isShouting = scan.text === scan.text.toUpperCase()
  return !isShouting && scan.tokens.slice(from, to).every((token) => token.isCapital)
}

function mentionAt(scan: Scan, from: number, to: number, floor: number): Mention | undefined {
  const said = scan.tokens.slice(from, to)
  const key = said.map((token) => token.bare).join(' ')
  const names = scan.index.get(key)
  if (names.length === 0) return undefined
  const before = kindBefore(
    scan,
    from,
    floor,
    said.some((token) => token.isMarked),
  )
  const needsCue =
    EVERYDAY_WORDS.has(key) || (said.length === 1 && names.every((n) => n.status === 'hamlet'))
  if (!scan.isWhole && before === undefined && needsCue && !hasCue(scan, from, to)) return undefined
  let kept = bestFits(said, ofKind(names, before?.kind), scan.isWhole)
  if (saysFormer(scan, to)) {
    const former = kept.filter(({ name }) => name.status !== 'current')
    if (former.length > 0) kept = former
  }
  if (kept.length === 0) return undefined
  return {
    start: scan.tokens[before?.from ?? from]?.start ?? 0,
    end: said.at(-1)?.end ?? 0,
    from: before?.from ?? from,
    to,
    candidates: toCandidates(kept),
  }
}

/** All mentions, left to right, the longest name first, none overlapping. */
export function scanNames(scan: Scan): Mention[] {
  const mentions: Mention[] = []
  let floor = 0
  for (let from = 0; from < scan.tokens.length; ) {
    let reach = 1
    while (
      reach < scan.index.maxWords &&
      from + reach < scan.tokens.length &&
      WITHIN_NAME.test(gap(scan, from + reach - 1, from + reach))
    ) {
      reach += 1
    }
    let found: Mention | undefined
    for (let size = reach; size > 0 && found === undefined; size--) {
      found = mentionAt(scan, from, from + size, floor)
    }
    if (found === undefined) {
      from += 1
      continue
    }
    mentions.push(found)
    from = found.to
    floor = found.to
  }
  return mentions
}

/**
 * Names of units, former units, former districts and hamlets inside a longer text ("ngap o quang tho"), in order, each
 * with all that it may mean. What the written marks contradict is not found here.
 */
export const findAreaNames = (text: string, index: AreaIndex): readonly Mention[] =>
  scanNames(scanOf(text, index, false))
