import { asKey } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { type SheetFile, type SheetFormat, sheetFile } from '../../../core/sheet.ts'
import { formatDate, formatDateTime, localDate } from '../../../core/time.ts'
import type { Cell } from '../../../core/xlsx.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { reachOf, requireCan } from '../../identity/index.ts'
import { categoryOf } from '../../incidents/index.ts'
import { turnsOf } from '../policy.ts'
import { type WorkItem, WorkListQuery } from '../schema.ts'
import { listAll, listWork } from '../store.ts'
import { toItems } from './list.ts'

/** A spreadsheet of more rows is nobody's reading; the file says when there are more. */
const MOST = 10_000

const COLUMNS = [
  'code',
  'state',
  'urgency',
  'category',
  'text',
  'place',
  'hamlet',
  'unit',
  'agency',
  'received',
  'due',
  'days_left',
  'late',
] as const

const lineOf = ({ t }: Ctx, item: WorkItem): Cell[] => [
  item.publicCode,
  t(asKey(`console:state.${item.state}`)),
  t(asKey(`incidents:urgency.${item.urgency}`)),
  t(asKey(`incidents:category.${categoryOf(item.category).id}`)),
  item.text,
  item.place,
  item.hamletName ?? '',
  item.unitName,
  item.agency?.name ?? '',
  formatDateTime(new Date(item.createdAt)),
  item.dueDate === undefined ? '' : formatDate(item.dueDate),
  item.daysLeft ?? null,
  t(item.isLate ? 'console:rows.yes' : 'console:rows.no'),
]

/**
 * The rows of a list as a file, with the same filters and in the same order; names and numbers stay masked. That somebody
 * took them is audited, with the names of the filters. Throws `http.unauthenticated`, `http.forbidden`,
 * `http.invalid_input`.
 */
export async function exportWork(
  ctx: Ctx,
  input: unknown,
  format: SheetFormat,
): Promise<SheetFile> {
  requireCan(ctx, 'incidents.read_desk')
  const query = WorkListQuery.omit({ limit: true, cursor: true })
  const { scope, ...filter } = parseInput(query, input)
  const today = localDate(ctx.now())
  const wanted = { filter, today, reach: reachOf(ctx.actor, 'incidents.read_desk') }
  const rows =
    scope === 'all'
      ? await listAll(ctx.db, { ...wanted, limit: MOST })
      : await listWork(ctx.db, {
          ...wanted,
          limit: MOST + 1,
          ...(scope === 'mine' ? { turns: turnsOf(ctx.actor) } : {}),
        })
  const items = await toItems(ctx, rows.slice(0, MOST))
  await inTransaction(ctx, (tx) =>
    audit(tx, {
      action: 'console.export_rows',
      subjectKind: 'work_list',
      subjectId: scope,
      fields: Object.keys(filter),
      data: { format, rows: items.length },
    }),
  )
  const lines: Cell[][] = [
    COLUMNS.map((column) => ctx.t(`console:rows.column.${column}`)),
    ...items.map((item) => lineOf(ctx, item)),
    ...(rows.length > MOST ? [[ctx.t('console:rows.more', { count: MOST })]] : []),
  ]
  const title = ctx.t('console:rows.sheet', { day: formatDate(today) })
  return sheetFile(lines, { format, name: `loa-${scope}-${today}`, title })
}
