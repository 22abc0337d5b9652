import { useState } from 'preact/hooks'
import { type Candidate, type Resolution, resolvePlace } from '../../resident/calls.ts'
import { changeDraft } from '../../resident/draft.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choices } from '../../ui/choices.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'

type Found =
  | { state: 'idle' | 'busy' }
  | { state: 'ready'; found: Resolution }
  | { state: 'failed'; problem: unknown }

function choose(typed: string, { unitCode, fullName, hamlet }: Candidate): void {
  if (hamlet) {
    const label = `${hamlet.name}, ${fullName}`
    changeDraft({ place: { source: 'hamlet', hamletId: hamlet.id, unitCode, label } })
    return
  }
  // "Sịa, Xã Quảng Điền": what was typed says more than the unit, unless it is the unit.
  const isUnit = fullName.toLowerCase().endsWith(typed.toLowerCase())
  const label = isUnit ? fullName : `${typed}, ${fullName}`
  changeDraft({ place: { source: 'name', unitCode, label } })
}

function Answer({ found, typed }: { found: Resolution; typed: string }) {
  const [chosen, setChosen] = useState<string>()
  const { candidates } = found
  if (candidates.length === 0) {
    return (
      <Notice kind="warn">
        <p>{t('miniapp:place.none', { name: typed })}</p>
      </Notice>
    )
  }
  return (
    <Choices
      legend={t('miniapp:place.which')}
      options={candidates.map(({ fullName, hamlet, note }, i) => ({
        value: String(i),
        label: hamlet ? `${hamlet.name}, ${fullName}` : fullName,
        hint: note,
      }))}
      value={chosen}
      onChange={(value) => {
        setChosen(value)
        const candidate = candidates[Number(value)]
        if (candidate) choose(typed, candidate)
      }}
    />
  )
}

/** A place by its name, old or new, with or without tone marks; one sure hit is taken, several are asked about. */
export function NameSearch() {
  const [typed, setTyped] = useState('')
  const [result, setResult] = useState<Found>({ state: 'idle' })
  const find = async () => {
    const q = typed.trim()
    if (q === '') return
    setResult({ state: 'busy' })
    try {
      const found = await resolvePlace({ q })
      const [only] = found.candidates
      if (found.outcome === 'one' && only) choose(q, only)
      setResult({ state: 'ready', found })
    } catch (problem) {
      setResult({ state: 'failed', problem })
    }
  }
  return (
    <Card>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          find()
        }}
      >
        <TextField
          label={t('miniapp:place.name')}
          hint={t('miniapp:place.name.hint')}
          type="search"
          value={typed}
          maxLength={100}
          onInput={setTyped}
        />
        <div>
          <Button type="submit" look="secondary" isBusy={result.state === 'busy'}>
            <Icon name="search" />
            {t('miniapp:place.find')}
          </Button>
        </div>
      </form>
      <div class="live" aria-live="polite">
        {result.state === 'failed' && <ProblemNotice problem={result.problem} onRetry={find} />}
        {result.state === 'ready' && result.found.outcome !== 'one' && (
          <Answer
            key={JSON.stringify(result.found.query)}
            found={result.found}
            typed={typed.trim()}
          />
        )}
      </div>
    </Card>
  )
}
