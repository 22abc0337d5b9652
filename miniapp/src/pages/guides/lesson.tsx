import './guides.css'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import { drawingUrl, type LessonView, readLesson } from '../../resident/guide-calls.ts'
import { Page } from '../../resident/page.tsx'
import { ReadAloud } from '../../resident/read-aloud.tsx'
import { t } from '../../shared/i18n.ts'
import { dayText } from '../../shared/words.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { AskPerson } from './guides.tsx'
import { Quiz } from './quiz.tsx'

type StepProps = { lesson: LessonView; n: number }

export function StepCard({ lesson, n }: StepProps) {
  const step = lesson.steps[n - 1]
  if (step === undefined) return null
  return (
    <>
      <h2>{t('screens:guide.step', { n, count: lesson.steps.length })}</h2>
      <div class="lesson-step">
        <img src={drawingUrl(step.drawing)} alt={step.alt} width="192" height="144" />
        <p class="lesson-words">{step.text}</p>
      </div>
    </>
  )
}

/** One step at a time, in big letters; the last one leads to the question. */
function Steps({ lesson, n }: StepProps) {
  const at = (to: number) => `#/guides/${lesson.id}/${to}`
  const text = lesson.steps[n - 1]?.text
  return (
    <section class="stack screen-only" aria-live="polite">
      {text === undefined ? (
        <>
          <Notice kind="ok">{t('screens:guide.finished')}</Notice>
          <Quiz lesson={lesson} />
        </>
      ) : (
        <>
          <StepCard lesson={lesson} n={n} />
          <ReadAloud text={text} />
        </>
      )}
      <div class="button-row">
        {n > 1 && (
          <LinkButton look="secondary" isBig href={at(n - 1)}>
            {t('screens:guide.back')}
          </LinkButton>
        )}
        {text === undefined ? (
          <LinkButton look="secondary" isBig href={at(1)}>
            {t('screens:guide.again')}
          </LinkButton>
        ) : (
          <LinkButton isBig href={at(n + 1)}>
            {t(n === lesson.steps.length ? 'screens:guide.done' : 'screens:guide.next')}
          </LinkButton>
        )}
      </div>
    </section>
  )
}

/** All steps on one sheet, for paper only. */
function Sheet({ lesson }: { lesson: LessonView }) {
  return (
    <ol class="print-only lesson-sheet">
      {lesson.steps.map(({ text, drawing, alt }) => (
        <li key={text}>
          <img src={drawingUrl(drawing)} alt={alt} width="96" height="72" />
          <span>{text}</span>
        </li>
      ))}
    </ol>
  )
}

export function Faults({ lesson }: { lesson: LessonView }) {
  if (lesson.faults.length === 0) return null
  return (
    <dl class="lesson-faults">
      {lesson.faults.map(({ when, remedy }) => (
        <div key={when}>
          <dt>{when}</dt>
          <dd>{remedy}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What helps at a step: what goes wrong there, and people. On paper it stands open. */
function Stuck({ lesson }: { lesson: LessonView }) {
  const { hotline } = lesson
  const helps = <p>{t('screens:guide.helps', { hotline })}</p>
  return (
    <>
      <details class="screen-only card">
        <summary>{t('screens:guide.stuck')}</summary>
        <div class="stack">
          <Faults lesson={lesson} />
          {helps}
          <div class="button-row">
            <LinkButton href={`#/help-at-home?lesson=${lesson.id}`}>
              {t('screens:help.title')}
            </LinkButton>
            <a class="button secondary" href={`tel:${hotline}`}>
              {hotline}
            </a>
            <AskPerson />
          </div>
        </div>
      </details>
      <div class="print-only">
        <h2>{t('screens:guide.faults')}</h2>
        <Faults lesson={lesson} />
        {helps}
      </div>
    </>
  )
}

function LessonBody({ lesson, n }: StepProps) {
  const { needs, warning, owner, version, reviewedOn } = lesson
  return (
    <>
      <p>
        <strong>{t('screens:guide.needs')}:</strong> {needs}
      </p>
      <Steps lesson={lesson} n={n} />
      <Sheet lesson={lesson} />
      <Notice kind="warn">
        <p>
          <strong>{t('screens:guide.warning')}:</strong> {warning}
        </p>
      </Notice>
      <Stuck lesson={lesson} />
      <p class="muted small">
        {t('screens:guide.source', { owner, version, date: dayText(reviewedOn) })}
      </p>
      <div class="button-row screen-only">
        <Button look="secondary" onClick={() => print()}>
          {t('screens:guide.print')}
        </Button>
        <LinkButton look="quiet" href="#/guides">
          {t('screens:guide.others')}
        </LinkButton>
      </div>
    </>
  )
}

/** One lesson, at one of its steps (from 1; one after the last: the question). */
export function LessonPage({ id, step }: { id: string; step: number }) {
  // Named anew when lessons got a quiz: what a phone kept before has none.
  const [loaded, retry] = useKept(`lesson with quiz ${id}`, () => readLesson(id))
  const title = loaded.state === 'ready' ? loaded.data.data.title : t('screens:guide.title')
  const back = { href: '#/guides', label: t('screens:guide.others') }
  if (loaded.state !== 'ready')
    return (
      <Page title={title} back={back}>
        {loaded.state === 'loading' ? (
          <Skeleton rows={3} />
        ) : (
          <ProblemNotice problem={loaded.problem} onRetry={retry} />
        )}
      </Page>
    )
  const { data: lesson, keptAt } = loaded.data
  const n = Math.min(Math.max(1, Math.trunc(step) || 1), lesson.steps.length + 1)
  return (
    <Page title={title} back={back}>
      <AgeNote keptAt={keptAt} />
      <LessonBody lesson={lesson} n={n} />
    </Page>
  )
}
