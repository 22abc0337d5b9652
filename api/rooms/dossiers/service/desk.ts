import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { type SheetFile, type SheetFormat, sheetFile } from '../../../core/sheet.ts'
import { addDays, formatDate, localDate, localInstant } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { fullName, unitByCode } from '../../areas/index.ts'
import { reachOf, requireCan } from '../../identity/index.ts'
import {
  type Board,
  BoardQuery,
  DeskFilter,
  type DeskGroup,
  type DeskItem,
  type DeskPage,
  DraftApology,
} from '../board-schema.ts'
import { ageLabel, deskHeader, stateName } from '../messages/words.ts'
import { isEnd, type StateNumber } from '../policy/states.ts'
import { isWorked, timeLeft, type WorkRule } from '../policy/work-rule.ts'
import {
  countDesk,
  type DeskClock,
  type DeskFigures,
  type DeskRow,
  type DeskScope,
  listDesk,
} from '../store/desk.ts'
import { findDossiersById } from '../store/dossiers.ts'
import { loadRule } from './rule.ts'

const PERIOD_DAYS = 30
/** Open and without a new step for so long: somebody should look. */
const STILL_DAYS = 7
const EXPORT_MAX = 20_000
const EXPORT_PAGE = 200

function scopeOf(ctx: Ctx): DeskScope {
  requireCan(ctx, 'dossiers.read_desk')
  const { isEverything, unitCode } = reachOf(ctx.actor, 'dossiers.read_desk')
  return { isEverything, unitCode }
}

function clockOf(ctx: Ctx, period: { from?: string | undefined; to?: string | undefined }) {
  const now = ctx.now()
  const today = localDate(now)
  const from = period.from ?? addDays(today, -PERIOD_DAYS)
  const to = period.to ?? today
  const start = (day: string) => localInstant(day, '00:00')
  const clock: DeskClock = {
    now,
    dayStart: start(today),
    dayEnd: start(addDays(today, 1)),
    stillSince: start(addDays(today, -STILL_DAYS)),
    from: start(from),
    to: start(addDays(to, 1)),
  }
  return { clock, from, to, today }
}

function labelOf(ctx: Ctx, by: DeskGroup, key: string): string {
  if (by === 'state') return stateName(ctx.t, Number(key) as StateNumber)
  if (by === 'age') return ageLabel(ctx.t, key)
  if (by === 'all' || key === '') return ctx.t('dossiers:desk.all')
  const unit = by === 'unit' ? unitByCode(key) : undefined
  return unit === undefined ? key : fullName(unit)
}

function withRate(figures: DeskFigures, label: string): Board['total'] {
  const judged = figures.onTime + figures.overdue
  const onTimePercent = judged === 0 ? null : Math.round((figures.onTime * 1_000) / judged) / 10
  return { ...figures, label, onTimePercent }
}

const NOTHING: Omit<DeskFigures, 'key'> = {
  open: 0,
  dueToday: 0,
  late: 0,
  still: 0,
  onTime: 0,
  overdue: 0,
  unknown: 0,
}

/** How the desk stands: open, due, late, without movement; and the on-time rate by the national rule of a period. */
export async function getBoard(ctx: Ctx, input: Partial<BoardQuery>): Promise<Board> {
  const scope = scopeOf(ctx)
  const { by, ...period } = parseInput(BoardQuery, input)
  const { clock, from, to } = clockOf(ctx, period)
  const groups = by === 'all' ? [] : await countDesk(ctx.db, scope, by, clock)
  const [total] = await countDesk(ctx.db, scope, 'all', clock)
  return {
    from,
    to,
    total: withRate(total ?? { key: 'all', ...NOTHING }, labelOf(ctx, 'all', 'all')),
    groups: groups.map((figures) => withRate(figures, labelOf(ctx, by, figures.key))),
  }
}

const encodeCursor = ({ sortDue, id }: DeskRow): string => btoa(`${sortDue}|${id}`)

function decodeCursor(cursor: string): { due: string; id: string } {
  const bad = () =>
    new AppError('http.invalid_input', { issues: [{ path: 'cursor', code: 'invalid_format' }] })
  if (!/^[A-Za-z0-9+/=]+$/.test(cursor) || cursor.length % 4 !== 0) throw bad()
  const [, due, id] = /^([-+:. 0-9]{10,40}|infinity)\|([0-9a-f-]{36})$/.exec(atob(cursor)) ?? []
  if (due === undefined || id === undefined) throw bad()
  return { due, id }
}

/** Rules of a page's dossiers, each read once. */
async function rulesOf(ctx: Ctx, rows: readonly DeskRow[]): Promise<Map<number, WorkRule>> {
  const rules = new Map<number, WorkRule>()
  for (const { ruleVersion } of rows)
    if (!rules.has(ruleVersion)) rules.set(ruleVersion, await loadRule(ctx, ruleVersion))
  return rules
}

