import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { decodeCursor, encodeCursor } from '../../../core/paging.ts'
import { truncate } from '../../../core/text.ts'
import { type LocalDate, localDate } from '../../../core/time.ts'
import { encodeEventCursor, findHead } from '../../../db/events.ts'
import { parseInput } from '../../../http/kit.ts'
import {
  type Calendar,
  fullName,
  loadCalendar,
  unitByCode,
  workingDaysBetween,
} from '../../areas/index.ts'
import { can, type Reach, reachOf, requireCan } from '../../identity/index.ts'
import { isLate, movesFrom, publicText, RIGHTS_OF, type State } from '../../incidents/index.ts'
import { type CountKeeper, countAnew } from '../inbox/counts.ts'
import {
  decodeWorkCursor,
  encodeWorkCursor,
  pickRoute,
  QUICK_MOVES,
  type QuickMove,
  type Turn,
  turnsOf,
  type WorkCursor,
} from '../policy.ts'
import {
  type Counts,
  type WorkFilter,
  type WorkItem,
  type WorkList,
  WorkListQuery,
} from '../schema.ts'
import { countWork, findRoutes, listAll, listWork, type WorkRow } from '../store.ts'

const EXCERPT = 160

/** Today, the working calendar and the working days that are left until a day, read once a page. */
export type Clock = {
  today: LocalDate
  calendar: Calendar
  daysLeft: (dueDate: LocalDate) => number
}

export async function readClock(ctx: Ctx): Promise<Clock> {
  const today = localDate(ctx.now())
  const calendar = await loadCalendar(ctx.db)
  // Cases of one page share a few due days.
  const known = new Map<LocalDate, number>()
  const daysLeft = (dueDate: LocalDate) => {
    const days = known.get(dueDate) ?? workingDaysBetween(today, dueDate, calendar).days
    known.set(dueDate, days)
    return days
  }
  return { today, calendar, daysLeft }
}

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

/** Moves of a row that need nothing more; extensions do not count for any of these. */
function quickOf(ctx: Ctx, row: WorkRow): QuickMove[] {
  const moves = movesFrom(row.state as State, 0)
  return QUICK_MOVES.filter(
    (kind) =>
      moves.includes(kind) && RIGHTS_OF[kind].every((action) => can(ctx.actor, action, row)),
  )
}

/** Lines of a list with what may be done at once. */
export async function toItems(ctx: Ctx, rows: readonly WorkRow[]): Promise<WorkItem[]> {
  if (rows.length === 0) return []
  const clock = await readClock(ctx)
  const routes = await findRoutes(
    ctx.db,
    rows.map((row) => row.category),
  )
  return rows.map((row) => {
    const route = pickRoute(routes, row)
    if (route === undefined) return toItem(ctx, row, clock)
    const name = ctx.language === 'en' ? route.nameEn : route.nameVi
    return { ...toItem(ctx, row, clock), suggestedAgency: { code: route.agencyCode, name } }
  })
}

/** One line of the list; what a sender wrote is masked, for they may have signed it. */
export function toItem(ctx: Ctx, row: WorkRow, { today, daysLeft }: Clock): WorkItem {
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
    ...(isCounting ? { daysLeft: daysLeft(dueDate) } : {}),
    isLate: isLate({ state, dueDate, answeredOn }, today),
    isMine: isMine(row, turnsOf(ctx.actor)),
    quick: quickOf(ctx, row),
  }
}

/** Open cases within reach, counted; of somebody who reads no case, none. */
export async function readCounts(
  ctx: Ctx,
  since: string,
  keep: CountKeeper,
): Promise<{ counts: Counts; today: LocalDate }> {
  const today = localDate(ctx.now())
  const query = {
    reach: reachOf(ctx.actor, 'incidents.read_desk'),
    turns: turnsOf(ctx.actor),
    today,
  }
  const counts = await keep(JSON.stringify([since, query]), () => countWork(ctx.db, query))
  return { counts, today }
}

const badCursor = () =>
  new AppError('http.invalid_input', { issues: [{ path: 'cursor', code: 'invalid_format' }] })

/**
 * What an official has before them, as far as their rights reach: `open` and `mine` with the most urgent first, then by
 * due date, then by age; `all` newest first. Throws `http.unauthenticated`, `http.forbidden`.
 */
export async function listWorkItems(
  ctx: Ctx,
  input: Partial<WorkListQuery>,
  keep: CountKeeper = countAnew,
): Promise<WorkList> {
  requireCan(ctx, 'incidents.read_desk')
  const { scope, limit, cursor, ...filter } = parseInput(WorkListQuery, input)
  const since = encodeEventCursor(await findHead(ctx.db))
  const { counts, today } = await readCounts(ctx, since, keep)
  const query = { filter, today, limit, cursor, reach: reachOf(ctx.actor, 'incidents.read_desk') }
  const { rows, next } =
    scope === 'all'
      ? await pageOfAll(ctx, query)
      : await pageOfWork(ctx, scope === 'mine' ? { ...query, turns: turnsOf(ctx.actor) } : query)
  const items = await toItems(ctx, rows)
  return { items, counts, since, ...(next === undefined ? {} : { nextCursor: next }) }
}

type PageQuery = {
  reach: Reach
  filter: WorkFilter
  today: LocalDate
  limit: number
  cursor: string | undefined
  turns?: readonly Turn[]
}

type PageOfRows = { rows: WorkRow[]; next: string | undefined }

async function pageOfAll(ctx: Ctx, query: PageQuery): Promise<PageOfRows> {
  const { limit, cursor } = query
  const beforeId = cursor === undefined ? undefined : decodeCursor(cursor)
  if (cursor !== undefined && beforeId === undefined) throw badCursor()
  const found = await listAll(ctx.db, { ...query, beforeId })
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return { rows, next: last === undefined ? undefined : encodeCursor(last.id) }
}

/** The place that a cursor names. Throws `http.invalid_input`. */
export function readWorkCursor(cursor: string): WorkCursor {
  const after = decodeWorkCursor(cursor)
  if (after === undefined) throw badCursor()
  return after
}

async function pageOfWork(ctx: Ctx, query: PageQuery): Promise<PageOfRows> {
  const { limit, cursor } = query
  const after = cursor === undefined ? undefined : readWorkCursor(cursor)
  const found = await listWork(ctx.db, { ...query, after, limit: limit + 1 })
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return { rows, next: last === undefined ? undefined : encodeWorkCursor(last) }
}
