import { DISTRICTS, EARLIER, OLDER_NAMES, SHORT_NAMES } from '../data/former.ts'
import { unitsOfDistrict } from '../data/index.ts'
import type { AreaKind, DistrictId, HamletKind } from '../data/kinds.ts'
import { UNITS } from '../data/units.ts'
import { type Token, tokenOf } from './spelling.ts'

/** How a name leads to a unit of today. */
export type NameStatus = 'current' | 'former' | 'district' | 'hamlet'

/** One name that people may say, and where it leads. */
export type AreaName = {
  name: string
  kind: AreaKind
  status: NameStatus
  /** One unit, or those that share what was a district. */
  unitCodes: readonly string[]
  /** Former district of a former unit, to tell namesakes apart; earlier ones after it. */
  districts: readonly DistrictId[]
  /** Kinds that it once had. */
  earlierKinds: readonly AreaKind[]
  hamlet?: { id: string; lng: number | null; lat: number | null }
  /** Its words in comparable spellings. */
  tokens: readonly Token[]
}

export type HamletName = {
  id: string
  unitCode: string
  name: string
  kind: HamletKind
  lng: number | null
  lat: number | null
}

/** Names by key (no marks); `maxWords` bounds the search in a text. */
export type AreaIndex = {
  get: (key: string) => readonly AreaName[]
  /** By key without spaces, for "quangtho". */
  getJoined: (key: string) => readonly AreaName[]
  maxWords: number
}

const wordsOf = (name: string): Token[] => areaWords(name).map((word) => tokenOf(word, 0))
const areaWords = (name: string): string[] => name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

const plain = { districts: [], earlierKinds: [] } as const

function staticNames(): AreaName[] {
  const names: AreaName[] = []
  const add = (name: Omit<AreaName, 'tokens'>) =>
    names.push({ ...name, tokens: wordsOf(name.name) })
  for (const unit of UNITS) {
    const unitCodes = [unit.code]
    add({ ...plain, name: unit.name, kind: unit.kind, status: 'current', unitCodes })
    for (const former of unit.formedFrom) {
      const earlier = EARLIER[former.oldCode]
      add({
        name: former.name,
        kind: former.kind,
        status: 'former',
        unitCodes,
        districts: [former.district, ...(earlier?.districts ?? [])],
        earlierKinds: earlier?.kinds ?? [],
      })
    }
  }
  for (const { name, kind, unitCode, district } of OLDER_NAMES) {
    const districts = [district]
    add({ ...plain, name, kind, status: 'former', unitCodes: [unitCode], districts })
  }
  for (const { name, unitCode } of SHORT_NAMES) {
    add({ ...plain, name, kind: 'xa', status: 'current', unitCodes: [unitCode] })
  }
  for (const { id, name, kind } of DISTRICTS) {
    const unitCodes = unitsOfDistrict(id).map((unit) => unit.code)
    add({ name, kind, status: 'district', unitCodes, districts: [id], earlierKinds: [] })
  }
  return names
}

type Table = { names: Map<string, AreaName[]>; joined: Map<string, AreaName[]>; maxWords: number }

function tableOf(names: readonly AreaName[]): Table {
  const table: Table = { names: new Map(), joined: new Map(), maxWords: 0 }
  const put = (map: Map<string, AreaName[]>, key: string, name: AreaName) => {
    const list = map.get(key)
    if (list === undefined) map.set(key, [name])
    else list.push(name)
  }
  for (const name of names) {
    const words = name.tokens.map((token) => token.bare)
    put(table.names, words.join(' '), name)
    if (words.length > 1) put(table.joined, words.join(''), name)
    table.maxWords = Math.max(table.maxWords, words.length)
  }
  return table
}

/** Units, former units and former districts: constant, built once a process. */
const STATIC = tableOf(staticNames())
const NOTHING: readonly AreaName[] = []

const hamletName = (hamlet: HamletName): AreaName => ({
  ...plain,
  name: hamlet.name,
  kind: hamlet.kind,
  status: 'hamlet',
  unitCodes: [hamlet.unitCode],
  hamlet: { id: hamlet.id, lng: hamlet.lng, lat: hamlet.lat },
  tokens: wordsOf(hamlet.name),
})

/** The constant names with the given hamlets over them; costs only what the hamlets cost. */
export function buildAreaIndex(hamlets: readonly HamletName[] = []): AreaIndex {
  const own = tableOf(hamlets.map(hamletName))
  const both = (a: readonly AreaName[] | undefined, b: readonly AreaName[] | undefined) =>
    a === undefined ? (b ?? NOTHING) : b === undefined ? a : [...a, ...b]
  return {
    get: (key) => both(STATIC.names.get(key), own.names.get(key)),
    getJoined: (key) => both(STATIC.joined.get(key), own.joined.get(key)),
    maxWords: Math.max(STATIC.maxWords, own.maxWords),
  }
}
