import { useState } from 'preact/hooks'
import type { LessonView } from '../../resident/guide-calls.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/feedback.tsx'
import { KeepResult } from './keep-result.tsx'

type Question = LessonView['questions'][number]
type AskProps = { question: Question; chosen: number | undefined; onChoose: (i: number) => void }

/** One question; once answered the right option is told and explained, and nothing is pressed any more. */
export function Ask({ question, chosen, onChoose }: AskProps) {
  const { text, options, answer, why } = question
  const isRight = chosen === answer
  return (
    <>
      <p class="lesson-words">{text}</p>
      {options.map((option, i) => (
        <Button
          key={option}
          look="secondary"
          isWide
          isPressed={chosen === i}
          isDisabled={chosen !== undefined && chosen !== i}
          onClick={() => chosen === undefined && onChoose(i)}
        >
          {option}
        </Button>
      ))}
      <div role="status">
        {chosen !== undefined && (
          <Notice kind={isRight ? 'ok' : 'warn'}>
            <p>
              <strong>
                {isRight
                  ? t('screens:guide.right')
                  : t('screens:guide.wrong', { right: options[answer] ?? '' })}
              </strong>{' '}
              {why}
            </p>
          </Notice>
        )}
      </div>
    </>
  )
}

type QuizProps = { lesson: Pick<LessonView, 'id' | 'questions'>; isPreview?: boolean }

/** The questions one by one, then how many were right; nothing of it leaves this page unless somebody keeps it. */
export function Quiz({ lesson: { id, questions }, isPreview = false }: QuizProps) {
  const [answers, setAnswers] = useState<number[]>([])
  const [at, setAt] = useState(0)
  const question = questions[at]
  const count = questions.length
  const right = questions.filter(({ answer }, i) => answers[i] === answer).length
  const restart = () => {
    setAnswers([])
    setAt(0)
  }
  return (
    <section class="stack tight" aria-labelledby="quiz">
      <h2 id="quiz">
        {question === undefined
          ? t('screens:guide.result', { right, asked: count })
          : t('screens:guide.question', { n: at + 1, count })}
      </h2>
      {question === undefined ? (
        <>
          {!isPreview && <KeepResult lessonId={id} answers={answers} />}
          <Button look="quiet" onClick={restart}>
            {t('screens:guide.question_again')}
          </Button>
        </>
      ) : (
        <>
          <Ask
            key={at}
            question={question}
            chosen={answers[at]}
            onChoose={(i) => setAnswers([...answers.slice(0, at), i])}
          />
          {answers[at] !== undefined && (
            <Button isWide onClick={() => setAt(at + 1)}>
              {t(at + 1 < count ? 'screens:guide.question_next' : 'screens:guide.question_end')}
            </Button>
          )}
        </>
      )}
      <p class="muted small">{t('screens:guide.quiz_note')}</p>
    </section>
  )
}
