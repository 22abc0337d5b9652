import { fold, toneFold } from '../../core/text.ts'
import { BRIDGES, HAMLETS, MARKETS, RIVERS, STREETS } from '../data/places.ts'
import type { Gazetteer, NamedPlace } from './gazetteer.ts'

export type Address = { text: string; houseNumber?: string; alley?: string; street?: string }
export type Water = { rivers: string[]; stations: string[] }

const keyOf = (name: string) => fold(name).replace(/[^a-z0-9]+/g, ' ')
const table = (names: readonly string[]) => new Map(names.map((name) => [keyOf(name), name]))
const [STREET, BRIDGE, MARKET, HAMLET] = [STREETS, BRIDGES, MARKETS, HAMLETS].map(table)
const RIVER = new Map(RIVERS.map((river) => [keyOf(river.name), river]))
const STATIONS = table([...new Set(RIVERS.flatMap(({ station }) => station ?? []))])
/** Words of the longest name. */
const LONGEST = 4

/** Streets that are also a ward, an everyday word or a city: only behind "đường", "kiệt" or a number. */
const NEEDS_CUE = new Set(
  'ha noi,kim long,doc lap,thong nhat,thanh hai,duy tan,xuan dieu,xuan 68,thach han,nhat le,hai trieu'.split(
    ',',
  ),
)

/** The longest name of `names` that begins at a word; words are read with single spaces. */
function nameAt<V>(words: readonly string[], at: number, names: ReadonlyMap<string, V>) {
  for (let n = Math.min(LONGEST, words.length - at); n >= 1; n--) {
    const value = names.get(words.slice(at, at + n).join(' '))
    if (value !== undefined) return { value, n }
  }
  return undefined
}

/** Names behind one of the cues ("cầu", "chợ"), each once. */
function behind(
  words: readonly string[],
  cues: ReadonlySet<string>,
  names: ReadonlyMap<string, string> | undefined,
) {
  const found = new Set<string>()
  for (const [i, word] of words.entries()) {
    if (!cues.has(word) || names === undefined) continue
    const hit = nameAt(words, i + 1, names)
    if (hit !== undefined) found.add(hit.value)
  }
  return [...found]
}

export const findBridges = (words: readonly string[]): string[] =>
  behind(words, new Set(['cau', 'bridge']), BRIDGE)
export const findMarkets = (words: readonly string[]): string[] =>
  behind(words, new Set(['cho', 'market']), MARKET)

const HAMLET_WORDS = new Set(['thon', 'lang', 'xom', 'ap'])
/** Words before a name that make it something else than a hamlet. */
const OTHER_PLACES = new Set('cau cho xa phuong song huyen duong kiet truong p x'.split(' '))
/** Hamlets whose folded names are also everyday words: only behind "thôn" or "ở". */
const EVERYDAY = new Set(['ha do', 'my xa', 'thu le', 'an xuan', 'tu phu', 'co lao'])
/** Groups and hamlets that have a number: "tổ 5", "tdp 8", "xóm 3", "đội 4". */
const NUMBERED =
  /(?<![a-z])(to dan pho|tdp|khu pho|to|xom|doi|thon)(?: so)? (\d{1,2})(?![a-z0-9/.,:]\d|[a-z0-9])(?! (?:nguoi|dua|chau|con|cai|lan|ngay|gio|met|phut|tan|ong|ba|chiec|xe))/g
const NUMBERED_NAMES: Readonly<Record<string, string>> = {
  'to dan pho': 'tổ dân phố',
  tdp: 'tổ dân phố',
  'khu pho': 'khu phố',
  to: 'tổ',
  xom: 'xóm',
  doi: 'đội',
  thon: 'thôn',
}
/** "thôn Tân Mỹ": a name that is not known is one by its capitals. */
const CAPITALS =
  /(?<!\p{L})(?:[Tt]hôn|[Ll]àng|[Ấấ]p) ((?:\p{Lu}\p{Ll}*)(?: \p{Lu}\p{Ll}*){0,2})(?!\p{L})/gu

