import { useState } from 'preact/hooks'
import { type Candidate, type Resolution, resolvePlace } from '../../resident/calls.ts'
import { changeDraft } from '../../resident/draft.ts'
import { unitName } from '../../resident/home-unit.ts'
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

function choose(typed: string, candidate: Candidate): void {
  const name = unitName(candidate)
  // "Sịa, xã Quảng Điền": what was typed says more than the unit, unless it is the unit.
  const label = name.toLowerCase().endsWith(typed.toLowerCase()) ? name : `${typed}, ${name}`
  changeDraft({ place: { source: 'name', unitCode: candidate.unitCode, label } })
}

function Answer({ found, typed }: { found: Resolution; typed: string }) {
  const [chosen, setChosen] = useState<string>()
  if (found.candidates.length === 0) {
    return (
      <Notice kind="warn">
        <p>{t('miniapp:place.none', { name: found.query })}</p>
      </Notice>
    )
  }
  return (
    <Choices
      legend={t('miniapp:place.which')}
      options={found.candidates.map((candidate) => ({
        value: candidate.unitCode,
        label: unitName(candidate),
        hint: candidate.why,
      }))}
      value={chosen}
      onChange={(unitCode) => {
        setChosen(unitCode)
        const candidate = found.candidates.find((one) => one.unitCode === unitCode)
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
          <Answer key={result.found.query} found={result.found} typed={typed.trim()} />
        )}
      </div>
    </Card>
  )
}
