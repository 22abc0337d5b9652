import { useState } from 'preact/hooks'
import type { Settings } from '../../../../api/rooms/console/index.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { wordsOr } from '../words.ts'
import { saveRow } from './calls.ts'
import { agencyWords } from './fields.ts'
import { type Hours, hoursText, readHours, WEEK } from './hours.ts'

type Office = Settings['offices'][number]
type OfficesProps = { settings: Settings; onChanged: () => void }

/** Where people can go and when: the hours decide when a waiting chat is answered. */
export function Offices({ settings, onChanged }: OfficesProps) {
  const [open, setOpen] = useState<Office | 'new'>()
  const { offices } = settings
  return (
    <details class="desk-section">
      <summary>
        {t('desk:settings.offices')} ({offices.length})
      </summary>
      <ul class="desk-settings">
        {offices.map((office) => (
          <li key={`${office.agencyCode} ${office.unitCode} ${office.nameVi}`}>
            <span class="desk-strong">{office.nameVi}</span>
            <span class="muted small">
              {agencyWords(settings, office.agencyCode)} · {office.addressVi}
            </span>
            <span>
              <Button
                look="quiet"
                label={t('desk:settings.edit_which', { name: office.nameVi })}
                onClick={() => setOpen(office)}
              >
                {t('desk:settings.edit')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <Button look="secondary" onClick={() => setOpen('new')}>
        {t('desk:settings.add')}
      </Button>
      {open !== undefined && (
        <OfficeSheet
          office={open === 'new' ? undefined : open}
          settings={settings}
          onClose={() => setOpen(undefined)}
          onSaved={onChanged}
        />
      )}
    </details>
  )
}

const TEXTS = ['nameVi', 'nameEn', 'addressVi', 'unitCode', 'source'] as const
const EMPTY = { agencyCode: '', nameVi: '', nameEn: '', addressVi: '', unitCode: '', source: '' }
/** Agency, unit and name name an office: they do not change. */
const KEYS: readonly string[] = ['nameVi', 'unitCode']

type SheetProps = {
  office: Office | undefined
  settings: Settings
  onClose: () => void
  onSaved: () => void
}

function OfficeSheet({ office, settings, onClose, onSaved }: SheetProps) {
  const [values, setValues] = useState(office ?? EMPTY)
  const [days, setDays] = useState<Record<string, string>>(
    Object.fromEntries(WEEK.map((day) => [day, hoursText(office?.hours[day] as Hours[string])])),
  )
  const { isBusy, problem, run } = useWork()
  const save = async () => {
    const hours = Object.fromEntries(
      WEEK.map((day) => [day, readHours(days[day] ?? '')] as const).filter(
        ([, spans]) => spans.length > 0,
      ),
    )
    const row = { ...values, hours, lng: office?.lng ?? null, lat: office?.lat ?? null }
    const saved = await run(async () => {
      await saveRow('offices', row)
      return true
    })
    if (saved === undefined) return
    onSaved()
    onClose()
  }
  return (
    <Sheet title={t('desk:settings.offices')} closeLabel={t('console:close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {office === undefined && (
          <SelectField
            label={t('desk:settings.field.agencyCode')}
            none=""
            value={values.agencyCode || undefined}
            options={settings.agencies.map(({ code }) => ({
              value: code,
              label: agencyWords(settings, code),
            }))}
            onChange={(agencyCode) => setValues({ ...values, agencyCode: agencyCode ?? '' })}
          />
        )}
        {TEXTS.filter((name) => office === undefined || !KEYS.includes(name)).map((name) => (
          <TextField
            key={name}
            label={wordsOr(`desk:settings.field.${name}`, name)}
            value={values[name]}
            onInput={(value) => setValues({ ...values, [name]: value })}
            maxLength={200}
            isRequired
          />
        ))}
        <fieldset class="stack tight">
          <legend class="field-label">{t('desk:settings.hours')}</legend>
          <p class="muted small">{t('desk:settings.hours_hint')}</p>
          {WEEK.map((day) => (
            <TextField
              key={day}
              label={t(`desk:settings.weekday.${day}`)}
              value={days[day] ?? ''}
              onInput={(value) => setDays({ ...days, [day]: value })}
              maxLength={100}
            />
          ))}
        </fieldset>
        <Button type="submit" isWide isBusy={isBusy}>
          {t('desk:settings.save')}
        </Button>
      </form>
    </Sheet>
  )
}
