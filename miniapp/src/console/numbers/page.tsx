import './numbers.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { addDays, formatDateTime, localDate } from '../../../../api/core/time.ts'
import type { Numbers } from '../../../../api/rooms/console/index.ts'
import { t } from '../../shared/i18n.ts'
import { LinkButton } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { useFilters } from '../desk-location.ts'
import { DayField } from '../people/span-fields.tsx'
import { fileUrl, readNumbers } from './calls.ts'
import { NumbersTable } from './table.tsx'

const GROUPS = ['unit', 'agency', 'category', 'week'] as const
const USUAL_DAYS = 89

/** How the work goes: one table for a span and a grouping that stand in the address. */
export function NumbersPage() {
  const { filters, setFilter } = useFilters()
  const today = localDate(new Date())
  const query = { from: addDays(today, -USUAL_DAYS), to: today, by: 'category', ...filters }
  const wish = JSON.stringify(query)
  const [numbers, setNumbers] = useState<Numbers>()
  const { problem, run } = useWork()
  const load = () => run(async () => setNumbers(await readNumbers(JSON.parse(wish))))
  useEffect(() => void load(), [wish])
  return (
    <div class="stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('desk:numbers.title')}</h1>
      <div class="desk-line">
        <DayField
          label={t('desk:numbers.from')}
          value={query.from}
          onInput={(day) => day && setFilter('from', day)}
        />
        <DayField
          label={t('desk:numbers.to')}
          value={query.to}
          onInput={(day) => day && setFilter('to', day)}
        />
      </div>
      <fieldset class="desk-groups">
        <legend class="field-label">{t('desk:numbers.by')}</legend>
        {GROUPS.map((by) => (
          <label key={by} class={query.by === by ? 'on' : ''}>
            <input
              type="radio"
              name="by"
              checked={query.by === by}
              onChange={() => setFilter('by', by)}
            />
            {t(`desk:numbers.by.${by}`)}
          </label>
        ))}
      </fieldset>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {numbers === undefined && problem === undefined && <Skeleton rows={5} />}
      {numbers && (
        <>
          <p class="muted small" role="status">
            {numbers.total.received === 0
              ? t('desk:numbers.empty')
              : t('desk:numbers.at', { at: formatDateTime(new Date(numbers.at)) })}
          </p>
          <NumbersTable numbers={numbers} />
          <div class="desk-line">
            <LinkButton look="secondary" href={fileUrl(query, 'csv')}>
              {t('desk:numbers.csv')}
            </LinkButton>
            <LinkButton look="secondary" href={fileUrl(query, 'xlsx')}>
              {t('desk:numbers.xlsx')}
            </LinkButton>
          </div>
        </>
      )}
    </div>
  )
}
