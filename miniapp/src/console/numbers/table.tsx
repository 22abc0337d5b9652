import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import type { Figures, Numbers } from '../../../../api/rooms/console/index.ts'
import { currentLanguage, t } from '../../shared/i18n.ts'
import { pathWith } from '../desk-location.ts'

const COUNTED = [
  ['received', 'received', undefined],
  ['open', 'open', 'open'],
  ['onTime', 'on_time', 'on_time'],
  ['late', 'late', 'late'],
  ['answered', 'answered', 'answered'],
  ['reopened', 'reopened', 'reopened'],
] as const

const MEASURED = [
  ['per_1000', undefined, (row) => row.per1000],
  ['accept_median', 'accepted', (row) => row.hoursToAccept.median],
  ['accept_p90', 'accepted', (row) => row.hoursToAccept.p90],
  ['answer_median', 'answered', (row) => row.hoursToAnswer.median],
  ['answer_p90', 'answered', (row) => row.hoursToAnswer.p90],
  ['rating', 'rated', (row) => row.rating],
] as const satisfies readonly (readonly [
  string,
  string | undefined,
  (row: Figures) => number | null,
])[]

const WEEK_DAYS = 6

const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The list of what a figure counts, with the same span and group; a group without a key is what has none yet. */
function pathOf({ from, to, by, total }: Numbers, row: Figures, outcome?: string): string {
  const { key } = row
  const isTotal = row === total
  const span = { from, to }
  if (key !== null && by === 'week') {
    const sunday = plus(key, WEEK_DAYS)
    if (key > from) span.from = key
    if (sunday < to) span.to = sunday
  }
  const group = {
    unit: { unitCode: isTotal ? '' : (key ?? 'none') },
    agency: { agencyCode: isTotal ? '' : (key ?? 'none') },
    category: { category: key ?? '' },
    week: {},
  }[by]
  return pathWith('/all', { ...span, ...group, outcome })
}

const inWords = (value: number | null) =>
  value === null
    ? '–'
    : new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1 }).format(value)

type TableProps = { numbers: Numbers }

/** The figures of each group under those of all. */
export function NumbersTable({ numbers }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard
    <section class="desk-table" aria-label={t('desk:numbers.table')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t(`desk:numbers.by.${numbers.by}`)}</th>
            {COUNTED.map(([, name]) => (
              <th key={name} scope="col">
                {t(`desk:numbers.column.${name}`)}
              </th>
            ))}
            {MEASURED.map(([name]) => (
              <th key={name} scope="col">
                {t(`desk:numbers.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Line numbers={numbers} row={numbers.total} name={t('desk:numbers.total')} isTotal />
          {numbers.rows.map((row) => (
            <Line key={row.key ?? ''} numbers={numbers} row={row} name={nameOf(numbers, row)} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function nameOf({ by }: Numbers, { name }: Figures): string {
  if (name === '') return t('desk:numbers.none')
  return by === 'week' ? t('desk:numbers.week', { day: name }) : name
}

type LineProps = { numbers: Numbers; row: Figures; name: string; isTotal?: boolean }

function Line({ numbers, row, name, isTotal = false }: LineProps) {
  return (
    <tr class={isTotal ? 'total' : ''}>
      <th scope="row">{name}</th>
      {COUNTED.map(([figure, column, outcome]) => (
        <td key={column} class={column === 'late' && row[figure] > 0 ? 'late' : ''}>
          <Rows {...{ numbers, row, name, column, outcome }} has={row[figure] > 0}>
            {inWords(row[figure])}
          </Rows>
        </td>
      ))}
      {MEASURED.map(([column, outcome, read]) => {
        const value = read(row)
        return (
          <td key={column}>
            <Rows {...{ numbers, row, name, column, outcome }} has={value !== null}>
              {inWords(value)}
              {column === 'rating' && value !== null && ` (${row.rated})`}
            </Rows>
          </td>
        )
      })}
    </tr>
  )
}

type RowsProps = LineProps & {
  column: (typeof COUNTED)[number][1] | (typeof MEASURED)[number][0]
  outcome: string | undefined
  has: boolean
  children: ComponentChildren
}

/** A figure that opens the rows it comes from. */
function Rows({ numbers, row, name, column, outcome, has, children }: RowsProps) {
  if (!has) return children
  const label = t('desk:numbers.show', { name, column: t(`desk:numbers.column.${column}`) })
  return (
    <Link href={pathOf(numbers, row, outcome)} title={label}>
      {children}
      <span class="visually-hidden">, {label}</span>
    </Link>
  )
}
