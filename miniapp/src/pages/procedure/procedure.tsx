import './procedure.css'
import { useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import { OutLink } from '../../resident/out-link.tsx'
import { Page } from '../../resident/page.tsx'
import { t } from '../../shared/i18n.ts'
import { readJson, writeJson } from '../../shared/storage.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { Check } from '../../ui/field.tsx'
import { getProcedure, type Procedure } from '../dossiers/calls.ts'

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

/** The papers that somebody has already, ticked on this device alone. */
function Papers({ code, papers }: Pick<Procedure, 'code' | 'papers'>) {
  const key = `loa.papers.${code}`
  const [have, setHave] = useState(() => readJson(key, isTexts) ?? [])
  const count = papers.filter((paper) => have.includes(paper)).length
  const mark = (paper: string, isOn: boolean) => {
    const now = isOn ? [...have, paper] : have.filter((one) => one !== paper)
    setHave(now)
    writeJson(key, now)
  }
  return (
    <Card title={t('screens:procedure.papers')}>
      <p class="muted" role="status">
        {t('screens:procedure.have', { have: count, all: papers.length })}
      </p>
      <div class="paper-list">
        {papers.map((paper) => (
          <Check
            key={paper}
            label={paper}
            isOn={have.includes(paper)}
            onChange={(isOn) => mark(paper, isOn)}
          />
        ))}
      </div>
      <p class="muted small">{t('screens:procedure.kept')}</p>
    </Card>
  )
}

function Facts({ procedure }: { procedure: Procedure }) {
  const { forms, portalUrl, isOnline } = procedure
  const rows = [
    [t('screens:procedure.time'), procedure.time],
    [t('screens:procedure.fee'), procedure.fee],
    [t('screens:procedure.place'), procedure.place],
    [
      t('screens:procedure.online'),
      t(isOnline ? 'screens:procedure.online.yes' : 'screens:procedure.online.no'),
    ],
  ]
  return (
    <Card>
      <dl class="facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {forms.length > 0 && (
        <>
          <h2>{t('screens:procedure.forms')}</h2>
          <ul class="bullets">
            {forms.map(({ name, url }) => (
              <li key={name}>{url === undefined ? name : <OutLink href={url}>{name}</OutLink>}</li>
            ))}
          </ul>
        </>
      )}
      <p class="muted small">
        {procedure.sourceText} <OutLink href={portalUrl}>{t('screens:dossier.portal')}</OutLink>
      </p>
    </Card>
  )
}

/** One procedure as a list to keep; read once, it is there without a signal too. */
export function ProcedurePage({ code }: { code: string }) {
  const [loaded, retry] = useKept(`procedure.${code}`, () => getProcedure(code))
  if (loaded.state !== 'ready')
    return (
      <Page title={t('screens:procedure.title')}>
        {loaded.state === 'loading' ? (
          <Skeleton rows={4} />
        ) : (
          <ProblemNotice problem={loaded.problem} onRetry={retry} />
        )}
      </Page>
    )
  const { data: procedure, keptAt } = loaded.data
  return (
    <Page title={procedure.name}>
      <AgeNote keptAt={keptAt} />
      <Papers code={procedure.code} papers={procedure.papers} />
      <LinkButton href={`#/appointments?procedure=${procedure.code}`} isWide>
        {t('screens:appointment.title')}
      </LinkButton>
      <Facts procedure={procedure} />
    </Page>
  )
}
