import { useEffect, useState } from 'preact/hooks'
import { Faults, StepCard } from '../../pages/guides/lesson.tsx'
import { Ask } from '../../pages/guides/quiz.tsx'
import { t } from '../../shared/i18n.ts'
import { dayText } from '../../shared/words.ts'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { type LessonView, previewLesson } from './calls.ts'

/** One version drawn by the residents' own parts, all steps under each other. */
export function Preview({ lessonId, version }: { lessonId: string; version: number }) {
  const [lesson, setLesson] = useState<LessonView>()
  const { problem, run } = useWork()
  const load = () => run(async () => setLesson(await previewLesson(lessonId, version)))
  useEffect(() => {
    void load()
  }, [])
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={() => void load()} />
  if (lesson === undefined) return <Skeleton />
  const { title, needs, warning, owner, reviewedOn, steps } = lesson
  return (
    <section class="card stack" aria-label={t('desk:lessons.see', { version })}>
      <h2>{title}</h2>
      <p>
        <strong>{t('screens:guide.needs')}:</strong> {needs}
      </p>
      {steps.map((step, i) => (
        <StepCard key={step.text} lesson={lesson} n={i + 1} />
      ))}
      <Notice kind="warn">
        <p>
          <strong>{t('screens:guide.warning')}:</strong> {warning}
        </p>
      </Notice>
      <Faults lesson={lesson} />
      {lesson.questions.map((question) => (
        <Ask
          key={question.text}
          question={question}
          chosen={question.answer}
          onChoose={() => undefined}
        />
      ))}
      <p class="muted small">
        {t('screens:guide.source', { owner, version, date: dayText(reviewedOn) })}
      </p>
    </section>
  )
}
