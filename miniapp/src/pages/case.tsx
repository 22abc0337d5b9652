import type { OwnIncident, PublicIncident } from '../../../api/rooms/incidents/schema.ts'
import { AgeNote } from '../offline/age-note.tsx'
import { useKept } from '../offline/use-kept.ts'
import { getIncident, lookUpOwn } from '../resident/calls.ts'
import { CaseAnswer } from '../resident/case-answer.tsx'
import { CaseRating } from '../resident/case-rating.tsx'
import { LookUpForm } from '../resident/look-up.tsx'
import { ownCase } from '../resident/own-cases.ts'
import { Page } from '../resident/page.tsx'
import { mediaUrl } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'
import { asKey } from '../shared/keys.ts'
import { isNotFound } from '../shared/use-load.ts'
import { categoryName, dayText, stateLabel, stepLabel, timeText } from '../shared/words.ts'
import { Card } from '../ui/card.tsx'
import { PhotoStrip, StateBadge, Timeline } from '../ui/case-parts.tsx'
import { Notice, ProblemNotice, Skeleton } from '../ui/feedback.tsx'
import { CategoryIcon, Icon } from '../ui/icons.tsx'
import { LongText } from '../ui/long-text.tsx'

/** The sender's view where this device holds the secret, the public one otherwise. */
async function load(code: string): Promise<{ incident: PublicIncident; own?: OwnIncident }> {
  const kept = ownCase(code)
  if (kept) {
    const [own] = (await lookUpOwn([kept])).items
    if (own) return { incident: own, own }
  }
  return { incident: await getIncident(code) }
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
          {t(asKey(`incidents:step.refused`), { reason: t(asKey(`incidents:reason.${reason}`)) })}
        </p>
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
function ReportPhotos({ incident, own }: { incident: PublicIncident; own?: OwnIncident }) {
  const ids = incident.mediaIds
  const hidden = own ? own.ownMediaIds.filter((id) => !ids.includes(id)).length : 0
  return (
    <>
      <PhotoStrip
        photos={ids.map((id, i) => ({
          key: id,
          src: mediaUrl(id, 'thumb'),
          href: mediaUrl(id),
          alt: t('miniapp:photo.alt', { n: i + 1 }),
        }))}
      />
      {hidden > 0 && (
        <p class="muted small">
          <Icon name="shield" /> {t('miniapp:photo.private', { count: hidden })}
        </p>
      )}
    </>
  )
}

type BodyProps = { incident: PublicIncident; own?: OwnIncident; onChange: () => void }

function CaseBody({ incident, own, onChange }: BodyProps) {
  const words = own?.ownDescription ?? incident.description
  return (
    <>
      <div class="case-head">
        <span class="case-icon">
          <CategoryIcon category={incident.category} />
        </span>
        <div>
          <p class="case-category">{categoryName(incident.category)}</p>
          <p class="muted">{incident.publicCode}</p>
        </div>
      </div>
      <Standing incident={incident} />
      {own?.question && (
        <Notice kind="warn" title={t('miniapp:case.question')}>
          <p class="own-words">{own.question}</p>
          <p>{t('miniapp:case.question.todo', { code: incident.publicCode })}</p>
        </Notice>
      )}
      {incident.answer && <CaseAnswer incident={incident} answer={incident.answer} />}
      {own && incident.state === 'answered' && own.rating === undefined && (
        <CaseRating code={incident.publicCode} onRated={onChange} />
      )}
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
    </>
  )
}

/** One case: where it stands, the answer with its proof, every step. */
export function CasePage({ code }: { code: string }) {
  const [loaded, retry] = useKept(`case ${code}`, () => load(code))
  return (
    <Page title={t('miniapp:case.title')} back={{ href: '#/cases', label: t('miniapp:own.title') }}>
      {loaded.state === 'loading' && <Skeleton rows={4} />}
      {loaded.state === 'failed' &&
        (isNotFound(loaded.problem) ? (
          <>
            <Notice kind="warn" title={t('miniapp:case.unknown_title')}>
              <p>{t('miniapp:case.unknown', { code })}</p>
            </Notice>
            <LookUpForm />
          </>
        ) : (
          <ProblemNotice problem={loaded.problem} onRetry={retry} />
        ))}
      {loaded.state === 'ready' && (
        <>
          <AgeNote keptAt={loaded.data.keptAt} />
          <CaseBody {...loaded.data.data} onChange={retry} />
        </>
      )}
    </Page>
  )
}
