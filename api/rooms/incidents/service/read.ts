import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { lngLat } from '../../../core/geo.ts'
import { isUuid, parsePublicCode } from '../../../core/ids.ts'
import { decodeCursor, type Page, toPage } from '../../../core/paging.ts'
import { localDate } from '../../../core/time.ts'
import { parseInput } from '../../../http/kit.ts'
import { toPublic } from '../policy/view.ts'
import { ListIncidents, type PublicIncident } from '../schema.ts'
import { findByCodes, findIncident, type IncidentRow, listPublic } from '../store/cases.ts'
import { loadAround } from './around.ts'

const DEFAULT_RADIUS_M = 2_000

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
  const { lat, lng, radiusM = DEFAULT_RADIUS_M, unit, category, state, limit, cursor } = query
  const at = lat === undefined || lng === undefined ? undefined : lngLat(lng, lat)
  const beforeId = cursor === undefined ? undefined : decodeCursor(cursor)
  if (cursor !== undefined && beforeId === undefined) {
    throw new AppError('http.invalid_input', {
      issues: [{ path: 'cursor', code: 'invalid_format' }],
    })
  }
  const rows = await listPublic(ctx.db, {
    limit,
    ...(at === undefined ? {} : { near: { at, radiusM } }),
    ...(unit === undefined ? {} : { unitCode: unit }),
    ...(category === undefined ? {} : { category }),
    ...(state === undefined ? {} : { state }),
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
export async function findCaseScope(
  ctx: Ctx,
  id: string,
): Promise<Pick<IncidentRow, 'unitCode' | 'agencyCode' | 'assigneeId'> | undefined> {
  const row = isUuid(id) ? await findIncident(ctx.db, id) : undefined
  if (row === undefined) return undefined
  const { unitCode, agencyCode, assigneeId } = row
  return { unitCode, agencyCode, assigneeId }
}
