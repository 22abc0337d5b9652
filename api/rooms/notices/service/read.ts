import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { toIcs } from '../../../core/ics.ts'
import { isUuid } from '../../../core/ids.ts'
import { parseInput } from '../../../http/kit.ts'
import { areaLabel, concerning } from '../../alerts/index.ts'
import { kindLabel, readOut, saidIn, shareText } from '../messages.ts'
import { type NoticeKind, NoticeQuery, type PublicNotice } from '../schema.ts'
import { type After, findNotice, findPublic, type NoticeRow } from '../store.ts'
import { noticeUrl } from './send.ts'

async function toPublic(ctx: Ctx, row: NoticeRow): Promise<PublicNotice> {
  const { language, t } = ctx
  const place = await areaLabel(ctx, row.area)
  const about = { row, language, place }
  const said = saidIn(about)
  return {
    id: row.id,
    kind: row.kind as NoticeKind,
    kindLabel: kindLabel(t, row),
    isEmergency: row.isEmergency,
    ...said,
    link:
      row.linkUrl === null ? null : { label: row.linkLabel ?? t('notices:link'), url: row.linkUrl },
    issuer: row.issuer,
    signer: row.signer,
    documentNo: row.documentNo,
    place,
    event: row.event,
    calendarUrl:
      row.event === null ? null : `${ctx.settings.publicUrl}/api/v1/notices/${row.id}/event.ics`,
    sentAt: row.dispatchStartedAt ?? row.updatedAt,
    expiresAt: row.expiresAt,
    isOver: Date.parse(row.expiresAt) <= ctx.now().getTime(),
    readOut: readOut(t, about),
    shareText: shareText(t, about, noticeUrl(ctx, row.id)),
  }
}

/** How many rows are looked at for one page when a unit narrows them. */
const LOOKED_AT = 200

/** What was sent and not taken back, newest first; with a unit, what concerns it. Public. */
export async function listNotices(
  ctx: Ctx,
  query: (typeof NoticeQuery)['_input'],
): Promise<{ notices: PublicNotice[]; nextCursor?: string }> {
  const { limit, cursor, unitCode } = parseInput(NoticeQuery, query)
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const lookedAt = unitCode === undefined ? limit : LOOKED_AT
  const rows = await findPublic(ctx.db, {
    limit: lookedAt,
    ...(after === undefined ? {} : { after }),
  })
  const held = unitCode === undefined ? rows : await concerning(ctx, rows, unitCode)
  const kept = held.slice(0, limit)
  // A full page ends with its last notice; one that is not full has passed over all that was looked at.
  const last = kept.length === limit ? kept.at(-1) : rows.at(-1)
  const isMore = last !== rows.at(-1) || rows.length === lookedAt
  return {
    notices: await Promise.all(kept.map((row) => toPublic(ctx, row))),
    ...(isMore && last !== undefined ? { nextCursor: `${last.dispatchStartedAt}_${last.id}` } : {}),
  }
}

function readCursor(cursor: string): After {
  const [sentAt = '', id = ''] = cursor.split('_')
  if (Number.isNaN(Date.parse(sentAt)) || !isUuid(id))
    throw new AppError('http.invalid_input', { issues: [{ path: 'cursor', code: 'custom' }] })
  return { sentAt, id }
}

/** One notice that was sent; public. Throws `notices.not_found`, for what is not sent or was stopped too. */
export const getNotice = async (ctx: Ctx, id: string): Promise<PublicNotice> =>
  toPublic(ctx, await sentRow(ctx, id))

async function sentRow(ctx: Ctx, id: string): Promise<NoticeRow> {
  const row = isUuid(id) ? await findNotice(ctx.db, id) : undefined
  if (row === undefined || row.state !== 'released' || row.dispatchStartedAt === null)
    throw new AppError('notices.not_found')
  return row
}

/** What a notice invites to, as a calendar file. Throws `notices.not_found`, also where it invites to nothing. */
export async function noticeCalendar(ctx: Ctx, id: string): Promise<string> {
  const row = await sentRow(ctx, id)
  if (row.event === null) throw new AppError('notices.not_found')
  const place = await areaLabel(ctx, row.area)
  const { title, body } = saidIn({ row, language: ctx.language, place })
  const { startAt, endAt, place: location } = row.event
  const event = {
    uid: `notice-${row.id}@${new URL(ctx.settings.publicUrl).hostname}`,
    summary: title,
    description: `${body}\n${noticeUrl(ctx, row.id)}`.trim(),
    location,
    when: { startAt: new Date(startAt), endAt: new Date(endAt) },
    sequence: row.version,
  }
  return toIcs(event, ctx.now())
}
