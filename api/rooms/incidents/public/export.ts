import type { Ctx } from '../../../context.ts'
import { addDays, formatOffsetDateTime, type LocalDate, localDate } from '../../../core/time.ts'
import { parseInput } from '../../../http/kit.ts'
import { findHamlet } from '../../areas/index.ts'
import { isLate, publicPlace, publicText } from '../policy/public.ts'
import { publicState } from '../policy/table.ts'
import { ExportRange } from '../schema.ts'
import { agencyName, unitName } from '../service/around.ts'
import type { IncidentRow } from '../store/cases.ts'
import { invalid } from './filter.ts'
import { nextRows, type PublicFilter } from './store.ts'

/** The licence of the data set; who publishes another one changes it here. */
export const LICENCE = {
  id: 'CC-BY-4.0',
  url: 'https://creativecommons.org/licenses/by/4.0/',
}

/** Columns of the open data set, in order; descriptions are in `incidents:open_data.column.<name>`. */
export const COLUMNS = [
  'code',
  'category',
  'kind',
  'urgency',
  'state',
  'late',
  'unit_code',
  'unit',
  'hamlet',
  'agency_code',
  'agency',
  'lat',
  'lng',
  'place',
  'description',
  'received',
  'accepted',
  'due',
  'answered',
  'closed',
  'answer',
] as const
type Column = (typeof COLUMNS)[number]
export type OpenRow = Record<Column, string | number | boolean | null>

const PAGE = 500
const BACK_MONTHS = 11

const monthsBefore = (month: string, months: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const index = year * 12 + number - 1 - months
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}
const lastDay = (month: string): LocalDate => addDays(`${monthsBefore(month, -1)}-01`, -1)

export type Range = { from: string; to: string }

/** The months that an export covers. Throws `http.invalid_input` when they are turned over. */
export function exportRange(ctx: Ctx, input: ExportRange): Range {
  const { from, to } = parseInput(ExportRange, input)
  const last = to ?? localDate(ctx.now()).slice(0, 7)
  const first = from ?? monthsBefore(last, BACK_MONTHS)
  if (first > last) throw invalid('from')
  return { from: first, to: last }
}

/** Names that many rows share are read once an export. */
function createNames(ctx: Ctx) {
  const hamlets = new Map<string, string | undefined>()
  const agencies = new Map<string, string>()
  return {
    hamlet: async (id: string | null) => {
      if (id === null) return undefined
      if (!hamlets.has(id)) hamlets.set(id, (await findHamlet(ctx.db, id))?.name)
      return hamlets.get(id)
    },
    agency: async (code: string | null) => {
      if (code === null) return null
      const known = agencies.get(code) ?? (await agencyName(ctx, code))
      agencies.set(code, known)
      return known
    },
  }
}

const instant = (at: string | null) => (at === null ? null : formatOffsetDateTime(new Date(at)))

async function toOpenRow(
  row: IncidentRow,
  names: ReturnType<typeof createNames>,
  today: LocalDate,
): Promise<OpenRow> {
  const { state, dueDate, isPrivatePlace: isPrivate } = row
  const hamlet = await names.hamlet(row.hamletId)
  const unit = unitName(row.unitCode)
  const at =
    row.publicLng === null || row.publicLat === null
      ? undefined
      : { lng: row.publicLng, lat: row.publicLat }
  const place = publicPlace({ at, text: row.placeText, isPrivate, around: hamlet ?? unit })
  const answeredOn = row.answeredAt === null ? null : localDate(new Date(row.answeredAt))
  const hasAnswer = row.answerText !== null && row.answeredAt !== null
  return {
    code: row.publicCode,
    category: row.category,
    kind: row.kind,
    urgency: row.urgency,
    state: publicState(state),
    late: isLate({ state, dueDate, answeredOn }, today),
    unit_code: row.unitCode,
    unit,
    hamlet: hamlet ?? null,
    agency_code: row.agencyCode,
    agency: await names.agency(row.agencyCode),
    lat: place?.lat ?? null,
    lng: place?.lng ?? null,
    place: place?.text ?? (isPrivate ? (hamlet ?? unit) : publicText(row.placeText)),
    description: publicText(row.description, { isPrivate }),
    received: instant(row.createdAt),
    accepted: instant(row.acceptedAt),
    due: dueDate,
    answered: instant(row.answeredAt),
    closed: instant(row.closedAt),
    answer: hasAnswer ? publicText(row.answerText ?? '', { isOffice: true, isPrivate }) : null,
  }
}

/** Public cases of the months, oldest first, read page by page while somebody takes them. */
export async function* openRows(ctx: Ctx, range: Range): AsyncGenerator<OpenRow> {
  const today = localDate(ctx.now())
  const filter: PublicFilter = { since: `${range.from}-01`, until: lastDay(range.to), today }
  const names = createNames(ctx)
  let after: { createdAt: string; id: string } | undefined
  for (;;) {
    const page = after === undefined ? { limit: PAGE } : { after, limit: PAGE }
    const rows = await nextRows(ctx.db, filter, page)
    for (const row of rows) yield toOpenRow(row, names, today)
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = { createdAt: last.createdAt, id: last.id }
  }
}
