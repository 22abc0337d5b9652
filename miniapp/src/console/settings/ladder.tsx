import { useId, useState } from 'preact/hooks'
import { addDays, formatDate, localDate } from '../../../../api/core/time.ts'
import type { Settings } from '../../../../api/rooms/console/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWork } from '../access/use-work.ts'
import { wordsOr } from '../words.ts'
import { saveLadder } from './calls.ts'

type Ladder = Settings['ladders'][number]
type Step = Ladder['steps'][number]

const RECIPIENTS = ['officer', 'dispatcher', 'approver'] as const
const MAX_STEPS = 10
const recipientWords = (name: string) => wordsOr(`desk:settings.recipient.${name}`, name)

function stepWords({ afterWorkingDays: days, recipient }: Step): string {
  const when =
    days === 0
      ? t('desk:settings.ladder_on_day')
      : t(days < 0 ? 'desk:settings.ladder_before' : 'desk:settings.ladder_after', {
          days: t('desk:settings.days', { count: Math.abs(days) }),
        })
  return `${when}: ${recipientWords(recipient)}`
}

const titleOf = ({ isNow, validFrom }: Ladder): string =>
  isNow
    ? t('desk:settings.ladder_now')
    : t('desk:settings.ladder_from', { date: formatDate(validFrom ?? '') })

/** Who is told as a due day nears and passes: what works now, what is dated for later, and a new one. */
export function Ladders({
  ladders,
  onChanged,
}: {
  ladders: readonly Ladder[]
  onChanged: () => void
}) {
  const [open, setOpen] = useState<Ladder>()
  return (
    <details class="desk-section">
      <summary>{t('desk:settings.ladders')}</summary>
      <p class="muted small">{t('desk:settings.ladders_hint')}</p>
      {ladders.map((ladder) => (
        <section key={ladder.validFrom ?? ''} aria-label={titleOf(ladder)}>
          <h2>{titleOf(ladder)}</h2>
          <ul class="desk-settings">
            {ladder.steps.map((step) => (
              <li key={step.afterWorkingDays}>{stepWords(step)}</li>
            ))}
          </ul>
          <Button
            look="secondary"
            label={t('desk:settings.edit_which', { name: titleOf(ladder) })}
            onClick={() => setOpen(ladder)}
          >
            {t('desk:settings.edit')}
          </Button>
        </section>
      ))}
      {open && <LadderSheet ladder={open} onSaved={onChanged} onClose={() => setOpen(undefined)} />}
    </details>
  )
}

type SheetProps = { ladder: Ladder; onSaved: () => void; onClose: () => void }

function LadderSheet({ ladder, onSaved, onClose }: SheetProps) {
  const today = localDate(new Date())
  const [validFrom, setValidFrom] = useState(
    ladder.isNow ? addDays(today, 1) : (ladder.validFrom ?? today),
  )
  const [steps, setSteps] = useState<readonly Step[]>(ladder.steps)
  const { isBusy, problem, run } = useWork()
  const dateId = useId()
  const change = (at: number, step: Partial<Step>) =>
    setSteps(steps.map((one, i) => (i === at ? { ...one, ...step } : one)))
  const save = async () => {
    const sorted = [...steps].sort((a, b) => a.afterWorkingDays - b.afterWorkingDays)
    if (!(await run(() => saveLadder({ validFrom, steps: sorted })))) return
    onSaved()
    onClose()
  }
  return (
    <Sheet title={t('desk:settings.ladders')} closeLabel={t('console:close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <div class="field">
          <label class="field-label" for={dateId}>
            {t('desk:settings.field.validFrom')}
          </label>
          <input
            id={dateId}
            class="input"
            type="date"
            required
            min={today}
            value={validFrom}
            onInput={(event) => setValidFrom(event.currentTarget.value)}
          />
        </div>
        {steps.map((step, i) => (
          <StepFields
            key={`step-${i + 1}`}
            place={i + 1}
            step={step}
            onChange={(changed) => change(i, changed)}
            onRemove={
              steps.length > 1 ? () => setSteps(steps.filter((_, n) => n !== i)) : undefined
            }
          />
        ))}
        {steps.length < MAX_STEPS && (
          <Button
            look="secondary"
            onClick={() => {
              const last = steps.at(-1)?.afterWorkingDays ?? 0
              setSteps([...steps, { afterWorkingDays: last + 1, recipient: 'approver' }])
            }}
          >
            {t('desk:settings.ladder_add')}
          </Button>
        )}
        <Button type="submit" isWide isBusy={isBusy}>
          {t('desk:settings.save')}
        </Button>
      </form>
    </Sheet>
  )
}

type StepProps = {
  place: number
  step: Step
  onChange: (step: Partial<Step>) => void
  onRemove: (() => void) | undefined
}

function StepFields({ place, step, onChange, onRemove }: StepProps) {
  const id = useId()
  const { afterWorkingDays, recipient } = step
  return (
    <fieldset class="stack">
      <legend class="field-label">{t('desk:settings.ladder_step', { place })}</legend>
      <div class="field">
        <label class="field-label" for={`${id}-days`}>
          {t('desk:settings.ladder_days')}
        </label>
        <input
          id={`${id}-days`}
          class="input"
          type="number"
          required
          min={-20}
          max={60}
          value={afterWorkingDays}
          onInput={(event) => onChange({ afterWorkingDays: Number(event.currentTarget.value) })}
        />
      </div>
      <div class="field">
        <label class="field-label" for={`${id}-who`}>
          {t('desk:settings.ladder_who')}
        </label>
        <select
          id={`${id}-who`}
          class="input"
          value={recipient}
          onChange={(event) => {
            const chosen = RECIPIENTS.find((name) => name === event.currentTarget.value)
            if (chosen !== undefined) onChange({ recipient: chosen })
          }}
        >
          {RECIPIENTS.map((name) => (
            <option key={name} value={name}>
              {recipientWords(name)}
            </option>
          ))}
        </select>
      </div>
      {onRemove && (
        <Button
          look="quiet"
          label={t('desk:settings.ladder_remove_which', { place })}
          onClick={onRemove}
        >
          {t('desk:settings.remove')}
        </Button>
      )}
    </fieldset>
  )
}
