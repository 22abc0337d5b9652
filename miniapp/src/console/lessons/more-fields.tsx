import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'
import type { Lesson } from './calls.ts'
import { type Change, replaced, WordsField, without } from './words-field.tsx'

const MOST_FAULTS = 6
const EMPTY = { vi: '', en: '' }

type Faults = Lesson['faults']

/** What goes wrong at such a task, and what to do then. */
export function FaultFields({ faults, onChange }: { faults: Faults; onChange: Change<Faults> }) {
  return (
    <>
      {faults.map((fault, i) => (
        <fieldset key={`${i + 1}`} class="card stack tight">
          <WordsField
            label={t('desk:lessons.fault', { n: i + 1 })}
            words={fault.when}
            onChange={(when) => onChange(replaced(faults, i, { ...fault, when }))}
          />
          <WordsField
            label={t('desk:lessons.remedy', { n: i + 1 })}
            words={fault.remedy}
            onChange={(remedy) => onChange(replaced(faults, i, { ...fault, remedy }))}
          />
          <Button look="quiet" onClick={() => onChange(without(faults, i))}>
            {t('desk:lessons.drop_fault', { n: i + 1 })}
          </Button>
        </fieldset>
      ))}
      {faults.length < MOST_FAULTS && (
        <Button
          look="secondary"
          onClick={() => onChange([...faults, { when: EMPTY, remedy: EMPTY }])}
        >
          {t('desk:lessons.add_fault')}
        </Button>
      )}
    </>
  )
}

type Question = Lesson['question']
type QuestionProps = { question: Question; onChange: Change<Question> }

/** The question at the end, its answers, and which of them is right. */
export function QuestionFields({ question, onChange }: QuestionProps) {
  const { options } = question
  return (
    <fieldset class="card stack tight">
      <WordsField
        label={t('desk:lessons.question')}
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
        label={t('desk:lessons.question')}
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
    </fieldset>
  )
}