/** The rows behind a figure of the board, the longest due first. */
export async function listDeskRows(ctx: Ctx, input: Partial<DeskFilter>): Promise<DeskPage> {
  const scope = scopeOf(ctx)
  const filter = parseInput(DeskFilter, input)
  const { clock, today } = clockOf(ctx, filter)
  const after = filter.cursor === undefined ? undefined : decodeCursor(filter.cursor)
  const rows = await listDesk(ctx.db, scope, filter, clock, after)
  const page = rows.slice(0, filter.limit)
  const rules = await rulesOf(ctx, page)
  const items = page.map((row) => toItem(ctx, row, today, rules.get(row.ruleVersion)))
  const last = page.at(-1)
  return rows.length > filter.limit && last !== undefined
    ? { items, nextCursor: encodeCursor(last) }
    : { items }
}

function toItem(ctx: Ctx, row: DeskRow, today: string, rule: WorkRule | undefined): DeskItem {
  const due = row.newDueAt ?? row.dueAt
  const optional = (name: 'receivedAt' | 'dueAt' | 'newDueAt' | 'endedAt') =>
    row[name] === null ? {} : { [name]: row[name] }
  return {
    id: row.id,
    code: row.code,
    agencyName: row.agencyName,
    procedureName: row.procedureName,
    ...(row.field === null ? {} : { field: row.field }),
    state: row.state,
    stateName: stateName(ctx.t, row.state),
    stateAt: row.stateAt,
    ...optional('receivedAt'),
    ...optional('dueAt'),
    ...optional('newDueAt'),
    ...optional('endedAt'),
    applicantMasked: row.applicantMasked,
    ...(rule === undefined || due === null || isEnd(row.state)
      ? {}
      : { timeLeft: timeLeft(today, localDate(new Date(due)), rule) }),
  }
}

/** The same rows as a file in which no spreadsheet finds a formula; noted in the audit. At most 20,000 rows. */
export async function exportDesk(
  ctx: Ctx,
  input: Partial<DeskFilter>,
  format: SheetFormat,
): Promise<SheetFile> {
  const scope = scopeOf(ctx)
  const lines: string[][] = [deskHeader(ctx.t)]
  let cursor: string | undefined
  do {
    const page: DeskPage = await listDeskRows(ctx, {
      ...input,
      limit: EXPORT_PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const item of page.items) lines.push(cellsOf(item))
    cursor = page.nextCursor
  } while (cursor !== undefined && lines.length < EXPORT_MAX)
  await inTransaction(ctx, (tx) =>
    audit(tx, {
      action: 'dossiers.exported',
      subjectKind: 'dossiers',
      subjectId: input.list ?? 'late',
      data: { rows: lines.length - 1, format, unitCode: scope.unitCode ?? null },
    }),
  )
  return sheetFile(lines, { format, name: 'ho-so', title: ctx.t('dossiers:desk.sheet') })
}

const day = (at: string | undefined): string => (at === undefined ? '' : formatDate(new Date(at)))

const cellsOf = (item: DeskItem): string[] => [
  item.code,
  item.procedureName,
  item.field ?? '',
  item.agencyName,
  item.stateName,
  day(item.receivedAt),
  day(item.dueAt),
  day(item.newDueAt),
  day(item.endedAt),
  item.applicantMasked,
]

/**
 * The words of an apology (form 04) for a late dossier, to be completed and signed in the office's own system: nothing is
 * sent or kept. Throws `dossiers.apology_twice` when it was re-appointed before (at most once, Decree 61/2018),
 * `http.invalid_input` for a day that is past or not worked.
 */
export async function draftApology(ctx: Ctx, input: DraftApology): Promise<{ text: string }> {
  const scope = scopeOf(ctx)
  const { id, reason, newDue } = parseInput(DraftApology, input)
  const [row] = await findDossiersById(ctx.db, [id])
  const isTheirs = row !== undefined && (scope.isEverything || row.unitCode === scope.unitCode)
  if (!isTheirs || isEnd(row.state)) throw new AppError('dossiers.not_found')
  if (row.newDueAt !== null) throw new AppError('dossiers.apology_twice')
  const rule = await loadRule(ctx, row.ruleVersion)
  if (newDue <= localDate(ctx.now()) || !isWorked(newDue, rule))
    throw new AppError('http.invalid_input', { issues: [{ path: 'newDue', code: 'custom' }] })
  const text = ctx.t('dossiers:desk.apology', {
    applicant: row.applicantMasked,
    procedure: row.procedureName,
    code: row.code,
    agency: row.agencyName,
    state: stateName(ctx.t, row.state),
    due: row.dueAt === null ? '' : formatDate(new Date(row.dueAt)),
    reason,
    newDue: formatDate(newDue),
  })
  return { text }
}
