import {
  type Expression,
  type ExpressionBuilder,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely'
import type { Db } from '../../../context.ts'
import { type Box, boxAround, type LngLat } from '../../../core/geo.ts'
import { addDays, type LocalDate, startOfLocalDay } from '../../../core/time.ts'
import type { Database } from '../../../db/schema.ts'
import { OPEN_STATES, PUBLIC_STATES } from '../policy/table.ts'
import type { Group, State } from '../schema.ts'
import { asRow, type IncidentRow } from '../store/cases.ts'
import { CELL, cellsOf, inBox, inCells, isNear } from '../store/place.ts'
import { hasWords } from '../store/words.ts'

/** What outsiders may ask for. Places mean the public point: small boxes and circles must not find a private one. */
export type PublicFilter = {
  near?: { at: LngLat; radiusM: number }
  box?: Box
  unitCode?: string
  categories?: readonly string[]
  kind?: string
  /** `late`: the office still owes the answer and the day has passed. */
  group?: Group
  /** What still waits for the office, or what does not. */
  state?: 'open' | 'closed'
  /** Days of receipt, both included. */
  since?: LocalDate
  until?: LocalDate
  /** Words of what may be read, or a code. */
  q?: string
  today: LocalDate
}

type Eb = ExpressionBuilder<Database, 'incident'>

const isOwed = (eb: Eb) => eb('state', 'in', [...OPEN_STATES])

function inGroup(eb: Eb, group: Group, today: LocalDate): Expression<SqlBool> {
  switch (group) {
    case 'open':
      return isOwed(eb)
    case 'late':
      return eb.and([isOwed(eb), eb('dueDate', '<', today)])
    default:
      return eb('state', '=', group)
  }
}

/** The conditions of a filter; nothing before acceptance, nothing refused, merged or withdrawn. */
export function matches(eb: Eb, filter: PublicFilter): Expression<SqlBool> {
  const { near, box, unitCode, categories, kind, group, state, since, until, q, today } = filter
  return eb.and([
    eb('state', 'in', [...PUBLIC_STATES]),
    ...(q === undefined ? [] : [hasWords(eb, q)]),
    ...(near === undefined ? [] : [isNear(eb, near)]),
    ...(box === undefined ? [] : [inBox(eb, box)]),
    ...(unitCode === undefined ? [] : [eb('unitCode', '=', unitCode)]),
    ...(categories === undefined ? [] : [eb('category', 'in', [...categories])]),
    ...(kind === undefined ? [] : [eb('kind', '=', kind)]),
    ...(group === undefined ? [] : [inGroup(eb, group, today)]),
    ...(state === undefined ? [] : [state === 'open' ? isOwed(eb) : eb.not(isOwed(eb))]),
    ...(since === undefined ? [] : [eb('createdAt', '>=', startOfLocalDay(since).toISOString())]),
    ...(until === undefined
      ? []
      : [eb('createdAt', '<', startOfLocalDay(addDays(until, 1)).toISOString())]),
  ])
}

/** Public cases, newest first, one more than `limit`. */
export async function listPublic(db: Db, filter: PublicFilter, page: Page): Promise<IncidentRow[]> {
  const { near } = filter
  const cells = near === undefined ? undefined : cellsOf(boxAround(near.at, near.radiusM))
  const rows = await db
    .selectFrom('incident')
    .selectAll()
    .$if(cells === undefined, (qb) => qb.where((eb) => isOnPage(eb, filter, page)))
    .$if(cells !== undefined, (qb) =>
      qb.where('id', 'in', newestByCell(db, cells ?? [], filter, page)),
    )
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
  return rows.map(asRow)
}

type Page = { beforeId?: string; limit: number }

const isOnPage = (eb: Eb, filter: PublicFilter, { beforeId }: Page) =>
  eb.and([matches(eb, filter), ...(beforeId === undefined ? [] : [eb('id', '<', beforeId)])])

/** The newest of each cell, each walked along its index until the page is full: what is old there is never looked at. */
const newestByCell = (db: Db, cells: number[], filter: PublicFilter, page: Page) =>
  db
    .selectFrom(sql<{ cell: number }>`unnest(${cells}::integer[])`.as<'cell'>(sql`cell`))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('incident')
          .select('incident.id as newestId')
          .where(sql<boolean>`geocell = cell`)
          .where((inner) => isOnPage(inner, filter, page))
          .orderBy('id', 'desc')
          .limit(page.limit + 1)
          .as('newest'),
      (join) => join.onTrue(),
    )
    .select('newest.newestId')

export type MapRow = {
  publicCode: string
  category: string
  kind: string | null
  state: State
  urgency: 'normal' | 'urgent'
  publicLng: number
  publicLat: number
  dueDate: LocalDate | null
  answeredAt: string | null
  createdAt: string
}

/** Cases with a point, newest first, one more than `limit`. */
export async function listOnMap(
  db: Db,
  filter: PublicFilter & { box: Box },
  limit: number,
): Promise<MapRow[]> {
  const rows = await db
    .selectFrom('incident')
    .select([
      'publicCode',
      'category',
      'kind',
      'state',
      'urgency',
      'publicLng',
      'publicLat',
      'dueDate',
      'answeredAt',
      'createdAt',
    ])
    .where((eb) => matches(eb, filter))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  // A box is asked for, so every row has its point.
  return rows as MapRow[]
}

export type CellCount = { geocell: number; cases: number; late: number }

/** How many public cases stand in each cell of the box, and how many of them the office owes too long. */
export async function countByCell(
  db: Db,
  filter: PublicFilter & { box: Box },
): Promise<CellCount[]> {
  const { box, ...rest } = filter
  const cells = cellsOf(box)
  const [south, north] = [Math.floor(box.south / CELL), Math.floor(box.north / CELL)]
  const [west, east] = [Math.floor(box.west / CELL), Math.floor(box.east / CELL)]
  const rows = await db
    .selectFrom('incident')
    .select((eb) => [
      'geocell',
      eb.fn.countAll<number>().as('cases'),
      eb.fn
        .countAll<number>()
        .filterWhere(inGroup(eb, 'late', filter.today))
        .as('late'),
    ])
    .where((eb) => matches(eb, rest))
    .where((eb) =>
      cells === undefined
        ? eb.and([eb('geocell', '>=', south * 100_000), eb('geocell', '<', (north + 1) * 100_000)])
        : inCells(cells),
    )
    .groupBy('geocell')
    .orderBy('geocell')
    .execute()
  // East and west are left to this side: nobody guesses well how many rows a remainder leaves.
  return (rows as CellCount[]).filter(
    ({ geocell }) => geocell % 100_000 >= west && geocell % 100_000 <= east,
  )
}

type Exported = SelectQueryBuilder<Database, 'incident', object>
const afterRow = (qb: Exported, after: { createdAt: string; id: string } | undefined): Exported =>
  after === undefined
    ? qb
    : qb.where(
        sql<boolean>`(created_at, id) > (${after.createdAt}::timestamptz, ${after.id}::uuid)`,
      )

/** The next rows of an export, oldest first. */
export async function nextRows(
  db: Db,
  filter: PublicFilter,
  page: { after?: { createdAt: string; id: string }; limit: number },
): Promise<IncidentRow[]> {
  const rows = await afterRow(
    db.selectFrom('incident').where((eb) => matches(eb, filter)) as Exported,
    page.after,
  )
    .selectAll()
    .orderBy('createdAt')
    .orderBy('id')
    .limit(page.limit)
    .execute()
  return rows.map(asRow)
}
