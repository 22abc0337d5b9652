import { asKey } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { fillTemplate } from '../../../core/fill-template.ts'
import { isUuid } from '../../../core/ids.ts'
import { formatDate, localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { findAgency } from '../../areas/index.ts'
import { can, type Resource, requireCan } from '../../identity/index.ts'
import { categoryOf } from '../data/categories.ts'
import { publicText } from '../policy/public.ts'
import { unitName } from '../service/around.ts'
import { SaveTemplate, type TemplateView } from './schema.ts'
import {
  deleteTemplate,
  findTemplate,
  listTemplates,
  templatesOf,
  upsertTemplate,
} from './store.ts'

/** All templates, for whoever keeps them. Throws `http.unauthenticated`, `http.forbidden`. */
export async function readTemplates(ctx: Ctx): Promise<TemplateView[]> {
  requireCan(ctx, 'areas.manage')
  return listTemplates(ctx.db)
}

/** Adds or changes one; unknown names in braces are refused. The same again is recorded once. Throws as above. */
export async function saveTemplate(ctx: Ctx, input: SaveTemplate): Promise<TemplateView> {
  requireCan(ctx, 'areas.manage')
  const { id, name, category, body } = parseInput(SaveTemplate, input)
  return inTransaction(ctx, async (tx) => {
    const before = id == null ? undefined : await findTemplate(tx.db, id)
    if (id != null && before === undefined) throw new AppError('http.not_found')
    const after: TemplateView = { id: id ?? tx.newId(), name, category: category ?? null, body }
    const fields = (['name', 'category', 'body'] as const).filter(
      (field) => before?.[field] !== after[field],
    )
    if (fields.length === 0) return after
    await upsertTemplate(tx.db, after)
    await audit(tx, {
      action: 'incident.save_template',
      subjectKind: 'answer_template',
      subjectId: after.id,
      fields,
    })
    return after
  })
}

/** Takes one off; again changes nothing. Answers that were given stay as they are. */
export async function removeTemplate(ctx: Ctx, id: string): Promise<void> {
  requireCan(ctx, 'areas.manage')
  await inTransaction(ctx, async (tx) => {
    if (!isUuid(id) || !(await deleteTemplate(tx.db, id))) return
    await audit(tx, {
      action: 'incident.remove_template',
      subjectKind: 'answer_template',
      subjectId: id,
    })
  })
}

type Matter = Resource & {
  publicCode: string
  category: string
  placeText: string
  unitCode: string | null
  agencyCode: string | null
  dueDate: string | null
  createdAt: string
}

/** The templates for a case, filled with what is known of it; none for whoever does not answer it. */
export async function templatesFor(ctx: Ctx, matter: Matter) {
  if (!can(ctx.actor, 'incidents.answer', matter)) return []
  const found = await templatesOf(ctx.db, matter.category)
  if (found.length === 0) return []
  const { publicCode, category, placeText, unitCode, agencyCode, dueDate, createdAt } = matter
  const agency = agencyCode === null ? undefined : await findAgency(ctx.db, agencyCode)
  // Residents read it: in Vietnamese, whatever language the official works in.
  const t = ctx.translate('vi')
  const facts = {
    ma: publicCode,
    loai: t(asKey(`incidents:category.${categoryOf(category).id}`)),
    noi: publicText(placeText) || unitName(unitCode),
    donvi: agency?.nameVi ?? '',
    ngaynhan: formatDate(localDate(new Date(createdAt))),
    han: dueDate === null ? '' : formatDate(dueDate),
    homnay: formatDate(localDate(ctx.now())),
  }
  return found.map(({ id, name, body }) => ({ id, name, text: fillTemplate(body, facts) }))
}
