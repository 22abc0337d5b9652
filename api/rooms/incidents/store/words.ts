import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import { parsePublicCode } from '../../../core/ids.ts'
import type { Database } from '../../../db/schema.ts'
import { toTextQuery } from '../policy/words.ts'

type NewWords = { incidentId: string; words: string }

export async function insertWords(db: Db, rows: readonly NewWords[]): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('incidentWords')
    .values([...rows])
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** Cases from before words were kept. */
export const findWordless = (db: Db, limit: number) =>
  db
    .selectFrom('incident')
    .select(['id', 'description', 'placeText', 'isPrivatePlace'])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('incidentWords')
            .select('incidentWords.incidentId')
            .whereRef('incidentWords.incidentId', '=', 'incident.id'),
        ),
      ),
    )
    .limit(limit)
    .execute()

/** A case by its code, or by words that everybody may read of it, with or without marks; nothing asked: every case. */
export function hasWords(
  eb: ExpressionBuilder<Database, 'incident'>,
  q: string,
): Expression<SqlBool> {
  const code = parsePublicCode(q)
  if (code !== undefined) return eb('incident.publicCode', '=', code)
  const query = toTextQuery(q)
  if (query === undefined) return eb.lit(true)
  return eb(
    'incident.id',
    'in',
    eb
      .selectFrom('incidentWords')
      .select('incidentWords.incidentId')
      .where(sql<boolean>`to_tsvector('simple', words) @@ to_tsquery('simple', ${query})`),
  )
}
