import './settings.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDate } from '../../../../api/core/time.ts'
import type { Settings } from '../../../../api/rooms/console/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { categoryWords, wordsOr } from '../words.ts'
import { REMOVED_BY, readSettings, removeRow, type Section, saveRow } from './calls.ts'
import { Desks } from './desks.tsx'
import { agencyWords, fieldsOf } from './fields.ts'
import { Keys } from './keys.tsx'
import { Ladders } from './ladder.tsx'
import { Offices } from './offices.tsx'
import { Retention } from './retention.tsx'
import { RowSheet, type Values } from './row-sheet.tsx'

const SECTIONS: readonly Section[] = [
  'routes',
  'agencies',
  'hamlets',
  'templates',
  'calendar',
  'populations',
]

/** A row of a section in words: what it is, and what is said of it. */
function wordsOf(section: Section, row: Values, settings: Settings): [string, string] {
  const text = (name: string) => String(row[name] ?? '')
  switch (section) {
    case 'routes': {
      const place = text('unitCode') || t('desk:settings.any_unit')
      const days = t('desk:settings.days', { count: Number(row.dueInWorkingDays) })
      return [
        `${categoryWords(text('category'))}${row.kind ? ` (${wordsOr(`incidents:kind.${text('kind')}`, text('kind'))})` : ''} · ${place}`,
        `${agencyWords(settings, text('agencyCode'))} · ${days}`,
      ]
    }
    case 'hamlets':
      return [
        text('name'),
        `${formatDate(text('validFrom'))} – ${text('validTo') === '' ? '' : formatDate(text('validTo'))}`,
      ]
    case 'templates':
      return [
        text('name'),
        text('category') === '' ? t('desk:settings.any_category') : categoryWords(text('category')),
      ]
    case 'agencies':
      return [agencyWords(settings, text('code')), text('code')]
    case 'calendar':
      return [
        `${formatDate(text('date'))} · ${text('nameVi')}`,
        wordsOr(`desk:settings.day.${text('kind')}`, text('kind')),
      ]
    case 'populations':
      return [text('unitCode'), `${text('residents')} · ${text('source')}`]
  }
}

/** What an administrator may change without a programmer; each change is recorded. */
export function SettingsPage() {
  const [settings, setSettings] = useState<Settings>()
  const { problem, run } = useWork()
  const load = () => run(async () => setSettings(await readSettings()))
  useEffect(() => void load(), [])
  return (
    <div class="desk-narrow stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('desk:settings.title')}</h1>
      <p class="muted">{t('desk:settings.intro')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {settings === undefined && problem === undefined && <Skeleton rows={5} />}
      {settings && (
        <>
          {SECTIONS.map((section) => (
            <Part
              key={section}
              section={section}
              settings={settings}
              onChanged={() => void load()}
            />
          ))}
          <Offices settings={settings} onChanged={() => void load()} />
          <Desks />
          <Ladders ladders={settings.ladders} onChanged={() => void load()} />
          <Retention rows={settings.retention} onChanged={() => void load()} />
          <Keys keys={settings.keys} onChanged={() => void load()} />
        </>
      )}
    </div>
  )
}

/** What a sheet does not ask for but its row has. */
function keptOf(section: Section, open: Values | 'new'): Values {
  if (open === 'new') return {}
  return section === 'templates' ? { id: open.id ?? null } : {}
}

type PartProps = { section: Section; settings: Settings; onChanged: () => void }

function Part({ section, settings, onChanged }: PartProps) {
  const [open, setOpen] = useState<Values | 'new'>()
  const { isBusy, problem, run } = useWork()
  const title = t(`desk:settings.${section}`)
  const rows: readonly Values[] = settings[section]
  const removedBy = REMOVED_BY[section]
  return (
    <details class="desk-section">
      <summary>
        {title} ({rows.length})
      </summary>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <ul class="desk-settings">
        {rows.map((row) => {
          const [what, more] = wordsOf(section, row, settings)
          return (
            <li key={String(row.id ?? what)}>
              <span class="desk-strong">{what}</span>
              <span class="muted small">{more}</span>
              <span>
                <Button
                  look="quiet"
                  label={t('desk:settings.edit_which', { name: what })}
                  onClick={() => setOpen(row)}
                >
                  {t('desk:settings.edit')}
                </Button>
                {removedBy !== undefined && (
                  <Button
                    look="quiet"
                    isBusy={isBusy}
                    label={t('desk:settings.remove_which', { name: what })}
                    onClick={() =>
                      void run(() => removeRow(section, String(row[removedBy]))).then(onChanged)
                    }
                  >
                    {t('desk:settings.remove')}
                  </Button>
                )}
              </span>
            </li>
          )
        })}
      </ul>
      <Button look="secondary" onClick={() => setOpen('new')}>
        {t('desk:settings.add')}
      </Button>
      {open !== undefined && (
        <RowSheet
          title={title}
          fields={fieldsOf(section, settings)}
          row={open === 'new' ? undefined : open}
          onSave={async (row) => {
            await saveRow(section, { ...row, ...keptOf(section, open) })
            onChanged()
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </details>
  )
}
