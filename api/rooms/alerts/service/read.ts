import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { parseInput } from '../../../http/kit.ts'
import { kindLabel, levelLabel, readOut, saidIn, shareText, standingOf } from '../messages.ts'
import { type AlertKind, HistoryQuery, type MessageType, type PublicAlert } from '../schema.ts'
import { type AlertRow, findAlert, findInForce, findIssued } from '../store.ts'
import { areaLabel, concerning } from './area.ts'
import { alertUrl } from './issue.ts'

export const capUrl = (ctx: Pick<Ctx, 'settings'>, id: string): string =>
  `${ctx.settings.publicUrl}/cap/alerts/${id}.xml`

export async function toPublic(ctx: Ctx, row: AlertRow): Promise<PublicAlert> {
  const { language, t } = ctx
  const place = await areaLabel(ctx, row.area)
  const about = { row, language, place }
  return {
    id: row.id,
    threadId: row.threadId,
    messageType: row.messageType,
    standing: standingOf(row, await successorOf(ctx, row), ctx.now()),
    kind: row.kind as AlertKind,
    kindLabel: kindLabel(t, row.kind),
    level: row.level,
    levelLabel: levelLabel(t, row),
    isMeasured: row.stationCode !== null,
    ...saidIn(row, language),
    issuer: row.issuer,
    signer: row.signer,
    documentNo: row.documentNo,
    place,
    area: row.area,
    onsetAt: row.onsetAt,
    issuedAt: row.issuedAt ?? row.updatedAt,
    expiresAt: row.expiresAt,
    readOut: readOut(t, about),
    shareText: shareText(t, about, alertUrl(ctx, row.id)),
    capUrl: capUrl(ctx, row.id),
  }
}

export async function successorOf(ctx: Ctx, row: AlertRow): Promise<MessageType | null> {
  if (row.supersededBy === null) return null
  return (await findAlert(ctx.db, row.supersededBy))?.messageType ?? null
}

/** Rows that hold now, the gravest first; with a unit, those that hold somewhere in it. */
export async function rowsInForce(ctx: Ctx, unitCode?: string): Promise<AlertRow[]> {
  const rows = await findInForce(ctx.db, ctx.now())
  return unitCode === undefined ? rows : concerning(ctx, rows, unitCode)
}

/** Warnings that hold now; public. */
export async function listInForce(
  ctx: Ctx,
  { unitCode }: { unitCode?: string } = {},
): Promise<PublicAlert[]> {
  return Promise.all((await rowsInForce(ctx, unitCode)).map((row) => toPublic(ctx, row)))
}

/** All that was ever issued, newest first; public. */
export async function listHistory(
  ctx: Ctx,
  query: (typeof HistoryQuery)['_input'],
): Promise<{ alerts: PublicAlert[]; nextCursor?: string }> {
  const { limit, cursor } = parseInput(HistoryQuery, query)
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const rows = await findIssued(ctx.db, { limit, ...(after === undefined ? {} : { after }) })
  const last = rows.at(-1)
  return {
    alerts: await Promise.all(rows.map((row) => toPublic(ctx, row))),
    ...(rows.length < limit || last === undefined
      ? {}
      : { nextCursor: `${last.issuedAt}_${last.id}` }),
  }
}

function readCursor(cursor: string): { issuedAt: string; id: string } {
  const [issuedAt = '', id = ''] = cursor.split('_')
  if (Number.isNaN(Date.parse(issuedAt)) || !isUuid(id))
    throw new AppError('http.invalid_input', { issues: [{ path: 'cursor', code: 'custom' }] })
  return { issuedAt, id }
}

/** One issued message; public. Throws `alerts.not_found`, for what is not issued too. */
export async function getAlert(ctx: Ctx, id: string): Promise<PublicAlert> {
  return toPublic(ctx, await issuedRow(ctx, id))
}

export async function issuedRow(ctx: Ctx, id: string): Promise<AlertRow> {
  const row = isUuid(id) ? await findAlert(ctx.db, id) : undefined
  if (row === undefined || row.state !== 'issued') throw new AppError('alerts.not_found')
  return row
}
