import { holdersOfCode } from '../data/index.ts'
import { ADDRESS_WORDS } from '../data/words.ts'
import { findAreaNames, type Mention, type NameCandidate, scanNames, scanOf } from './match.ts'
import type { AreaIndex, AreaName, NameStatus } from './names.ts'

export type NameAnswer = {
  outcome: 'one' | 'many' | 'none'
  /** One place, and no mark that was written had to be passed over. */
  isCertain: boolean
  candidates: readonly NameCandidate[]
}

const PRECISION: Record<NameStatus, number> = { hamlet: 3, former: 2, current: 1, district: 0 }

/** Whether two mentions may be of one place: the same unit, or a commune of a district. */
const agree = (a: NameCandidate, b: NameCandidate): boolean =>
  a.unitCode === b.unitCode ||
  (b.status === 'district' && b.districts.some((id) => a.districts.includes(id))) ||
  (a.status === 'district' && a.districts.some((id) => b.districts.includes(id)))

const placeKey = (candidate: NameCandidate) => candidate.hamlet?.id ?? candidate.unitCode

function distinct(candidates: readonly NameCandidate[]): NameCandidate[] {
  const seen = new Map<string, NameCandidate>()
  for (const candidate of candidates) {
    if (!seen.has(placeKey(candidate))) seen.set(placeKey(candidate), candidate)
  }
  return [...seen.values()]
}

/**
 * What several mentions say together: "Phú Vinh, A Lưới" leaves the former commune of A Lưới; "thôn Phước Yên, xã
 * Quảng Thọ" leaves the hamlet. Mentions that do not agree are all kept: then the person is asked.
 */
function combineMentions(mentions: readonly Mention[]): readonly NameCandidate[] {
  const lists = mentions.map((mention) => mention.candidates)
  const all = distinct(lists.flat())
  if (lists.length < 2) return all
  const supported = lists.flatMap((list) =>
    list.filter((a) => lists.every((other) => other === list || other.some((b) => agree(a, b)))),
  )
  if (supported.length === 0) return all
  const most = Math.max(...supported.map((candidate) => PRECISION[candidate.status]))
  return distinct(supported.filter((candidate) => PRECISION[candidate.status] === most))
}

function answer(candidates: readonly NameCandidate[]): NameAnswer {
  const outcome = candidates.length === 0 ? 'none' : candidates.length === 1 ? 'one' : 'many'
  const isCertain = outcome === 'one' && candidates[0]?.fit !== 'guess'
  return { outcome, isCertain, candidates }
}

const joinedCandidates = (names: readonly AreaName[]): NameCandidate[] =>
  distinct(
    names.flatMap(({ name, kind, status, districts, unitCodes, hamlet }) =>
      hamlet === undefined
        ? unitCodes.map(
            (unitCode): NameCandidate => ({
              unitCode,
              status,
              fit: 'stripped',
              name,
              kind,
              districts,
            }),
          )
        : [],
    ),
  )

/** A code alone: all that has carried it, for codes were re-used. */
const holders = (code: string): NameCandidate[] =>
  distinct(
    holdersOfCode(code).map(({ unitCode, name, kind, validTo }) => ({
      unitCode,
      name,
      kind,
      status: validTo === null ? 'current' : 'former',
      fit: 'exact',
      districts: [],
    })),
  )

/**
 * The place that a query names, old or new, with or without marks and kind ("p. Phú Hội", "quang tho", "Phú Vinh, A
 * Lưới"): one, or all that it may mean, the likeliest first; `none` when the query holds anything but one place.
 */
export function resolveAreaName(query: string, index: AreaIndex): NameAnswer {
  const scan = scanOf(query, index, true)
  if (/^\d{5}$/.test(scan.text)) return answer(holders(scan.text))
  const mentions = scanNames(scan)
  if (mentions.length === 0) {
    const joined = scan.tokens.map((token) => token.bare).join('')
    return answer(scan.tokens.length <= 3 ? joinedCandidates(index.getJoined(joined)) : [])
  }
  const covered = new Set(mentions.flatMap(({ from, to }) => range(from, to)))
  const isWhole = scan.tokens.every((token, i) => covered.has(i) || ADDRESS_WORDS.has(token.bare))
  return answer(isWhole ? combineMentions(mentions) : [])
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

/** The place that a longer text is about, by all the names in it. */
export const resolveText = (text: string, index: AreaIndex): NameAnswer =>
  answer(combineMentions(findAreaNames(text, index)))
