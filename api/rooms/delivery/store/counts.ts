import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type RecipientState = Database['dispatchRecipient']['state']
export type Counts = Partial<Record<RecipientState, number>>
/** Recipients that stand alike: by state, channel and unit (empty: none). */
export type Cell = { state: RecipientState; channel: string; unitCode: string; n: number }

/** Ends a statement: the rows that its part `name` returned (state, channel, unit_code), counted in cells. */
export const cellsOf = (name: 'moved' | 'added'): RawBuilder<unknown> => sql`
  select state, coalesce(channel, '') as channel, coalesce(unit_code, '') as unit_code, count(*)::integer as n
  from ${sql.ref(name)} group by 1, 2, 3`

/** The change of the counters when these came out of `from`. */
export const movedFrom = (from: RecipientState, cells: readonly Cell[]): Cell[] => [
  ...cells,
  ...cells.map((cell) => ({ ...cell, state: from, n: -cell.n })),
]

export const sumOf = (cells: readonly Cell[]): number => cells.reduce((sum, { n }) => sum + n, 0)

const keyOf = ({ state, channel, unitCode }: Omit<Cell, 'n'>) => `${state} ${channel} ${unitCode}`

/** Adds to the counters; negative takes away. Always in one order, so that two never wait crosswise. */
export async function addCounts(
  db: Db,
  dispatchId: string,
  changes: readonly Cell[],
): Promise<void> {
  const merged = new Map<string, Cell>()
  for (const cell of changes) {
    const key = keyOf(cell)
    merged.set(key, { ...cell, n: cell.n + (merged.get(key)?.n ?? 0) })
  }
  const cells = [...merged].filter(([, { n }]) => n !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (cells.length === 0) return
  await db
    .insertInto('dispatchCount')
    .values(cells.map(([, cell]) => ({ ...cell, dispatchId })))
    .onConflict((oc) =>
      oc
        .columns(['dispatchId', 'state', 'channel', 'unitCode'])
        .doUpdateSet({ n: sql`dispatch_count.n + excluded.n` }),
    )
    .execute()
}

/** The counters of a dispatch: some dozens of cells, however many people. */
export async function findCells(db: Db, dispatchId: string): Promise<Cell[]> {
  const rows = await db
    .selectFrom('dispatchCount')
    .select(['state', 'channel', 'unitCode', 'n'])
    .where('dispatchId', '=', dispatchId)
    .where('n', '!=', 0)
    .execute()
  return rows.map((row) => ({ ...row, state: row.state as RecipientState }))
}

export function byState(cells: readonly Cell[]): Counts {
  const counts: Counts = {}
  for (const { state, n } of cells) counts[state] = (counts[state] ?? 0) + n
  return counts
}

export const findCounts = async (db: Db, dispatchId: string): Promise<Counts> =>
  byState(await findCells(db, dispatchId))

/** The same cells counted from the recipients themselves. */
export async function countRecipients(db: Db, dispatchId: string): Promise<Cell[]> {
  const { rows } = await sql<Cell>`
    with moved as (
      select state, channel, unit_code from dispatch_recipient where dispatch_id = ${dispatchId}::uuid
    )
    ${cellsOf('moved')}`.execute(db)
  return rows
}

/** Whether two counts of the same recipients say the same. */
export function isSameCount(kept: readonly Cell[], counted: readonly Cell[]): boolean {
  const known = new Map(kept.map((cell) => [keyOf(cell), cell.n]))
  return known.size === counted.length && counted.every((cell) => known.get(keyOf(cell)) === cell.n)
}

export async function replaceCounts(
  db: Db,
  dispatchId: string,
  cells: readonly Cell[],
): Promise<void> {
  await db.deleteFrom('dispatchCount').where('dispatchId', '=', dispatchId).execute()
  await addCounts(db, dispatchId, cells)
}
