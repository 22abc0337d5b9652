import type { Db } from '../../../context.ts'
import type { TemplateView } from './schema.ts'

const COLUMNS = ['id', 'name', 'category', 'body'] as const

export const listTemplates = (db: Db): Promise<TemplateView[]> =>
  db.selectFrom('answerTemplate').select(COLUMNS).orderBy('name').orderBy('id').execute()

/** Those for a category and those for any, the first before the others. */
export const templatesOf = (db: Db, category: string): Promise<TemplateView[]> =>
  db
    .selectFrom('answerTemplate')
    .select(COLUMNS)
    .where((eb) => eb.or([eb('category', '=', category), eb('category', 'is', null)]))
    .orderBy('category')
    .orderBy('name')
    .orderBy('id')
    .execute()

export const findTemplate = (db: Db, id: string): Promise<TemplateView | undefined> =>
  db.selectFrom('answerTemplate').select(COLUMNS).where('id', '=', id).executeTakeFirst()

export async function upsertTemplate(db: Db, { id, ...row }: TemplateView): Promise<void> {
  await db
    .insertInto('answerTemplate')
    .values({ id, ...row })
    .onConflict((oc) => oc.column('id').doUpdateSet(row))
    .execute()
}

/** True when there was such a template. */
export async function deleteTemplate(db: Db, id: string): Promise<boolean> {
  const result = await db.deleteFrom('answerTemplate').where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows > 0n
}
