import './filters.css'
import { useEffect, useId, useState } from 'preact/hooks'
import { formatDate } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { Icon } from '../../ui/icons.tsx'
import type { Filters } from '../desk-location.ts'
import type { RowPage, View } from '../types.ts'
import { categoryWords, stateWords, wordsOr } from '../words.ts'
import { CATEGORIES, OPEN_STATES, STATES } from './choices.ts'

type SelectProps = {
  label: string
  value: string
  options: readonly (readonly [value: string, words: string])[]
  onChange: (value: string) => void
}

function Select({ label, value, options, onChange }: SelectProps) {
  const id = useId()
  return (
    <div class="desk-filter">
      <label class="visually-hidden" for={id}>
        {label}
      </label>
      <select
        id={id}
        class={value === '' ? 'input' : 'input on'}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{label}</option>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

const MAX_SEARCH = 200

/** Words or a code; an emptied box shows all again. */
function SearchBox({ value, onSearch }: { value: string; onSearch: (words: string) => void }) {
  const id = useId()
  const [words, setWords] = useState(value)
  useEffect(() => setWords(value), [value])
  return (
    <form
      class="desk-filter"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(words.trim())
      }}
    >
      <label class="visually-hidden" for={id}>
        {t('console:filter.q')}
      </label>
      <input
        id={id}
        type="search"
        class={value === '' ? 'input' : 'input on'}
        placeholder={t('console:filter.q')}
        value={words}
        maxLength={MAX_SEARCH}
        onInput={(event) => {
          setWords(event.currentTarget.value)
          if (event.currentTarget.value === '' && value !== '') onSearch('')
        }}
      />
    </form>
  )
}

/** Only the numbers set these; a day reads as people write it. */
function chipWords(name: string, value: string): string {
  if (name === 'from') return `≥ ${formatDate(value)}`
  if (name === 'bbox') return t('console:map.window')
  if (value === 'none')
    return t(name === 'unitCode' ? 'console:filter.no_unit' : 'console:filter.no_agency')
  if (name === 'to') return `≤ ${formatDate(value)}`
  return name === 'outcome' ? wordsOr(`console:outcome.${value}`, value) : value
}

type BarProps = {
  view: View
  sources: NonNullable<RowPage['sources']>
  filters: Filters
  setFilter: (name: string, value: string) => void
}

/** What the list is narrowed to. A unit or an agency comes by a link from the numbers, and only goes here. */
export function FilterBar({ view, sources, filters, setFilter }: BarProps) {
  const select = (name: string, label: string, options: SelectProps['options']) => (
    <Select
      label={label}
      value={filters[name] ?? ''}
      options={options}
      onChange={(value) => setFilter(name, value)}
    />
  )
  const states = view === 'all' ? STATES : OPEN_STATES
  return (
    <search class="desk-filters" aria-label={t('console:filter.title')}>
      <SearchBox value={filters.q ?? ''} onSearch={(words) => setFilter('q', words)} />
      {view === 'inbox' &&
        sources.length > 1 &&
        select(
          'source',
          t('console:filter.source'),
          sources.map((name) => [name, t(`console:source.${name}`)]),
        )}
      {select('urgency', t('console:filter.urgency'), [['urgent', t('incidents:urgency.urgent')]])}
      {select('due', t('console:filter.due'), [
        ['late', t('console:count.late')],
        ['today', t('console:count.due_today')],
        ['none', t('console:time.none')],
      ])}
      {select(
        'category',
        t('console:filter.category'),
        CATEGORIES.map((name) => [name, categoryWords(name)]),
      )}
      {select(
        'state',
        t('console:filter.state'),
        states.map((name) => [name, stateWords(name)]),
      )}
      {(['unitCode', 'agencyCode', 'from', 'to', 'outcome', 'bbox'] as const).map(
        (name) =>
          filters[name] && (
            <button
              key={name}
              type="button"
              class="desk-chip"
              onClick={() => setFilter(name, '')}
              aria-label={t('console:filter.remove', { name: chipWords(name, filters[name]) })}
            >
              {chipWords(name, filters[name])} <Icon name="close" />
            </button>
          ),
      )}
    </search>
  )
}