/** Hamlets known by name, by number, or by capitals behind "thôn"; each once. */
export function findHamlets(words: readonly string[], text: string, original: string): string[] {
  const found = new Set<string>()
  for (let i = 0; i < words.length; i++) {
    const hit = HAMLET === undefined ? undefined : nameAt(words, i, HAMLET)
    if (hit === undefined) continue
    const before = words[i - 1] ?? ''
    const isOwn = HAMLET_WORDS.has(before) || isPlaceCue(before)
    const isOther = OTHER_PLACES.has(before) || EVERYDAY.has(words.slice(i, i + hit.n).join(' '))
    if (isOwn || !isOther) found.add(hit.value)
    i += hit.n - 1
  }
  for (const [, kind = '', number = ''] of text.matchAll(NUMBERED))
    found.add(`${NUMBERED_NAMES[kind] ?? kind} ${number}`)
  for (const [, name = ''] of original.matchAll(CAPITALS))
    if (![...found].some((known) => keyOf(name).startsWith(keyOf(known)))) found.add(name)
  return [...found]
}

/** "QL1A", "quốc lộ 49", "TL 11B", as their signs write them. */
const ROAD = /(?<![a-z])(quoc lo|ql|tinh lo|tl|huong lo|duong tinh) ?(\d{1,3}[a-z]?)(?![a-z0-9])/g

function findRoads(text: string, original: string): (Address & { at: number; end: number })[] {
  return [...text.matchAll(ROAD)].map((match) => {
    const [all, kind = '', number = ''] = match
    const name = kind.startsWith('q') ? 'Quốc lộ' : kind === 'huong lo' ? 'Hương lộ' : 'Tỉnh lộ'
    const end = match.index + all.length
    const street = `${name} ${number.toUpperCase()}`
    return { text: original.slice(match.index, end), street, at: match.index, end }
  })
}

const WATER_WORDS = /(?<![a-z])(?:nuoc|nac|muc|lu|lut|bao dong|tram|water|level)(?![a-z])/

/** Rivers that a message names, and the stations that tell their level; a station's own name counts beside water. */
export function findWater(words: readonly string[]): Water {
  const rivers = new Set<string>()
  const stations = new Set<string>()
  const speaksOfWater = WATER_WORDS.test(words.join(' '))
  for (const [i, word] of words.entries()) {
    if (word === 'song' || word === 'river') {
      const hit = nameAt(words, i + 1, RIVER)
      if (hit !== undefined) {
        rivers.add(hit.value.name)
        if (hit.value.station !== undefined) stations.add(hit.value.station)
      }
    }
    if (word === 'perfume' && words[i + 1] === 'river') {
      rivers.add('Hương')
      stations.add('Kim Long')
    }
    if (words[i + 1] === 'river') {
      const river = RIVER.get(word)
      if (river !== undefined) rivers.add(river.name)
      if (river?.station !== undefined) stations.add(river.station)
    }
    const station = speaksOfWater ? nameAt(words, i, STATIONS) : undefined
    // "phường Kim Long ngập" is a place, "mực nước Kim Long" a station.
    const isUnit = /^(?:phuong|p|xa|x|duong|cau|cho|o|tai)$/.test(words[i - 1] ?? '')
    if (station !== undefined && !isUnit) stations.add(station.value)
  }
  return { rivers: [...rivers], stations: [...stations] }
}

const ALLEY =
  /(?<![a-z0-9])(?:kiet|hem|ngo|k)[ .]?(?:so )?(\d{1,4}[a-z]?(?:\/\d{1,4}[a-z]?){0,4})(?![a-z0-9])/g
const NUMBER_BEFORE =
  /(?:^|[^a-z0-9/])(?:so(?: nha)? )?(\d{1,4}[a-z]?(?:\/\d{1,4}[a-z]?){0,4}),? ?(?:duong |d\. ?|đ\. ?)?$/
const HOUSE = /(?<![a-z])(?:so nha|nha so|so) (\d{1,4}[a-z]?(?:\/\d{1,4}[a-z]?){0,4})(?![a-z0-9])/
const WORD = /[a-z0-9]+/g
const MAX_ADDRESSES = 5
const UNKNOWN_STREET = /(?<!\p{L})(?:[Đđ]ường|[Dd]uong|[Đđ]àng)\s+((?:\p{Lu}\p{Ll}+\s?){2,4})/gu

