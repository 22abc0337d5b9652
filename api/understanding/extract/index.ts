import { scanDossierCodes } from '../../core/dossier-code-scan.ts'
import type { Normalised } from '../normalise.ts'
import { type Depth, findDepth } from './depth.ts'
import { flat, without } from './flat.ts'
import type { Gazetteer } from './gazetteer.ts'
import { findIncidentCodes } from './incident-codes.ts'
import { findPeople, findVulnerable, type People, type Vulnerable } from './people.ts'
import { findPhones } from './phones.ts'
import {
  type Address,
  findAddresses,
  findBridges,
  findHamlets,
  findMarkets,
  findNamed,
  findWater,
} from './places.ts'
import { findTimes, type TimeMention } from './times.ts'

export type FoundUnit = { name: string; code?: string; isFormer: boolean }

/** What a message names; a member is absent when there is none of it. Codes and phones are canonical. */
export type Entities = {
  incidentCodes?: string[]
  dossierCodes?: string[]
  phones?: string[]
  depth?: Depth
  times?: TimeMention[]
  addresses?: Address[]
  bridges?: string[]
  markets?: string[]
  rivers?: string[]
  stations?: string[]
  units?: FoundUnit[]
  hamlets?: string[]
  people?: People
  vulnerable?: Vulnerable[]
}

/** Reads what rules can read for certain; total and linear, like all of this folder. */
export function extract(message: Normalised, gazetteer: Gazetteer): Entities {
  const original = message.latin
  const all = flat(original)
  const dossiers = scanDossierCodes(all)
  const incidents = findIncidentCodes(without(all, dossiers))
  const coded = without(all, [...dossiers, ...incidents])
  const phones = findPhones(coded)
  const text = without(coded, phones)
  const { words } = message
  const marked = message.marked.length === words.length ? message.marked : []
  const { rivers, stations } = findWater(words)
  const named = findNamed(words, gazetteer, marked)
  const depth = findDepth(text, original)
  const people = findPeople(text, original)
  const lists = {
    incidentCodes: unique(incidents.map(({ code }) => code)),
    dossierCodes: unique(dossiers.map(({ code }) => code)),
    phones: unique(phones.map(({ phone }) => phone)),
    times: findTimes(text, original),
    addresses: findAddresses(text, original),
    bridges: findBridges(words),
    markets: findMarkets(words),
    rivers,
    stations,
    units: named.flatMap(({ name, code, kind }) =>
      kind === 'hamlet'
        ? []
        : [{ name, ...(code === undefined ? {} : { code }), isFormer: kind === 'former_unit' }],
    ),
    hamlets: unique([
      ...named.flatMap(({ name, kind }) => (kind === 'hamlet' ? [name] : [])),
      ...findHamlets(words, text, original),
    ]),
    vulnerable: findVulnerable(text),
  }
  const entities: Entities = Object.fromEntries(
    Object.entries(lists).filter(([, list]) => list.length > 0),
  )
  if (depth !== undefined) entities.depth = depth
  if (people !== undefined) entities.people = people
  return entities
}

const unique = (values: readonly string[]): string[] => [...new Set(values)]
