import { useEffect, useState } from 'preact/hooks'
import type { OwnIncident, PublicIncident } from '../../../../api/rooms/incidents/schema.ts'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import { getIncident } from '../../resident/calls.ts'
import { useCallCentre } from '../../resident/emergency.tsx'
import { LookUpForm } from '../../resident/look-up.tsx'
import { findOwn } from '../../resident/own-calls.ts'
import { Page } from '../../resident/page.tsx'
import { useSignedIn } from '../../resident/session.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { isNotFound } from '../../shared/use-load.ts'
import { categoryName, dayText, stateLabel, stepLabel, timeText } from '../../shared/words.ts'
import { Card } from '../../ui/card.tsx'
import { StateBadge, Timeline } from '../../ui/case-parts.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { CategoryIcon, Icon } from '../../ui/icons.tsx'
import { LongText } from '../../ui/long-text.tsx'
import { CaseAnswer } from './answer.tsx'
import { MeToo } from './me-too.tsx'
import { Outcome } from './outcome.tsx'
import { CasePhotos } from './photos.tsx'
import { Question } from './question.tsx'
import { Satisfaction } from './satisfaction.tsx'
import { CaseTools } from './tools.tsx'

type Case = { incident: PublicIncident; own?: OwnIncident }

/** The sender's view where this device or this session is the sender's, the public one otherwise. */
async function load(code: string): Promise<Case> {
  const own = await findOwn(code)
  return own ? { incident: own, own } : { incident: await getIncident(code) }
}

function Facts({ incident }: { incident: PublicIncident }) {
  const where = [incident.place?.text, incident.hamletName, incident.unitName].filter(Boolean)
  return (
    <dl class="facts">
      <div>
        <dt>{t('miniapp:case.where')}</dt>
        <dd>{[...new Set(where)].join(', ')}</dd>
      </div>
      {incident.agency && (
        <div>
          <dt>{t('miniapp:case.agency')}</dt>
          <dd>{incident.agency.name}</dd>
        </div>
      )}
      <div>
        <dt>{t('miniapp:case.sent')}</dt>
        <dd>{timeText(incident.createdAt)}</dd>
      </div>
    </dl>
  )
}

function Standing({ incident }: { incident: PublicIncident }) {
  const hotline = useCallCentre()
  const reason = incident.state === 'refused' ? incident.reasonCode : undefined
  return (
    <>
      <p class="badges">
        <StateBadge state={incident.state} label={stateLabel(incident.state)} />
        {incident.urgency === 'urgent' && (
          <span class="badge urgent">{t('incidents:urgency.urgent')}</span>
        )}
        {incident.isLate && <span class="badge late">{t('miniapp:case.late')}</span>}
      </p>
      {incident.dueDate && (
        <p class="due">
          <Icon name="clock" /> {t('miniapp:case.due', { day: dayText(incident.dueDate) })}
        </p>
      )}
      {reason && (
        <p>
          {t('incidents:step.refused', { reason: t(asKey(`incidents:reason.${reason}`)) })}.{' '}
          {t(asKey(`incidents:reason.${reason}.todo`), { hotline })}
        </p>
      )}
      {incident.redirectTo && (
        <p>{t('incidents:reason.redirect', { redirect: incident.redirectTo })}</p>
      )}
      {incident.duplicateOf && (
        <p>
          <a href={`#/case/${incident.duplicateOf}`}>
            {t('miniapp:case.original', { code: incident.duplicateOf })}
          </a>
        </p>
      )}
    </>
  )
}

/** Pictures of the report; the sender's own are private until an official publishes them. */
function ReportPhotos({ incident, own }: Case) {
  const ids = incident.mediaIds
  const hidden = own ? own.ownMediaIds.filter((id) => !ids.includes(id)).length : 0
  return (
    <>
      <CasePhotos
        photos={ids.map((mediaId, i) => ({ mediaId, label: t('miniapp:photo.alt', { n: i + 1 }) }))}
      />
      {hidden > 0 && (
        <p class="muted small">
          <Icon name="shield" /> {t('miniapp:photo.private', { count: hidden })}
        </p>
      )}
    </>
  )
}

function Head({ incident }: { incident: PublicIncident }) {
  return (
    <div class="case-head">
      <span class="case-icon">
        <CategoryIcon category={incident.category} />
      </span>
      <div>
        <p class="case-category">{categoryName(incident.category)}</p>
        <p class="muted">{incident.publicCode}</p>
      </div>
    </div>
  )
}

type BodyProps = Case & { onChange: (own: OwnIncident) => void }

/** What matters most comes first: what the sender is asked, the answer, then the report and its steps. */
function CaseBody({ incident, own, onChange }: BodyProps) {
  const words = own?.ownDescription ?? incident.description
  const code = incident.publicCode
  return (
    <>
      <Head incident={incident} />
      <Standing incident={incident} />
      {own?.question && <Question own={own} question={own.question} onChange={onChange} />}
      {incident.answer && <CaseAnswer incident={incident} answer={incident.answer} />}
      {own?.answer && <Outcome own={own} onChange={onChange} />}
      {own?.moves.includes('satisfaction') && <Satisfaction code={code} />}
      {own === undefined && <MeToo incident={incident} />}
      <Card title={t('miniapp:case.report')}>
        {words ? (
          <LongText text={words} look="own-words" />
        ) : (
          <p class="muted">{t('miniapp:case.not_public_yet')}</p>
        )}
        <ReportPhotos incident={incident} {...(own ? { own } : {})} />
        <Facts incident={incident} />
      </Card>
      <Card title={t('miniapp:case.timeline')}>
        <Timeline
          steps={incident.timeline.map((step) => ({
            title: stepLabel(step, incident),
            at: timeText(step.at),
          }))}
        />
      </Card>
      <CaseTools code={code} onChange={onChange} {...(own ? { own } : {})} />
    </>
  )
}

function Unknown({ code }: { code: string }) {
  return (
    <>
      <Notice kind="warn" title={t('miniapp:case.unknown_title')}>
        <p>{t('miniapp:case.unknown', { code })}</p>
      </Notice>
      <LookUpForm />
    </>
  )
}

/** One case: where it stands, the answer with its proof, every step, and what the reader can do. */
export function CasePage({ code }: { code: string }) {
  const isSignedIn = useSignedIn()
  const [loaded, retry] = useKept(`case ${code} ${isSignedIn}`, () => load(code))
  const [changed, setChanged] = useState<OwnIncident>()
  useEffect(() => setChanged(undefined), [loaded])
  const shown = changed ? { incident: changed, own: changed } : undefined
  return (
    <Page title={t('miniapp:case.title')}>
      {loaded.state === 'loading' && <Skeleton rows={4} />}
      {loaded.state === 'failed' &&
        (isNotFound(loaded.problem) ? (
          <Unknown code={code} />
        ) : (
          <ProblemNotice problem={loaded.problem} onRetry={retry} />
        ))}
      {loaded.state === 'ready' && (
        <>
          <AgeNote keptAt={loaded.data.keptAt} />
          <CaseBody {...(shown ?? loaded.data.data)} onChange={setChanged} />
        </>
      )}
    </Page>
  )
}