/** Streets, kiệt and house numbers of a flat text; `original` is cut for what was typed. */
export function findAddresses(text: string, original: string): Address[] {
  const found: (Address & { at: number; end: number })[] = []
  const tokens = [...text.matchAll(WORD)].map((m) => ({ word: m[0], at: m.index }))
  const words = tokens.map(({ word }) => word)
  for (let i = 0; i < tokens.length && found.length < MAX_ADDRESSES; i++) {
    const hit = STREET === undefined ? undefined : nameAt(words, i, STREET)
    const start = tokens[i]
    const last = tokens[i + (hit?.n ?? 1) - 1]
    if (hit === undefined || start === undefined || last === undefined) continue
    const end = last.at + last.word.length
    const before = text.slice(Math.max(0, start.at - 40), start.at)
    const alley =
      /(?:kiet|hem|ngo|k)[ .]?(\d{1,4}[a-z]?(?:\/\d{1,4}[a-z]?){0,4}) (?:duong )?$/.exec(before)
    const number = alley === null ? NUMBER_BEFORE.exec(before) : null
    const hasCue =
      alley !== null || number !== null || /(?:duong|dg|d\.|pho|street) ?$/.test(before)
    const isOther = /(?:cau|cho|truong|phuong|xa|benh vien|song|p\.) $/.test(before)
    if ((NEEDS_CUE.has(words.slice(i, i + hit.n).join(' ')) && !hasCue) || (isOther && !hasCue))
      continue
    const outer = HOUSE.exec(before)
    const at = start.at - Math.max(alley?.[0].length ?? 0, number?.[0].trimStart().length ?? 0)
    const house = number?.[1] ?? (alley !== null ? outer?.[1] : undefined)
    found.push({
      text: original.slice(at, end).trim(),
      ...(house === undefined ? {} : { houseNumber: house }),
      ...(alley?.[1] === undefined ? {} : { alley: alley[1] }),
      street: hit.value,
      at,
      end,
    })
    i += hit.n - 1
  }
  found.push(...findRoads(text, original).slice(0, MAX_ADDRESSES - found.length))
  const isTaken = (at: number) => found.some((f) => f.at <= at && at < f.end)
  for (const match of text.matchAll(ALLEY)) {
    if (isTaken(match.index) || match[1] === undefined || found.length >= MAX_ADDRESSES) continue
    const end = match.index + match[0].length
    found.push({ text: original.slice(match.index, end), alley: match[1], at: match.index, end })
  }
  for (const match of original.matchAll(UNKNOWN_STREET)) {
    const street = match[1]?.trim()
    if (isTaken(match.index) || isTaken(match.index + 7) || street === undefined) continue
    if (found.length >= MAX_ADDRESSES) break
    const end = match.index + match[0].length
    found.push({ text: match[0].trim(), street, at: match.index, end })
  }
  return found.sort((a, b) => a.at - b.at).map(({ at: _at, end: _end, ...address }) => address)
}

/** Units and hamlets that the caller knows, found in words by their folded names. */
export function findNamed(
  words: readonly string[],
  gazetteer: Gazetteer,
  marked: readonly string[] = [],
): NamedPlace[] {
  const found = new Map<string, NamedPlace>()
  for (let i = 0; i < words.length; ) {
    const hit = nameAt(words, i, gazetteer)
    const isTakenByOther = /^(?:duong|song|cau|kiet|cho)$/.test(words[i - 1] ?? '')
    for (const place of hit === undefined ? [] : asMarked(hit.value, marked.slice(i, i + hit.n))) {
      const hasKind = place.kindWords.some((kind) => endsWith(words, i, kind))
      const isSure = !place.needsCue || hasKind || isPlaceCue(words[i - 1])
      if (isSure && (hasKind || !isTakenByOther)) found.set(`${place.kind} ${place.name}`, place)
    }
    i += hit?.n ?? 1
  }
  return [...found.values()]
}

/** "Thuận Hóa" is not "Thuận Hòa": where the message has marks, names that agree with them go before others. */
function asMarked(places: readonly NamedPlace[], marked: readonly string[]) {
  const typed = marked.join(' ')
  const exact = places.filter(({ name }) => toneFold(name.toLowerCase()) === typed)
  return exact.length === 0 ? places : exact
}

const endsWith = (words: readonly string[], at: number, kind: string): boolean => {
  const parts = kind.split(' ')
  return parts.every((part, i) => words[at - parts.length + i] === part)
}

const CUES = new Set('o tai ve tu qua gan den toi khu vung xom lang'.split(' '))
const isPlaceCue = (word: string | undefined): boolean => word !== undefined && CUES.has(word)
