import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid, parsePublicCode } from '../../../core/ids.ts'
import { decodeCursor, type Page, toPage } from '../../../core/paging.ts'
import { localDate } from '../../../core/time.ts'
import type { CaseScope } from '../../../files/index.ts'
import { parseInput } from '../../../http/kit.ts'
import { toPublic } from '../policy/view.ts'
import { invalid, toFilter } from '../public/filter.ts'
import { listPublic } from '../public/store.ts'
import { ListIncidents, type PublicIncident } from '../schema.ts'
import { findByCodes, findIncident } from '../store/cases.ts'
import { loadAround } from './around.ts'

/** Public facts of one case. Throws `incidents.not_found`, also for what is no code at all. */
export async function getPublicIncident(ctx: Ctx, code: string): Promise<PublicIncident> {
  const canonical = parsePublicCode(code)
  const [row] = canonical === undefined ? [] : await findByCodes(ctx.db, [canonical])
  if (row === undefined) throw new AppError('incidents.not_found')
  const around = (await loadAround(ctx, [row])).get(row.id)
  if (around === undefined) throw new AppError('incidents.not_found')
  return toPublic(row, around, localDate(ctx.now()))
}

/** Cases from acceptance on, newest first; distances are measured to what the public may know of a place. */
export async function listPublicIncidents(
  ctx: Ctx,
  input: Partial<ListIncidents>,
): Promise<Page<PublicIncident>> {
  const query = parseInput(ListIncidents, input)
  const { limit, cursor } = query
  const beforeId = cursor === undefined ? undefined : decodeCursor(cursor)
  if (cursor !== undefined && beforeId === undefined) throw invalid('cursor')
  const filter = toFilter(query, localDate(ctx.now()))
  const rows = await listPublic(ctx.db, filter, {
    limit,
    ...(beforeId === undefined ? {} : { beforeId }),
  })
  const page = toPage(rows, limit)
  const around = await loadAround(ctx, page.items)
  const today = localDate(ctx.now())
  const items = page.items.flatMap((row) => {
    const parts = around.get(row.id)
    return parts === undefined ? [] : [toPublic(row, parts, today)]
  })
  return page.nextCursor === undefined ? { items } : { items, nextCursor: page.nextCursor }
}

/** By what rights reach a case, for its photos; undefined when there is none. */
export async function findCaseScope(ctx: Ctx, id: string): Promise<CaseScope | undefined> {
  const row = isUuid(id) ? await findIncident(ctx.db, id) : undefined
  if (row === undefined) return undefined
  const { unitCode, agencyCode, assigneeId } = row
  return { unitCode, agencyCode, assigneeId, right: 'incidents.read_desk' }
}
