import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
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
