import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Reach } from '../../identity/index.ts'

/** Cases closed in the given span that have not been asked about. */
export async function findToAsk(
  db: Db,
  span: { after: Date; before: Date; limit: number },
): Promise<{ id: string }[]> {
  return db
    .selectFrom('incident')
    .select('incident.id')
    .where('state', '=', 'closed')
    .where('closedAt', '<=', span.before.toISOString())
    .where('closedAt', '>', span.after.toISOString())
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('incidentSatisfaction')
            .select('incidentId')
            .whereRef('incidentId', '=', 'incident.id'),
        ),
      ),
    )
    .orderBy('closedAt')
    .limit(span.limit)
    .execute()
}

/** False when it was asked before. */
export async function insertQuestion(
  db: Db,
  row: { incidentId: string; unitCode: string | null; agencyCode: string | null; askedAt: Date },
): Promise<boolean> {
  const result = await db
    .insertInto('incidentSatisfaction')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** Cases whose question still waits for an answer. */
export async function findAsked(db: Db, incidentIds: readonly string[]): Promise<Set<string>> {
  if (incidentIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('incidentSatisfaction')
    .select('incidentId')
    .where('incidentId', 'in', [...incidentIds])
    .where('score', 'is', null)
    .execute()
  return new Set(rows.map((row) => row.incidentId))
}

/** The question of each case, with its answer, for whoever sent the case. */
export async function findQuestions(db: Db, incidentIds: readonly string[]) {
  const rows =
    incidentIds.length === 0
      ? []
      : await db
          .selectFrom('incidentSatisfaction')
          .select(['incidentId', 'askedAt', 'answeredAt', 'score'])
          .where('incidentId', 'in', [...incidentIds])
          .execute()
  return new Map(rows.map(({ incidentId, ...question }) => [incidentId, question]))
}

/** The first answer holds; false when nothing was asked or it was answered. */
export async function saveScore(
  db: Db,
  answer: { incidentId: string; score: number; now: Date },
): Promise<boolean> {
  const result = await db
    .updateTable('incidentSatisfaction')
    .set({ score: answer.score, answeredAt: answer.now })
    .where('incidentId', '=', answer.incidentId)
    .where('score', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Whole groups alone are summed, so that neither one sum nor the difference of two tells of fewer than these. */
const GROUP = 5

/** Sums by unit and agency within reach, over whole groups of five answers, oldest first. */
export async function sumScores(db: Db, { isEverything, unitCode, agencyCode }: Reach) {
  const { rows } = await sql<{
    unitCode: string | null
    agencyCode: string | null
    answers: number
    average: number
    satisfied: number
  }>`
    select unit_code, agency_code, count(*)::int as answers,
      round(avg(score), 1)::float8 as average, count(*) filter (where score >= 4)::int as satisfied
    from (
      select unit_code, agency_code, score,
        row_number() over (partition by unit_code, agency_code order by answered_at, incident_id) as n,
        count(*) over (partition by unit_code, agency_code) as total
      from incident_satisfaction
      where score is not null and (${isEverything}::boolean or unit_code = ${unitCode ?? null}::text
        or agency_code = ${agencyCode ?? null}::text)
    ) answered
    where n <= total - total % ${GROUP}::int
    group by unit_code, agency_code
    order by unit_code, agency_code`.execute(db)
  return rows
}
