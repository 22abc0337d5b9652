import { useId, useState } from 'preact/hooks'
import { addDays, formatDate, localDate } from '../../../../api/core/time.ts'
import type { Settings } from '../../../../api/rooms/console/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWork } from '../access/use-work.ts'
import { wordsOr } from '../words.ts'
import { saveRow } from './calls.ts'

type Kept = Settings['retention'][number]
type Choice = NonNullable<Kept['choice']>

const nameOf = (kept: string) => wordsOr(`desk:retention.what.${kept}`, kept)

const daysWords = (days: number | null): string =>
  days === null
    ? t('desk:retention.for_good')
    : days === 0
      ? t('desk:retention.until_expiry')
      : t('desk:retention.days', { count: days })

/** How long each class of data is kept, why within these bounds, and what is dated for later. */
export function Retention({ rows, onChanged }: { rows: readonly Kept[]; onChanged: () => void }) {
  const [open, setOpen] = useState<Kept & { choice: Choice }>()
  return (
    <details class="desk-section">
      <summary>{t('desk:retention.title')}</summary>
      <p class="muted small">{t('desk:retention.hint')}</p>
      <ul class="desk-settings">
        {rows.map(({ kept, days, choice }) => (
          <li key={kept}>
            <span class="desk-strong">{nameOf(kept)}</span>
            <span>{daysWords(days)}</span>
            {choice && (
              <>
                <Bounds kept={kept} choice={choice} />
                <Button
                  look="quiet"
                  label={t('desk:settings.edit_which', { name: nameOf(kept) })}
                  onClick={() => setOpen({ kept, days, choice })}
                >
                  {t('desk:settings.edit')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {open && <TermSheet row={open} onSaved={onChanged} onClose={() => setOpen(undefined)} />}
    </details>
  )
}

function Bounds({ kept, choice }: { kept: string; choice: Choice }) {
  const { least, most, later } = choice
  return (
    <span class="muted small desk-kept">
      {t('desk:retention.bounds', { least, most })} {wordsOr(`desk:retention.why.${kept}`, '')}
      {later.map(({ validFrom, days }) => (
        <span key={validFrom} class="desk-kept-later">
          {t('desk:retention.later', { date: formatDate(validFrom), days: daysWords(days) })}
        </span>
      ))}
    </span>
  )
}

type SheetProps = { row: Kept & { choice: Choice }; onSaved: () => void; onClose: () => void }

function TermSheet({ row, onSaved, onClose }: SheetProps) {
  const { kept, choice } = row
  const tomorrow = addDays(localDate(new Date()), 1)
  const [validFrom, setValidFrom] = useState(choice.later[0]?.validFrom ?? tomorrow)
  const [days, setDays] = useState(choice.later[0]?.days ?? row.days ?? choice.shipped)
  const { isBusy, problem, run } = useWork()
  const id = useId()
  const save = async () => {
    if (!(await run(() => saveRow('retention', { kept, validFrom, days })))) return
    onSaved()
    onClose()
  }
  return (
    <Sheet title={nameOf(kept)} closeLabel={t('console:close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <p>
          <Bounds kept={kept} choice={choice} />
        </p>
        <div class="field">
          <label class="field-label" for={`${id}-days`}>
            {t('desk:retention.field')}
          </label>
          <input
            id={`${id}-days`}
            class="input"
            type="number"
            required
            min={choice.least}
            max={choice.most}
            value={days}
            onInput={(event) => setDays(Number(event.currentTarget.value))}
          />
        </div>
        <div class="field">
          <label class="field-label" for={`${id}-from`}>
            {t('desk:settings.field.validFrom')}
          </label>
          <input
            id={`${id}-from`}
            class="input"
            type="date"
            required
            min={tomorrow}
            value={validFrom}
            onInput={(event) => setValidFrom(event.currentTarget.value)}
          />
          <p class="muted small">{t('desk:retention.irreversible')}</p>
        </div>
        <Button type="submit" isWide isBusy={isBusy}>
          {t('desk:settings.save')}
        </Button>
      </form>
    </Sheet>
  )
}
