import { useEffect, useState } from 'preact/hooks'
import { CATEGORIES } from '../../resident/categories.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { categoryName } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'
import { DAYS, GROUPS, MAX_SEARCH, type NearState } from './state.ts'

type Props = { state: NearState; onChange: (next: NearState) => void }
type Filter = 'category' | 'group' | 'days'

/** Words to find in what everybody may read; an emptied box shows all again. */
export function SearchBox({ state, onChange }: Props) {
  const { q = '', ...rest } = state
  const [words, setWords] = useState(q)
  useEffect(() => setWords(q), [q])
  const find = (next: string) => onChange(next === '' ? rest : { ...rest, q: next })
  return (
    <search>
      <form
        class="near-search"
        onSubmit={(event) => {
          event.preventDefault()
          find(words.trim())
        }}
      >
        <TextField
          type="search"
          label={t('screens:near.search')}
          value={words}
          maxLength={MAX_SEARCH}
          onInput={(next) => {
            setWords(next)
            if (next === '' && q !== '') find('')
          }}
        />
        <Button type="submit" look="secondary">
          {t('screens:near.search.go')}
        </Button>
      </form>
    </search>
  )
}

/** Category, where it stands, since when; each change is a step that "back" takes again. */
export function Filters({ state, onChange }: Props) {
  const set = <K extends Filter>(name: K, value: NearState[K] | undefined) => {
    const next = { ...state }
    if (value === undefined) delete next[name]
    else next[name] = value
    onChange(next)
  }
  const chosen = [
    state.category && categoryName(state.category),
    state.group && t(asKey(`screens:near.group.${state.group}`)),
    state.days && t('screens:near.days.last', { days: state.days }),
  ].filter(Boolean)
  return (
    <details class="near-filters">
      <summary>
        <Icon name="settings" />
        {chosen.length === 0 ? t('screens:near.filter') : chosen.join(' · ')}
      </summary>
      <div class="near-filter-row">
        <SelectField
          label={t('miniapp:what.category')}
          none={t('screens:near.category.all')}
          value={state.category}
          options={CATEGORIES.map((value) => ({ value, label: categoryName(value) }))}
          onChange={(value) => set('category', value)}
        />
        <SelectField
          label={t('screens:near.group')}
          none={t('screens:near.group.all')}
          value={state.group}
          options={GROUPS.map((value) => ({
            value,
            label: t(asKey(`screens:near.group.${value}`)),
          }))}
          onChange={(value) => set('group', value)}
        />
        <SelectField
          label={t('screens:near.days')}
          none={t('screens:near.days.all')}
          value={state.days}
          options={DAYS.map((value) => ({
            value,
            label: t('screens:near.days.last', { days: value }),
          }))}
          onChange={(value) => set('days', value)}
        />
      </div>
    </details>
  )
}
