import { AppError } from '../../../core/errors.ts'
import { LINKS, type SetName } from './model.ts'

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
export type Condition =
  | { field: 'phenomenonTime'; operator: Operator; at: string }
  | { field: 'result'; operator: Operator; value: number }
export type Query = {
  top: number
  skip: number
  count: boolean
  newestFirst: boolean
  conditions: readonly Condition[]
  select: readonly string[] | null
  /** Links to be followed one step. */
  expand: readonly string[]
  /** After this observation, in the order that is asked for. */
  after: { at: string; seriesId: number } | null
}

const TOP = 100
const TOP_MAX = 1_000
/** Deeper pages come by `@iot.nextLink`, which does not count rows again. */
const SKIP_MAX = 1_000
const CONDITIONS_MAX = 8
const OF_OBSERVATIONS = ['$orderby', '$filter', '$skiptoken']
const OPTIONS = ['$top', '$skip', '$count', '$select', '$expand', ...OF_OBSERVATIONS]
/** Of the standard, and not done here. */
const UNSUPPORTED = ['$resultFormat', '$search', '$compute', '$apply']

const invalid = (option: string) => new AppError('readings.query_invalid', { params: { option } })
const unsupported = (option: string) =>
  new AppError('readings.query_unsupported', { params: { option } })

/**
 * Reads the query of a collection; what is not an option of the standard has to begin without `$` and says nothing.
 * `$orderby` and `$filter` are for observations: phenomenonTime, and result in a filter; comparisons joined by `and`.
 * `$expand` goes one step, and not to observations, which have pages of their own. Throws `readings.query_invalid`, and
 * `readings.query_unsupported` for what the standard knows and we do not.
 */
export function readQuery(search: URLSearchParams, set: SetName): Query {
  for (const name of search.keys()) {
    if (!name.startsWith('$')) continue
    if (UNSUPPORTED.includes(name)) throw unsupported(name)
    if (!OPTIONS.includes(name) || search.getAll(name).length > 1) throw invalid(name)
    if (set !== 'Observations' && OF_OBSERVATIONS.includes(name)) throw unsupported(name)
  }
  const skip = whole(search, '$skip') ?? 0
  if (skip > SKIP_MAX) throw invalid('$skip')
  return {
    top: Math.min(whole(search, '$top') ?? TOP, TOP_MAX),
    skip,
    count: readCount(search.get('$count')),
    newestFirst: readOrder(search.get('$orderby')),
    conditions: readFilter(search.get('$filter')),
    select: readSelect(search.get('$select')),
    expand: readExpand(search.get('$expand'), set),
    after: readToken(search.get('$skiptoken')),
  }
}

function whole(search: URLSearchParams, option: string): number | undefined {
  const text = search.get(option)
  if (text === null) return undefined
  if (!/^\d{1,9}$/.test(text)) throw invalid(option)
  return Number(text)
}

function readCount(text: string | null): boolean {
  if (text !== null && text !== 'true' && text !== 'false') throw invalid('$count')
  return text === 'true'
}

function readOrder(text: string | null): boolean {
  if (text === null) return true
  const [, field, direction] = /^ *([\w/]{1,40})(?: +(asc|desc))? *$/.exec(text) ?? []
  if (field === undefined) throw text.includes(',') ? unsupported('$orderby') : invalid('$orderby')
  if (field !== 'phenomenonTime') throw unsupported('$orderby')
  return direction === 'desc'
}

function readSelect(text: string | null): readonly string[] | null {
  if (text === null) return null
  const names = text.split(',').map((name) => name.trim())
  if (names.length > 20 || names.some((name) => !/^[@\w.]{1,40}$/.test(name)))
    throw invalid('$select')
  return names.map((name) => (name === 'id' ? '@iot.id' : name))
}

function readExpand(text: string | null, set: SetName): readonly string[] {
  if (text === null) return []
  if (/[(/]/.test(text)) throw unsupported('$expand')
  const names = [...new Set(text.split(',').map((name) => name.trim()))]
  const links = names.map((name) =>
    Object.hasOwn(LINKS[set], name) ? LINKS[set][name] : undefined,
  )
  if (links.includes(undefined)) throw invalid('$expand')
  if (links.some((link) => link?.to === 'Observations')) throw unsupported('$expand')
  return names
}

function readFilter(text: string | null): Condition[] {
  if (text === null) return []
  const clauses = text.trim().split(/ +and +/)
  if (clauses.length > CONDITIONS_MAX) throw unsupported('$filter')
  return clauses.map(readClause)
}

function readClause(clause: string): Condition {
  const [, field, operator, literal] =
    /^(\w{1,40}) +(eq|ne|gt|ge|lt|le) +([\w:.+-]{1,35}(?: \d\d:\d\d)?)$/.exec(clause) ?? []
  // Groups, functions and other operators are of the standard; anything else is no filter at all.
  if (literal === undefined || operator === undefined)
    throw /[()/]| or |\bnot /.test(clause) ? unsupported('$filter') : invalid('$filter')
  if (field === 'phenomenonTime')
    return { field, operator: operator as Operator, at: readMoment(literal) }
  if (field !== 'result') throw unsupported('$filter')
  if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(literal)) throw invalid('$filter')
  return { field, operator: operator as Operator, value: Number(literal) }
}

/** A plus sign that was not escaped in an address arrives as a space. */
function readMoment(literal: string): string {
  const text = literal.replace(' ', '+')
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  if (Number.isNaN(ms)) throw invalid('$filter')
  return new Date(ms).toISOString()
}

export const writeToken = (atMs: number, seriesId: number): string => `${atMs}_${seriesId}`

function readToken(text: string | null): Query['after'] {
  if (text === null) return null
  const [, ms, seriesId] = /^(\d{1,14})_(\d{1,9})$/.exec(text) ?? []
  if (ms === undefined || seriesId === undefined) throw invalid('$skiptoken')
  return { at: new Date(Number(ms)).toISOString(), seriesId: Number(seriesId) }
}
