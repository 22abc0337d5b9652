import { useState } from 'preact/hooks'
import { currentLanguage, t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextArea, TextField } from '../../ui/field.tsx'
import type { Lesson, LessonDesk } from './calls.ts'
import { FaultFields } from './more-fields.tsx'
import { QuizFields } from './question-fields.tsx'
import { type Change, replaced, WordsField, without } from './words-field.tsx'

const LEVELS: readonly Lesson['level'][] = ['first', 'second', 'third']
const LEAST_STEPS = 3
const MOST_STEPS = 12
const EMPTY = { vi: '', en: '' }

type Step = Lesson['steps'][number]
type StepProps = {
  step: Step
  n: number
  drawings: LessonDesk['drawings']
  onChange: Change<Step>
}

function StepFields({ step, n, drawings, onChange }: StepProps) {
  return (
    <>
      <WordsField
        label={t('desk:lessons.step', { n })}
        hint={t('desk:lessons.step.hint')}
        words={step.text}
        onChange={(text) => onChange({ ...step, text })}
      />
      <SelectField
        label={t('desk:lessons.drawing', { n })}
        none={t('desk:lessons.choose')}
        value={step.drawing}
        options={drawings.map(({ name, alt }) => ({ value: name, label: alt[currentLanguage()] }))}
        onChange={(drawing) => drawing !== undefined && onChange({ ...step, drawing })}
      />
      <WordsField
        label={t('desk:lessons.step.alt')}
        words={step.alt ?? EMPTY}
        onChange={(alt) => onChange({ ...step, alt })}
      />
    </>
  )
}

/** Words left empty in both languages are the drawing's own. */
const withoutEmptyAlt = ({ alt, ...step }: Step): Step =>
  alt === undefined || (alt.vi.trim() === '' && alt.en.trim() === '') ? step : { ...step, alt }

type FormProps = {
  lesson: Lesson
  drawings: LessonDesk['drawings']
  isNew: boolean
  isBusy: boolean
  onSave: (lesson: Lesson) => void
}

/** A lesson in both languages; what the server does not take, it says, and nothing typed is lost. */
export function LessonForm({ lesson: saved, drawings, isNew, isBusy, onSave }: FormProps) {
  const [lesson, setLesson] = useState(saved)
  const [keywords, setKeywords] = useState(saved.keywords.join(', '))
  const set = (part: Partial<Lesson>) => setLesson((now) => ({ ...now, ...part }))
  const { steps } = lesson
  const onSubmit = (event: Event) => {
    event.preventDefault()
    const words = keywords.split(',').map((word) => word.trim())
    onSave({
      ...lesson,
      steps: steps.map(withoutEmptyAlt),
      keywords: words.filter((word) => word !== ''),
    })
  }
  return (
    <form class="stack" onSubmit={onSubmit}>
      {isNew && (
        <TextField
          label={t('desk:lessons.id')}
          value={lesson.id}
          maxLength={40}
          onInput={(id) => set({ id: id.trim() })}
        />
      )}
      {(['title', 'needs', 'warning'] as const).map((field) => (
        <WordsField
          key={field}
          label={t(`desk:lessons.field.${field}`)}
          words={lesson[field]}
          onChange={(words) => set({ [field]: words })}
        />
      ))}
      <TextField
        label={t('desk:lessons.field.minutes')}
        value={lesson.minutes === 0 ? '' : String(lesson.minutes)}
        maxLength={3}
        onInput={(text) => set({ minutes: Number(text.replace(/\D/g, '')) })}
      />
      <SelectField
        label={t('desk:lessons.field.level')}
        none={t('desk:lessons.choose')}
        value={lesson.level}
        options={LEVELS.map((level) => ({
          value: level,
          label: t(asKey(`screens:guide.level.${level}`)),
        }))}
        onChange={(level) => level !== undefined && set({ level })}
      />
      <TextArea
        label={t('desk:lessons.field.keywords')}
        rows={2}
        value={keywords}
        onInput={setKeywords}
      />
      {steps.map((step, i) => (
        <fieldset key={`${i + 1}`} class="card stack tight">
          <StepFields
            step={step}
            n={i + 1}
            drawings={drawings}
            onChange={(next) => set({ steps: replaced(steps, i, next) })}
          />
          {steps.length > LEAST_STEPS && (
            <Button look="quiet" onClick={() => set({ steps: without(steps, i) })}>
              {t('desk:lessons.drop_step', { n: i + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      {steps.length < MOST_STEPS && (
        <Button
          look="secondary"
          onClick={() => set({ steps: [...steps, { drawing: 'phone', text: EMPTY }] })}
        >
          {t('desk:lessons.add_step')}
        </Button>
      )}
      <FaultFields faults={lesson.faults} onChange={(faults) => set({ faults })} />
      <QuizFields questions={lesson.questions} onChange={(questions) => set({ questions })} />
      <Button type="submit" isBusy={isBusy}>
        {t('desk:lessons.save')}
      </Button>
    </form>
  )
}
