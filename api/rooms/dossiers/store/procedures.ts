import type { Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type ProcedureRow = Selectable<Database['procedure']>

export const listProcedureRows = (db: Db): Promise<ProcedureRow[]> =>
  db.selectFrom('procedure').selectAll().orderBy('code').execute()

export const findProcedure = (db: Db, code: string): Promise<ProcedureRow | undefined> =>
  db.selectFrom('procedure').selectAll().where('code', '=', code).executeTakeFirst()

/** Adds or replaces by code. */
export async function saveProcedureRow(
  db: Db,
  row: Omit<ProcedureRow, 'updatedAt'> & { updatedAt: Date },
): Promise<void> {
  const { code, papers, forms, ...rest } = row
  const values = { ...rest, papers: JSON.stringify(papers), forms: JSON.stringify(forms) }
  await db
    .insertInto('procedure')
    .values({ code, ...values })
    .onConflict((oc) => oc.column('code').doUpdateSet(values))
    .execute()
}
