import { useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choices } from '../../ui/choices.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { findProcedures, listLifeEvents, type Procedure } from './calls.ts'

const MAX_WORDS = 300

function Found({ found }: { found: readonly Procedure[] }) {
  if (found.length === 0) return <Notice>{t('screens:procedure.none')}</Notice>
  return (
    <ul class="more-links">
      {found.map(({ code, name }) => (
        <li key={code}>
          <a href={`#/procedures/${code}`}>{name}</a>
        </li>
      ))}
    </ul>
  )
}

/** What a paper needs: by plain words, or by what happens in life. */
export function Procedures() {
  const [words, setWords] = useState('')
  const [event, setEvent] = useState<string>()
  const [found, setFound] = useState<Procedure[]>()
  const [events] = useLoad('events', listLifeEvents)
  const { isBusy, problem, run } = useWork()
  const find = async (query: { q: string } | { lifeEvent: string }) => {
    const answer = await run(() => findProcedures(query))
    if (answer) setFound(answer.items)
  }
  return (
    <Card title={t('screens:procedure.title')}>
      <form
        class="stack"
        onSubmit={(submitted) => {
          submitted.preventDefault()
          if (words.trim() === '') return
          setEvent(undefined)
          void find({ q: words.trim() })
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
      {events.state === 'ready' && events.data.length > 0 && (
        <Choices
          legend={t('screens:procedure.by_event')}
          look="chips"
          options={events.data.map(({ id, name }) => ({ value: id as string, label: name }))}
          value={event}
          onChange={(lifeEvent) => {
            setEvent(lifeEvent)
            void find({ lifeEvent })
          }}
        />
      )}
      <div class="stack live" aria-live="polite">
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {found && <Found found={found} />}
      </div>
    </Card>
  )
}
