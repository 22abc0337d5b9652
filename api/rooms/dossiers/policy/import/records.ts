import type { Line } from './csv.ts'
import { FileFault } from './fault.ts'
import { type Field, type HeaderIssue, locate, type Mapping } from './fields.ts'
import type { Cells } from './row.ts'

/** One row of any source: a file's line, or the number of an item in a list. */
export type Entry = { line: number; cells: Cells }

/** All that an importer needs to know of a source: rows of cells by our names, in groups, however many. */
export type Entries = AsyncIterable<readonly Entry[]>

/** Thrown by `tableEntries` when the first line does not hold what the mapping wants. */
export class HeaderFault extends Error {
  readonly line: number
  readonly issues: readonly HeaderIssue[]

  constructor(line: number, issues: readonly HeaderIssue[]) {
    super('header')
    this.name = 'HeaderFault'
    this.line = line
    this.issues = issues
  }
}

/** Rows of a table with names of columns in its first line. Throws FileFault, HeaderFault. */
export async function* tableEntries(
  groups: AsyncIterable<readonly Line[]>,
  mapping: Mapping,
): AsyncGenerator<Entry[]> {
  let at: ReadonlyMap<Field, number> | undefined
  for await (const group of groups) {
    let rows = group
    if (at === undefined) {
      const [header, ...rest] = rows
      if (header === undefined) continue
      const located = locate(header.cells, mapping)
      if (located.issues.length > 0) throw new HeaderFault(header.line, located.issues)
      at = located.at
      rows = rest
    }
    const places = [...at]
    yield rows.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(places.map(([field, i]) => [field, cells[i] ?? ''])),
    }))
  }
  if (at === undefined) throw new FileFault('empty')
}
