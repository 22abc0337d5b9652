import { type ExpressionBuilder, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { Database } from '../../../db/schema.ts'
import type { Reach } from '../../identity/index.ts'
import type { Turn, WorkCursor } from '../policy.ts'
import type { WorkFilter } from '../schema.ts'
import { cases, isAfter, isTurn, matches, type WorkRow, within } from '../store.ts'

type Meant = readonly { recipient: string; reach: Reach }[]

const isMeant = (
  eb: ExpressionBuilder<Database, 'incident' | 'incidentAttention'>,
  reaches: Meant,
) =>
  eb.or(
    reaches.map(({ recipient, reach }) =>
      eb.and([eb('incidentAttention.recipient', '=', recipient as 'officer'), within(eb, reach)]),
    ),
  )

/** Cases with something that these reaches have not noticed, but whose next step is not theirs; in the order of work. */
export async function listNoticed(
  db: Db,
  query: {
    reaches: Meant
    turns: readonly Turn[]
    filter: WorkFilter
    today: LocalDate
    after: WorkCursor | undefined
    limit: number
  },
): Promise<WorkRow[]> {
  const { reaches, turns, filter, today, after, limit } = query
  return cases(db)
    .where('incident.id', 'in', (eb) =>
      eb
        .selectFrom('incidentAttention')
        .innerJoin('incident', 'incident.id', 'incidentAttention.incidentId')
        .select('incidentAttention.incidentId')
        .where('incidentAttention.clearedAt', 'is', null)
        .where((inner) => isMeant(inner, reaches)),
    )
    .where((eb) => eb.not(isTurn(eb, turns)))
    .where((eb) => matches(eb, filter, today))
    .$if(after !== undefined, (qb) => qb.where((eb) => (after ? isAfter(eb, after) : eb.lit(true))))
    .orderBy('incident.urgency', 'desc')
    .orderBy('incident.dueDate')
    .orderBy('incident.id')
    .limit(limit)
    .execute()
}

/** What these reaches have not noticed in these cases, oldest first. */
export async function findNotices(db: Db, ids: readonly string[], reaches: Meant) {
  if (ids.length === 0) return []
  return db
    .selectFrom('incidentAttention')
    .innerJoin('incident', 'incident.id', 'incidentAttention.incidentId')
    .select([
      'incidentAttention.id',
      'incidentAttention.incidentId',
      'incidentAttention.kind',
      'incidentAttention.at',
    ])
    .where('incidentAttention.incidentId', 'in', [...ids])
    .where('incidentAttention.clearedAt', 'is', null)
    .where((eb) => isMeant(eb, reaches))
    .orderBy('incidentAttention.id')
    .execute()
}

/** Units, agencies and officials that have or had these cases before them. */
export async function findTouched(db: Db, ids: readonly string[]) {
  const rows = await db
    .selectFrom('incident')
    .select(['unitCode', 'agencyCode', 'assigneeId'])
    .where('id', 'in', [...ids])
    .execute()
  const steps = await db
    .selectFrom('incidentActivity')
    .select((eb) => [
      sql<string | null>`data->>'agencyCode'`.as('agencyCode'),
      eb.case().when('actorKind', '=', 'official').then(eb.ref('actorId')).end().as('officialId'),
    ])
    .distinct()
    .where('incidentId', 'in', [...ids])
    .execute()
  return { rows, steps }
}
