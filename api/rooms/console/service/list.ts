import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { decodeCursor, encodeCursor } from '../../../core/paging.ts'
import { truncate } from '../../../core/text.ts'
import { type LocalDate, localDate } from '../../../core/time.ts'
import { parseInput } from '../../../http/kit.ts'
import {
  type Calendar,
  fullName,
  loadCalendar,
  unitByCode,
  workingDaysBetween,
} from '../../areas/index.ts'
import { reachOf, requireCan } from '../../identity/index.ts'
import { isLate, publicText, type State } from '../../incidents/index.ts'
import { decodeWorkCursor, encodeWorkCursor, type Turn, turnsOf } from '../policy.ts'
import { type WorkItem, type WorkList, WorkListQuery } from '../schema.ts'
import { countWork, listAll, listWork, type WorkRow } from '../store.ts'

const EXCERPT = 160

/** Today and the working calendar, read once a page. */
export type Clock = { today: LocalDate; calendar: Calendar }

export const readClock = async (ctx: Ctx): Promise<Clock> => ({
  today: localDate(ctx.now()),
  calendar: await loadCalendar(ctx.db),
})

const OVER: readonly string[] = ['answered', 'closed', 'refused', 'duplicate', 'withdrawn']

/** Whether the next step is the actor's, by the same turns that the list filters by. */
function isMine(row: WorkRow, turns: readonly Turn[]): boolean {
  return turns.some(
    ({ states, reach }) =>
      (states as readonly string[]).includes(row.state) &&
      (reach.isEverything ||
        (reach.unitCode !== undefined && reach.unitCode === row.unitCode) ||
        (reach.agencyCode !== undefined && reach.agencyCode === row.agencyCode) ||
        (reach.assigneeId !== undefined && reach.assigneeId === row.assigneeId)),
  )
}

/** One line of the list; what a sender wrote is masked, for they may have signed it. */
export function toItem(ctx: Ctx, row: WorkRow, { today, calendar }: Clock): WorkItem {
  const state = row.state as State
  const { dueDate, unitCode, agencyCode, hamletName } = row
  const unit = unitCode === null ? undefined : unitByCode(unitCode)
  const agencyName = ctx.language === 'en' ? row.agencyEn : row.agencyVi
  const answeredOn = row.answeredAt === null ? null : localDate(new Date(row.answeredAt))
  const isCounting = dueDate !== null && !OVER.includes(state)
  return {
    id: row.id,
    publicCode: row.publicCode,
    version: row.version,
    state,
    category: row.category,
    urgency: row.urgency,
    text: truncate(publicText(row.description).replaceAll('\n', ' '), EXCERPT),
    place: publicText(row.placeText),
    unitCode: unitCode ?? '',
    unitName: unit === undefined ? (unitCode ?? '') : fullName(unit),
    ...(hamletName === null ? {} : { hamletName }),
    ...(agencyCode === null
      ? {}
      : { agency: { code: agencyCode, name: agencyName ?? agencyCode } }),
    photos: Number(row.photos ?? 0),
    createdAt: row.createdAt,
    ...(dueDate === null ? {} : { dueDate }),
    ...(isCounting ? { daysLeft: workingDaysBetween(today, dueDate, calendar).days } : {}),
    isLate: isLate({ state, dueDate, answeredOn }, today),
    isMine: isMine(row, turnsOf(ctx.actor)),
  }
}

const badCursor = () =>
  new AppError('http.invalid_input', { issues: [{ path: 'cursor', code: 'invalid_format' }] })

/**
 * What an official has before them, as far as their rights reach: `open` and `mine` with the most urgent first, then by
 * due date, then by age; `all` newest first. Throws `http.unauthenticated`, `http.forbidden`.
 */
export async function listWorkItems(ctx: Ctx, input: Partial<WorkListQuery>): Promise<WorkList> {
  requireCan(ctx, 'incidents.read_desk')
  const { scope, limit, cursor } = parseInput(WorkListQuery, input)
  const reach = reachOf(ctx.actor, 'incidents.read_desk')
  const turns = turnsOf(ctx.actor)
  const clock = await readClock(ctx)
  const counts = await countWork(ctx.db, { reach, turns, today: clock.today })
  const { rows, next } =
    scope === 'all'
      ? await pageOfAll(ctx, { reach, limit, cursor })
      : await pageOfWork(ctx, { reach, limit, cursor, turns: scope === 'mine' ? turns : undefined })
  const items = rows.map((row) => toItem(ctx, row, clock))
  return next === undefined ? { items, counts } : { items, counts, nextCursor: next }
}

type PageQuery = {
  reach: ReturnType<typeof reachOf>
  limit: number
  cursor: string | undefined
  turns?: readonly Turn[] | undefined
}

type PageOfRows = { rows: WorkRow[]; next: string | undefined }

async function pageOfAll(ctx: Ctx, { reach, limit, cursor }: PageQuery): Promise<PageOfRows> {
  const beforeId = cursor === undefined ? undefined : decodeCursor(cursor)
  if (cursor !== undefined && beforeId === undefined) throw badCursor()
  const found = await listAll(ctx.db, {
    reach,
    limit,
    ...(beforeId === undefined ? {} : { beforeId }),
  })
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return { rows, next: last === undefined ? undefined : encodeCursor(last.id) }
}

async function pageOfWork(ctx: Ctx, query: PageQuery): Promise<PageOfRows> {
  const { reach, limit, cursor, turns } = query
  const after = cursor === undefined ? undefined : decodeWorkCursor(cursor)
  if (cursor !== undefined && after === undefined) throw badCursor()
  const found = await listWork(ctx.db, {
    reach,
    limit,
    ...(turns === undefined ? {} : { turns }),
    ...(after === undefined ? {} : { after }),
  })
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return { rows, next: last === undefined ? undefined : encodeWorkCursor(last) }
}
