import { useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { type DeskSetting, readDesks, saveDesk } from './calls.ts'

/** What the server takes at most and least; a new desk starts with half hours. */
const FIELDS = ['slotMinutes', 'seats', 'daysAhead'] as const
const START = { slotMinutes: 30, seats: 1, daysAhead: 14 }

type SheetProps = { office: DeskSetting; onClose: () => void; onSaved: () => void }

function DeskSheet({ office, onClose, onSaved }: SheetProps) {
  const start = office.desk ?? START
  const [values, setValues] = useState<Record<string, string>>(
    Object.fromEntries(FIELDS.map((name) => [name, String(start[name])])),
  )
  const { isBusy, problem, run } = useWork()
  const numberOf = (name: (typeof FIELDS)[number]) => Number(values[name])
  const save = async () => {
    const desk = {
      officeId: office.officeId,
      slotMinutes: numberOf('slotMinutes'),
      seats: numberOf('seats'),
      daysAhead: numberOf('daysAhead'),
    }
    const saved = await run(async () => {
      await saveDesk(desk)
      return true
    })
    if (saved === undefined) return
    onSaved()
    onClose()
  }
  return (
    <Sheet title={office.name} closeLabel={t('console:close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p class="muted">{t('desk:queue.settings.text')}</p>
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {FIELDS.map((name) => (
          <TextField
            key={name}
            label={t(`desk:queue.settings.${name}`)}
            value={values[name] ?? ''}
            onInput={(value) => setValues({ ...values, [name]: value.replace(/\D/g, '') })}
            maxLength={3}
            isRequired
          />
        ))}
        <Button type="submit" isWide isBusy={isBusy}>
          {t('desk:settings.save')}
        </Button>
      </form>
    </Sheet>
  )
}

/** Which offices take appointments, and how. */
export function Desks() {
  const [loaded, again] = useLoad('desks', readDesks)
  const [open, setOpen] = useState<DeskSetting>()
  return (
    <details class="desk-section">
      <summary>{t('desk:queue.settings')}</summary>
      {loaded.state === 'loading' && <Skeleton rows={1} />}
      {loaded.state === 'failed' && <ProblemNotice problem={loaded.problem} onRetry={again} />}
      {loaded.state === 'ready' && (
        <ul class="desk-settings">
          {loaded.data.map((office) => (
            <li key={office.officeId}>
              <span class="desk-strong">{office.name}</span>
              <span class="muted small">
                {office.desk
                  ? t('desk:queue.settings.now', office.desk)
                  : t('desk:queue.settings.off')}
              </span>
              <span>
                <Button
                  look="quiet"
                  label={t('desk:settings.edit_which', { name: office.name })}
                  onClick={() => setOpen(office)}
                >
                  {t('desk:settings.edit')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {open !== undefined && (
        <DeskSheet office={open} onClose={() => setOpen(undefined)} onSaved={again} />
      )}
    </details>
  )
}
