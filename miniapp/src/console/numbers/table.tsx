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

const WEEK_DAYS = 6

const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The list of what a figure counts, with the same span and group. */
function pathOf({ from, to, by }: Numbers, row: Figures, outcome: string | undefined): string {
  const { key } = row
  const span = { from, to }
  if (key !== null && by === 'week') {
    const sunday = plus(key, WEEK_DAYS)
    if (key > from) span.from = key
    if (sunday < to) span.to = sunday
  }
  const group = {
    unit: { unitCode: key ?? '' },
    agency: { agencyCode: key ?? '' },
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

/** The figures of each group under those of all. A group without a key has no list of its own. */
export function NumbersTable({ numbers }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard
    <section class="desk-table" aria-label={t('console:numbers.table')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t(`console:numbers.by.${numbers.by}`)}</th>
            {COUNTED.map(([, name]) => (
              <th key={name} scope="col">
                {t(`console:numbers.column.${name}`)}
              </th>
            ))}
            <th scope="col">{t('console:numbers.column.per_1000')}</th>
            <th scope="col">{t('console:numbers.column.accept_median')}</th>
            <th scope="col">{t('console:numbers.column.accept_p90')}</th>
            <th scope="col">{t('console:numbers.column.answer_median')}</th>
            <th scope="col">{t('console:numbers.column.answer_p90')}</th>
            <th scope="col">{t('console:numbers.column.rating')}</th>
          </tr>
        </thead>
        <tbody>
          <Line numbers={numbers} row={numbers.total} name={t('console:numbers.total')} isTotal />
          {numbers.rows.map((row) => (
            <Line key={row.key ?? ''} numbers={numbers} row={row} name={nameOf(numbers, row)} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function nameOf({ by }: Numbers, { name }: Figures): string {
  if (name === '') return t('console:numbers.none')
  return by === 'week' ? t('console:numbers.week', { day: name }) : name
}

type LineProps = { numbers: Numbers; row: Figures; name: string; isTotal?: boolean }

function Line({ numbers, row, name, isTotal = false }: LineProps) {
  const hasList = isTotal || row.key !== null
  return (
    <tr class={isTotal ? 'total' : ''}>
      <th scope="row">{name}</th>
      {COUNTED.map(([figure, column, outcome]) => {
        const count = row[figure]
        const label = t('console:numbers.show', {
          name,
          column: t(`console:numbers.column.${column}`),
          count,
        })
        return (
          <td key={column} class={column === 'late' && count > 0 ? 'late' : ''}>
            {count > 0 && hasList ? (
              <Link href={pathOf(numbers, row, outcome)} aria-label={label}>
                {inWords(count)}
              </Link>
            ) : (
              inWords(count)
            )}
          </td>
        )
      })}
      <td>{inWords(row.per1000)}</td>
      <td>{inWords(row.hoursToAccept.median)}</td>
      <td>{inWords(row.hoursToAccept.p90)}</td>
      <td>{inWords(row.hoursToAnswer.median)}</td>
      <td>{inWords(row.hoursToAnswer.p90)}</td>
      <td>{row.rating === null ? '–' : `${inWords(row.rating)} (${row.rated})`}</td>
    </tr>
  )
}
