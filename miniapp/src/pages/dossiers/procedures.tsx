import { useState } from 'preact/hooks'
import { OutLink } from '../../resident/out-link.tsx'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { findProcedures, type Procedure } from './calls.ts'

const SHOWN = 5
const MAX_WORDS = 300

function ProcedureView({ procedure }: { procedure: Procedure }) {
  const rows = [
    [t('screens:procedure.time'), procedure.time],
    [t('screens:procedure.fee'), procedure.fee],
    [t('screens:procedure.place'), procedure.place],
  ]
  return (
    <details class="card">
      <summary>{procedure.name}</summary>
      <div class="stack">
        <h3>{t('screens:procedure.papers')}</h3>
        <ul class="bullets">
          {procedure.papers.map((paper) => (
            <li key={paper}>{paper}</li>
          ))}
        </ul>
        <dl class="facts">
          {rows.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p class="muted small">
          {procedure.sourceText}{' '}
          <OutLink href={procedure.portalUrl}>{t('screens:dossier.portal')}</OutLink>
        </p>
      </div>
    </details>
  )
}

/** What a paper needs, by plain words. */
export function Procedures() {
  const [words, setWords] = useState('')
  const [found, setFound] = useState<Procedure[]>()
  const { isBusy, problem, run } = useWork()
  const find = async () => {
    if (words.trim() === '') return
    const answer = await run(() => findProcedures(words.trim()))
    if (answer) setFound(answer.items)
  }
  return (
    <Card title={t('screens:procedure.title')}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          find()
        }}
      >
        <TextField
          label={t('screens:procedure.words')}
          hint={t('screens:procedure.words.hint')}
          value={words}
          maxLength={MAX_WORDS}
          onInput={setWords}
        />
        <div>
          <Button type="submit" look="secondary" isBusy={isBusy}>
            {t('screens:procedure.find')}
          </Button>
        </div>
      </form>
      <div class="stack live" aria-live="polite">
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {found?.length === 0 && <Notice>{t('screens:procedure.none')}</Notice>}
        {found?.slice(0, SHOWN).map((procedure) => (
          <ProcedureView key={procedure.code} procedure={procedure} />
        ))}
      </div>
    </Card>
  )
}
