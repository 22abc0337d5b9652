import type { Ctx } from '../../../context.ts'
import { formatDate, localDate } from '../../../core/time.ts'
import { parseInput } from '../../../http/kit.ts'
import { fullName, unitByCode } from '../../areas/index.ts'
import { reachOf, requireCan } from '../../identity/index.ts'
import { categoryOf } from '../../incidents/index.ts'
import { type Figures, type Group, type Numbers, NumbersQuery } from './schema.ts'
import { agencyNames, listPopulations, sumCases } from './store.ts'

/**
 * Figures of the cases received in a span, as far as the own rights reach. Throws `http.unauthenticated`,
 * `http.forbidden`, `http.invalid_input`.
 */
export async function readNumbers(ctx: Ctx, input: unknown): Promise<Numbers> {
  requireCan(ctx, 'incidents.read_desk')
  const query = parseInput(NumbersQuery, input)
  const reach = reachOf(ctx.actor, 'incidents.read_desk')
  const sums = await sumCases(ctx.db, { ...query, reach, today: localDate(ctx.now()) })
  const nameOf = await namesFor(ctx, query.by)
  const residents = new Map(
    (await listPopulations(ctx.db)).map((row) => [row.unitCode, row.residents]),
  )
  const figures = (sum: (typeof sums)[number], name: string, people?: number): Figures => {
    const { key, received, open, onTime, late, answered, reopened, rated, rating } = sum
    return {
      key,
      name,
      ...{ received, open, onTime, late, answered, reopened, rated, rating },
      hoursToAccept: { median: sum.acceptMedian, p90: sum.acceptP90 },
      hoursToAnswer: { median: sum.answerMedian, p90: sum.answerP90 },
      per1000: people === undefined ? null : Math.round((received / people) * 1e5) / 100,
    }
  }
  const total = sums.find(({ isTotal }) => isTotal === 1)
  const rows = sums
    .filter(({ isTotal }) => isTotal === 0)
    .map((sum) => {
      const people = query.by === 'unit' ? residents.get(sum.key ?? '') : undefined
      return figures(sum, sum.key === null ? '' : nameOf(sum.key), people)
    })
    .sort((a, b) =>
      query.by === 'week' ? compare(a.key ?? '', b.key ?? '') : b.received - a.received,
    )
  return {
    from: query.from,
    to: query.to,
    by: query.by,
    at: ctx.now().toISOString(),
    // An empty span still has a total row of zeros: `()` is a group of its own.
    total: figures(total ?? EMPTY, ''),
    rows,
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const EMPTY = {
  ...{ key: null, isTotal: 1, received: 0, open: 0, onTime: 0, late: 0, answered: 0 },
  ...{ reopened: 0, rated: 0, rating: null },
  ...{ acceptMedian: null, acceptP90: null, answerMedian: null, answerP90: null },
}

async function namesFor(ctx: Ctx, by: Group): Promise<(key: string) => string> {
  if (by === 'week') return (key) => formatDate(key)
  if (by === 'unit')
    return (key) => {
      const unit = unitByCode(key)
      return unit === undefined ? key : fullName(unit)
    }
  if (by === 'category') return (key) => ctx.t(`incidents:category.${categoryOf(key).id}`)
  const names = new Map(
    (await agencyNames(ctx.db)).map((row) => [
      row.code,
      ctx.language === 'en' ? row.nameEn : row.nameVi,
    ]),
  )
  return (key) => names.get(key) ?? key
}
