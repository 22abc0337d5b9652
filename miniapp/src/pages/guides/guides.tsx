import './guides.css'
import { useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import {
  type LessonAnswer,
  type LessonCard,
  listLessons,
  searchLessons,
} from '../../resident/guide-calls.ts'
import { OutLink } from '../../resident/out-link.tsx'
import { Page } from '../../resident/page.tsx'
import { serverUrl } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'

const QUESTION_MAX = 300

function Cards({ cards }: { cards: readonly (LessonCard & { step?: number | null })[] }) {
  return (
    <ul class="lesson-list">
      {cards.map(({ id, title, minutes, level, step }) => (
        <li key={id} class="card">
          <h3>
            <a href={`#/guides/${id}`}>{title}</a>
          </h3>
          <p class="muted small">
            {t('screens:guide.minutes', { minutes })} · {t(asKey(`screens:guide.level.${level}`))}
          </p>
          {step != null && (
            <a href={`#/guides/${id}/${step + 1}`}>
              {t('screens:guide.see_step', { n: step + 1 })}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}

export const AskPerson = () => (
  <OutLink href={serverUrl('chat')} class="button secondary">
    {t('screens:guide.person')}
  </OutLink>
)

function Answer({ answer: { outcome, items } }: { answer: LessonAnswer }) {
  return (
    <div class="stack tight">
      <p>{t(`screens:guide.${outcome}`)}</p>
      <Cards cards={outcome === 'found' ? items.slice(0, 1) : items} />
      {outcome !== 'found' && <AskPerson />}
    </div>
  )
}

function Ask() {
  const [question, setQuestion] = useState('')
  const [answer, setAnswer] = useState<LessonAnswer>()
  const [problem, setProblem] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const ask = async () => {
    if (question.trim() === '') return
    setBusy(true)
    setProblem(undefined)
    await searchLessons(question).then(setAnswer, setProblem)
    setBusy(false)
  }
  const onSubmit = (event: Event) => {
    event.preventDefault()
    void ask()
  }
  return (
    <form class="stack" onSubmit={onSubmit}>
      <TextField
        type="search"
        label={t('screens:guide.ask')}
        hint={t('screens:guide.example')}
        value={question}
        maxLength={QUESTION_MAX}
        onInput={setQuestion}
      />
      <Button type="submit" isBusy={isBusy}>
        {t('screens:guide.search')}
      </Button>
      <div aria-live="polite">
        {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void ask()} />}
        {answer !== undefined && <Answer answer={answer} />}
      </div>
    </form>
  )
}

/** A question in plain words, and all lessons; those once seen stay on the phone without a network. */
export function GuidesPage() {
  const [loaded, retry] = useKept('lessons', listLessons)
  return (
    <Page title={t('screens:frame.guides')}>
      <Ask />
      <div class="button-row">
        <LinkButton look="secondary" href="#/help-at-home">
          {t('screens:help.title')}
        </LinkButton>
        <LinkButton look="secondary" href="#/learning">
          {t('screens:learning.title')}
        </LinkButton>
      </div>
      <section class="stack" aria-labelledby="all-lessons">
        <h2 id="all-lessons">{t('screens:guide.all')}</h2>
        {loaded.state === 'loading' && <Skeleton rows={3} />}
        {loaded.state === 'failed' && <ProblemNotice problem={loaded.problem} onRetry={retry} />}
        {loaded.state === 'ready' && (
          <>
            <AgeNote keptAt={loaded.data.keptAt} />
            {loaded.data.data.length === 0 && <Notice>{t('screens:guide.empty')}</Notice>}
            <Cards cards={loaded.data.data} />
          </>
        )}
      </section>
    </Page>
  )
}
