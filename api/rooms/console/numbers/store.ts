import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import { addDays, type LocalDate, startOfLocalDay, TIME_ZONE } from '../../../core/time.ts'
import type { Database } from '../../../db/schema.ts'
import type { Reach } from '../../identity/index.ts'
import { OPEN_STATES } from '../../incidents/index.ts'
import { within } from '../store.ts'
import type { Group, NumbersQuery, Outcome } from './schema.ts'

type Eb = ExpressionBuilder<Database, 'incident'>
/** A literal, so that what is selected and what is grouped by are the same expression. */
const ZONE = sql.lit(TIME_ZONE)

const isOpen = (eb: Eb) => eb('incident.state', 'in', [...OPEN_STATES])
/** Day on which it was answered, in local time. */
const answeredOn = sql<LocalDate>`(incident.answered_at at time zone ${ZONE})::date`

/** The one meaning of each figure: the numbers count by it, and the list behind a figure is narrowed by it. */
export function outcomeIs(eb: Eb, outcome: Outcome, today: LocalDate): Expression<SqlBool> {
  const wasAnswered = eb('incident.answeredAt', 'is not', null)
  switch (outcome) {
    case 'open':
      return isOpen(eb)
    case 'accepted':
      return eb('incident.acceptedAt', 'is not', null)
    case 'answered':
      return wasAnswered
    case 'on_time':
      return eb.and([wasAnswered, eb(answeredOn, '<=', eb.ref('incident.dueDate'))])
    case 'late':
      return eb.or([
        eb.and([wasAnswered, eb(answeredOn, '>', eb.ref('incident.dueDate'))]),
        eb.and([isOpen(eb), eb('incident.dueDate', '<', today)]),
      ])
    case 'reopened':
      return eb.exists(
        eb
          .selectFrom('incidentActivity')
          .select('incidentActivity.id')
          .whereRef('incidentActivity.incidentId', '=', 'incident.id')
          .where('incidentActivity.kind', '=', 'reopen'),
      )
    case 'rated':
      return eb('incident.rating', 'is not', null)
  }
}

/** Received on these local days. */
export const receivedIn = (eb: Eb, from: LocalDate, to: LocalDate) =>
  eb.and([
    eb('incident.createdAt', '>=', startOfLocalDay(from).toISOString()),
    eb('incident.createdAt', '<', startOfLocalDay(addDays(to, 1)).toISOString()),
  ])

const KEYS: Record<Group, ReturnType<typeof sql<string | null>>> = {
  unit: sql<string | null>`incident.unit_code`,
  agency: sql<string | null>`incident.agency_code`,
  category: sql<string | null>`incident.category`,
  week: sql<
    string | null
  >`to_char(date_trunc('week', incident.created_at at time zone ${ZONE}), 'YYYY-MM-DD')`,
}

const hours = (share: number, column: string) =>
  sql<number | null>`round((percentile_cont(${sql.lit(share)}) within group
    (order by extract(epoch from ${sql.ref(column)} - incident.created_at)) / 3600)::numeric, 1)::float8`

/** Figures of each group, and (key null, `isTotal`) of all together, in one pass. */
export async function sumCases(db: Db, query: NumbersQuery & { reach: Reach; today: LocalDate }) {
  const { reach, today, from, to, by, unitCode, agencyCode, category } = query
  return db
    .selectFrom('incident')
    .select((eb) => {
      const count = (outcome: Outcome) =>
        eb.fn.countAll<number>().filterWhere(outcomeIs(eb, outcome, today))
      return [
        KEYS[by].as('key'),
        sql<number>`grouping(${KEYS[by]})`.as('isTotal'),
        eb.fn.countAll<number>().as('received'),
        count('open').as('open'),
        count('on_time').as('onTime'),
        count('late').as('late'),
        count('answered').as('answered'),
        count('reopened').as('reopened'),
        count('rated').as('rated'),
        hours(0.5, 'incident.accepted_at').as('acceptMedian'),
        hours(0.9, 'incident.accepted_at').as('acceptP90'),
        hours(0.5, 'incident.answered_at').as('answerMedian'),
        hours(0.9, 'incident.answered_at').as('answerP90'),
        sql<number | null>`round(avg(incident.rating), 2)::float8`.as('rating'),
      ]
    })
    .where((eb) => within(eb, reach))
    .where((eb) => receivedIn(eb, from, to))
    .$if(unitCode !== undefined, (qb) => qb.where('unitCode', '=', unitCode ?? ''))
    .$if(agencyCode !== undefined, (qb) => qb.where('agencyCode', '=', agencyCode ?? ''))
    .$if(category !== undefined, (qb) => qb.where('category', '=', category ?? ''))
    .groupBy(sql`grouping sets ((${KEYS[by]}), ())`)
    .execute()
}

export const listPopulations = (db: Db) => db.selectFrom('areaPopulation').selectAll().execute()

export const agencyNames = (db: Db) =>
  db.selectFrom('areaAgency').select(['code', 'nameVi', 'nameEn']).execute()
