import { z } from 'zod'
import type { Mapping } from './fields.ts'
import type { Entry } from './records.ts'

/** Rows that a page is asked for. */
const PAGE_ROWS = 1_000
/** What a back office wrote while a round began may be missing from it; what comes twice changes nothing. */
const OVERLAP_MS = 5 * 60_000

const Scalar = z.union([z.string(), z.number(), z.boolean()])
/** A list is one value a line, as papers are; null and whatever is nested deeper say nothing. */
const Value = z.union([
  Scalar.transform(String),
  z.array(Scalar).transform((values) => values.join('\n')),
  z.unknown().transform(() => ''),
])
const Page = z.object({
  asOf: z.iso.datetime({ offset: true }).optional(),
  dossiers: z.array(z.record(z.string(), Value)).max(PAGE_ROWS),
  next: z.string().min(1).max(500).nullish(),
})
export type PullPage = z.output<typeof Page>

/** Where a pull stands: what changed `since` then is asked for, and `next` is the page of a round that is under way. */
const Cursor = z.object({
  since: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime(),
  next: z.string().nullable(),
})
type PullCursor = z.output<typeof Cursor>

/** How far the last import came; a first one, or text of another kind, begins from nothing. */
export function readCursor(text: string | null | undefined, now: Date): PullCursor {
  const begin = { since: null, startedAt: now.toISOString(), next: null }
  if (text === null || text === undefined) return begin
  const read = Cursor.safeParse(parseJson(text))
  if (!read.success) return begin
  return read.data.next === null ? { ...read.data, startedAt: now.toISOString() } : read.data
}

/** After a page: the next one, or the end of the round, from whose beginning the next round asks. */
export function advanceCursor(cursor: PullCursor, next: string | null | undefined): PullCursor {
  if (next !== null && next !== undefined) return { ...cursor, next }
  const since = new Date(Date.parse(cursor.startedAt) - OVERLAP_MS).toISOString()
  return { ...cursor, since, next: null }
}

/** The address of a page; `since` is an ISO instant with `Z`. */
export function pageUrl(base: string, { since, next }: PullCursor): string {
  const url = new URL(base)
  url.searchParams.set('limit', String(PAGE_ROWS))
  if (since !== null) url.searchParams.set('since', since)
  if (next !== null) url.searchParams.set('cursor', next)
  return url.href
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One page as a back office answers it. Undefined when it is none. */
export function readPage(bytes: Uint8Array): PullPage | undefined {
  const read = Page.safeParse(parseJson(new TextDecoder().decode(bytes)))
  return read.success ? read.data : undefined
}

/** Items under the mapping of the source: field of ours → their name. */
export function pageEntries({ dossiers }: PullPage, mapping: Mapping): Entry[] {
  const names = Object.entries(mapping)
  return dossiers.map((item, i) => ({
    line: i + 1,
    cells: Object.fromEntries(names.map(([field, name]) => [field, item[name] ?? ''])),
  }))
}
