import { useState } from 'preact/hooks'
import type { LessonView } from '../../resident/guide-calls.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/feedback.tsx'

/** One question, answered as often as one likes; nothing of it leaves this page. */
export function Quiz({ question }: { question: LessonView['question'] }) {
  const [chosen, setChosen] = useState<number>()
  const isRight = chosen === question.answer
  return (
    <section class="stack tight" aria-labelledby="quiz">
      <h2 id="quiz">{t('screens:guide.question')}</h2>
      <p class="lesson-words">{question.text}</p>
      {question.options.map((option, i) => (
        <Button
          key={option}
          look="secondary"
          isWide
          isPressed={chosen === i}
          onClick={() => setChosen(i)}
        >
          {option}
        </Button>
      ))}
      <div role="status">
        {chosen !== undefined && (
          <Notice kind={isRight ? 'ok' : 'warn'}>
            {t(isRight ? 'screens:guide.right' : 'screens:guide.wrong')}
          </Notice>
        )}
      </div>
      <p class="muted small">{t('screens:guide.quiz_note')}</p>
    </section>
  )
}
