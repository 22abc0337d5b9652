import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'
import type { Lesson } from './calls.ts'
import { type Change, replaced, WordsField, without } from './words-field.tsx'

const MOST_QUESTIONS = 5
const EMPTY = { vi: '', en: '' }

type Questions = Lesson['questions']
type Question = Questions[number]

/** A question that nobody has written yet. */
export const emptyQuestion = (): Question => ({
  ...{ text: EMPTY, options: [EMPTY, EMPTY, EMPTY], answer: 0, why: EMPTY },
})

type QuestionProps = { question: Question; n: number; onChange: Change<Question> }

/** A question of the quiz, its answers, which of them is right, and why. */
function QuestionFields({ question, n, onChange }: QuestionProps) {
  const { options } = question
  return (
    <>
      <WordsField
        label={t('desk:lessons.question', { n })}
        words={question.text}
        onChange={(text) => onChange({ ...question, text })}
      />
      {options.map((option, i) => (
        <WordsField
          key={`${i + 1}`}
          label={t('desk:lessons.option', { n: i + 1 })}
          words={option}
          onChange={(next) => onChange({ ...question, options: replaced(options, i, next) })}
        />
      ))}
      <SelectField
        label={t('desk:lessons.which_right')}
        none={t('desk:lessons.choose')}
        value={String(question.answer)}
        options={options.map((_, i) => ({
          value: String(i),
          label: t('desk:lessons.right', { n: i + 1 }),
        }))}
        onChange={(answer) =>
          answer !== undefined && onChange({ ...question, answer: Number(answer) })
        }
      />
      <WordsField
        label={t('desk:lessons.why')}
        words={question.why}
        onChange={(why) => onChange({ ...question, why })}
      />
    </>
  )
}

/** The quiz: one to five questions. */
export function QuizFields(props: { questions: Questions; onChange: Change<Questions> }) {
  const { questions, onChange } = props
  return (
    <>
      {questions.map((question, i) => (
        <fieldset key={`${i + 1}`} class="card stack tight">
          <QuestionFields
            question={question}
            n={i + 1}
            onChange={(next) => onChange(replaced(questions, i, next))}
          />
          {questions.length > 1 && (
            <Button look="quiet" onClick={() => onChange(without(questions, i))}>
              {t('desk:lessons.drop_question', { n: i + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      {questions.length < MOST_QUESTIONS && (
        <Button look="secondary" onClick={() => onChange([...questions, emptyQuestion()])}>
          {t('desk:lessons.add_question')}
        </Button>
      )}
    </>
  )
}
