import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { lngLat } from '../../../core/geo.ts'
import { isUuid } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { resolveCoordinate } from '../../areas/index.ts'
import { can, requireCan } from '../../identity/index.ts'
import { ClosePoint, type DeskPoint, EditPoint, PointInput } from '../schema.ts'
import { insertPoint, lockPoint, type PointRow, savePoint } from '../store.ts'
import { readPoints } from './read.ts'

/** Points that the official may change. */
export async function listDeskPoints(ctx: Ctx): Promise<DeskPoint[]> {
  requireCan(ctx, 'floods.manage')
  const all = await readPoints(ctx)
  return all
    .filter(({ row }) => can(ctx.actor, 'floods.manage', { unitCode: row.unitCode }))
    .map(({ row, view }) => ({ ...view, version: row.version, otherNames: row.otherNames }))
}

const invalid = (path: string) =>
  new AppError('http.invalid_input', { issues: [{ path, code: 'custom' }] })

type Fields = Omit<PointRow, 'id' | 'version' | 'roadAt' | 'closedAt' | 'createdAt' | 'updatedAt'>

/** Columns of what was given; a place outside the city and a figure of the future are refused. */
async function fieldsOf(ctx: Ctx, input: PointInput): Promise<Fields> {
  const { depth, lng, lat, ...rest } = parseInput(PointInput, input)
  const at = lngLat(lng, lat)
  if (at === undefined) throw invalid('lng')
  if ((await resolveCoordinate(ctx, at)).outcome === 'outside') throw invalid('lng')
  const measuredAt = depth === null ? null : new Date(depth.measuredAt)
  if (measuredAt !== null && measuredAt > ctx.now()) throw invalid('depth.measuredAt')
  return {
    ...{ ...rest, ...at },
    depthCm: depth?.cm ?? null,
    measuredAt: measuredAt?.toISOString() ?? null,
    source: depth?.source ?? null,
  }
}

/** A new point that is watched. Its id. Throws `http.invalid_input` outside the city. */
export async function addFloodPoint(ctx: Ctx, input: PointInput): Promise<{ id: string }> {
  requireCan(ctx, 'floods.manage')
  const fields = await fieldsOf(ctx, input)
  requireCan(ctx, 'floods.manage', { unitCode: fields.unitCode })
  const id = ctx.newId()
  await inTransaction(ctx, async (tx) => {
    await insertPoint(tx.db, { ...fields, id, roadAt: tx.now().toISOString() }, tx.now())
    await audit(tx, { action: 'floods.added', subjectKind: 'flood_point', subjectId: id })
  })
  return { id }
}

const CHANGED = [
  'unitCode',
  'name',
  'lng',
  'lat',
  'road',
  'depthCm',
  'measuredAt',
  'source',
] as const

/** Changes a point: its place, the stated depth, the road. Throws `floods.not_found`, `http.conflict`. */
export async function editFloodPoint(
  ctx: Ctx,
  input: { id: string } & (typeof EditPoint)['_input'],
): Promise<void> {
  requireCan(ctx, 'floods.manage')
  const { id, ...given } = input
  const { version, ...point } = parseInput(EditPoint, given)
  const fields = await fieldsOf(ctx, point)
  requireCan(ctx, 'floods.manage', { unitCode: fields.unitCode })
  await inTransaction(ctx, async (tx) => {
    const row = await open(tx, id, version)
    const now = tx.now()
    const roadAt = fields.road === row.road ? row.roadAt : now.toISOString()
    await savePoint(tx.db, id, { ...fields, roadAt }, now)
    await audit(tx, {
      action: 'floods.changed',
      subjectKind: 'flood_point',
      subjectId: id,
      fields: CHANGED.filter((field) => fields[field] !== row[field]),
      data: { road: fields.road },
    })
  })
}

/** Ends the watch over a point; nobody sees it any more. Twice is the same. */
export async function closeFloodPoint(
  ctx: Ctx,
  input: { id: string; version: number },
): Promise<void> {
  requireCan(ctx, 'floods.manage')
  const { version } = parseInput(ClosePoint, { version: input.version })
  await inTransaction(ctx, async (tx) => {
    const row = await own(tx, input.id)
    if (row.closedAt !== null) return
    if (row.version !== version) throw new AppError('http.conflict')
    await savePoint(tx.db, row.id, { closedAt: tx.now() }, tx.now())
    await audit(tx, { action: 'floods.closed', subjectKind: 'flood_point', subjectId: row.id })
  })
}

async function own(tx: Ctx, id: string): Promise<PointRow> {
  const row = isUuid(id) ? await lockPoint(tx.db, id) : undefined
  if (row === undefined) throw new AppError('floods.not_found')
  requireCan(tx, 'floods.manage', { unitCode: row.unitCode })
  return row
}

async function open(tx: Ctx, id: string, version: number): Promise<PointRow> {
  const row = await own(tx, id)
  if (row.closedAt !== null) throw new AppError('floods.not_found')
  if (row.version !== version) throw new AppError('http.conflict')
  return row
}
