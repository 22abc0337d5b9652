import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { DeskFilter, DeskGroup } from '../board-schema.ts'
import type { StateNumber } from '../policy/states.ts'

/** Whose dossiers: all, or those of one unit. */
export type DeskScope = { isEverything: boolean; unitCode?: string | undefined }

/** Instants that decide what is late, due today, still, and in the period of the index. */
export type DeskClock = {
  now: Date
  dayStart: Date
  dayEnd: Date
  stillSince: Date
  from: Date
  to: Date
}

const isOpen = sql<boolean>`d.state not in (3, 7, 8, 9, 10)`
const due = sql`coalesce(d.new_due_at, d.due_at)`
const at = (value: Date) => sql`${value.toISOString()}::timestamptz`

const inScope = ({ isEverything, unitCode }: DeskScope): RawBuilder<boolean> =>
  isEverything ? sql`true` : sql`d.unit_code = ${unitCode ?? ''}`

const isLate = (clock: DeskClock) => sql<boolean>`${isOpen} and ${due} < ${at(clock.dayStart)}`
const isDueToday = (clock: DeskClock) =>
  sql<boolean>`${isOpen} and ${due} >= ${at(clock.dayStart)} and ${due} < ${at(clock.dayEnd)}`
const isStill = (clock: DeskClock) =>
  sql<boolean>`${isOpen} and d.state_at < ${at(clock.stillSince)}`
const inPeriod = (clock: DeskClock) =>
  sql<boolean>`d.ended_at >= ${at(clock.from)} and d.ended_at < ${at(clock.to)}`

/** Calendar days since receipt. */
const age = (clock: DeskClock) => sql<string>`case
  when d.received_at is null then 'unknown'
  when d.received_at > ${at(clock.now)} - interval '5 days' then '0-5'
  when d.received_at > ${at(clock.now)} - interval '15 days' then '6-15'
  when d.received_at > ${at(clock.now)} - interval '30 days' then '16-30'
  else 'over_30' end`

const KEYS: Record<DeskGroup, (clock: DeskClock) => RawBuilder<string>> = {
  all: () => sql`'all'`,
  unit: () => sql`coalesce(d.unit_code, '')`,
  agency: () => sql`d.agency_name`,
  field: () => sql`coalesce(d.field, '')`,
  state: () => sql`d.state::text`,
  age,
}

export type DeskFigures = {
  key: string
  open: number
  dueToday: number
  late: number
  still: number
  onTime: number
  overdue: number
  unknown: number
}

/** Figures of the desk by one key; one statement over what is open and what ended in the period. */
export async function countDesk(
  db: Db,
  scope: DeskScope,
  by: DeskGroup,
  clock: DeskClock,
): Promise<DeskFigures[]> {
  const key = KEYS[by](clock)
  const { rows } = await sql<DeskFigures>`
    select ${key} as key,
      count(*) filter (where ${isOpen})::int as open,
      count(*) filter (where ${isDueToday(clock)})::int as due_today,
      count(*) filter (where ${isLate(clock)})::int as late,
      count(*) filter (where ${isStill(clock)})::int as still,
      count(*) filter (where ${inPeriod(clock)} and d.outcome = 'on_time')::int as on_time,
      count(*) filter (where ${inPeriod(clock)} and d.outcome = 'overdue')::int as overdue,
      count(*) filter (where ${inPeriod(clock)} and d.outcome = 'unknown')::int as unknown
    from dossier d
    where ${inScope(scope)} and (${isOpen} or ${inPeriod(clock)})
    group by 1 order by late desc, open desc, key`.execute(db)
  return rows
}

const LISTS: Record<DeskFilter['list'], (clock: DeskClock) => RawBuilder<boolean>> = {
  open: () => isOpen,
  due_today: isDueToday,
  late: isLate,
  still: isStill,
  on_time: (clock) => sql`${inPeriod(clock)} and d.outcome = 'on_time'`,
  overdue: (clock) => sql`${inPeriod(clock)} and d.outcome = 'overdue'`,
  unknown: (clock) => sql`${inPeriod(clock)} and d.outcome = 'unknown'`,
}

export type DeskRow = {
  id: string
  code: string
  unitCode: string | null
  agencyName: string
  procedureName: string
  field: string | null
  state: StateNumber
  stateAt: string
  receivedAt: string | null
  dueAt: string | null
  newDueAt: string | null
  endedAt: string | null
  applicantMasked: string
  ruleVersion: number
  sortDue: string
}

/** The rows behind a figure, the longest due first; `after` is the last row of the page before. */
export async function listDesk(
  db: Db,
  scope: DeskScope,
  filter: DeskFilter,
  clock: DeskClock,
  after: { due: string; id: string } | undefined,
): Promise<DeskRow[]> {
  const sortDue = sql`coalesce(d.new_due_at, d.due_at, 'infinity'::timestamptz)`
  const { list, by, key, limit } = filter
  const { rows } = await sql<DeskRow>`
    select d.id, d.code, d.unit_code, d.agency_name, d.procedure_name, d.field, d.state, d.state_at,
      d.received_at, d.due_at, d.new_due_at, d.ended_at, d.applicant_masked, d.rule_version,
      ${sortDue}::text as sort_due
    from dossier d
    where ${inScope(scope)} and ${LISTS[list](clock)}
      and ${by === undefined || key === undefined ? sql`true` : sql`${KEYS[by](clock)} = ${key}`}
      and ${after === undefined ? sql`true` : sql`(${sortDue}, d.id) > (${after.due}::timestamptz, ${after.id}::uuid)`}
    order by ${sortDue}, d.id limit ${limit + 1}`.execute(db)
  return rows
}
