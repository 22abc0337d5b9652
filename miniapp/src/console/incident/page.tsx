import './incident.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { useMedia } from '../../shared/use-media.ts'
import { StateBadge } from '../../ui/case-parts.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { CategoryIcon } from '../../ui/icons.tsx'
import { LongText } from '../../ui/long-text.tsx'
import { lazyPart } from '../lazy-part.tsx'
import { Photos } from '../photos/photos.tsx'
import type { CaseView } from '../types.ts'
import { agoWords, categoryWords, stateWords, wordsOr } from '../words.ts'
import { UrgentMark } from '../work-list/row.tsx'
import { Actions } from './actions.tsx'
import { AddNote, Around, Notices, Repeats } from './beside.tsx'
import { Due, History, Place, Said } from './facts.tsx'
import { MoveNotices } from './notices.tsx'
import { useCase } from './use-case.ts'

const Reporter = lazyPart(() => import('../reporter/reporter.tsx').then((m) => m.Reporter))
const PublicView = lazyPart(() => import('./public-view.tsx').then((m) => m.PublicView))
const PHONE = '(max-width: 899px)'

function Head({ incident }: { incident: CaseView }) {
  return (
    <div class="desk-case-head">
      <span class="desk-row-icon">
        <CategoryIcon category={incident.category} />
      </span>
      <div class="stack tight">
        <h1 tabIndex={-1}>{categoryWords(incident.category)}</h1>
        <p class="desk-case-marks">
          {incident.urgency === 'urgent' && <UrgentMark />}
          <StateBadge state={incident.state} label={stateWords(incident.state)} />
          {incident.repeats.length > 0 && (
            <span class="badge waiting">
              {t(
                incident.mayHaveMoreRepeats ? 'console:repeat.mark_least' : 'console:repeat.mark',
                { time: incident.repeats.length + 1 },
              )}
            </span>
          )}
          <span class="desk-code">{incident.publicCode}</span>
        </p>
        <p class="muted small">
          {t('console:case.sent', {
            when: agoWords(incident.createdAt, new Date()),
            channel: wordsOr(`console:channel.${incident.channel}`, incident.channel),
          })}
        </p>
      </div>
    </div>
  )
}

/** The proposed or given answer, for whoever approves it or looks back. */
function Answer({ incident, load }: { incident: CaseView; load: () => Promise<void> }) {
  if (incident.answerText === undefined) return null
  const title = t(
    incident.state === 'answer_proposed' ? 'console:answer.proposed' : 'console:answer.given',
  )
  const proofs = incident.media.filter((item) => item.role === 'proof')
  return (
    <>
      <section class="desk-section desk-answer" aria-label={title}>
        <h2>{title}</h2>
        <p class="desk-words">{incident.answerText}</p>
        {incident.document && (
          <p>
            {t('incidents:tell.answered.document', {
              document: [incident.document.number, incident.document.reference]
                .filter(Boolean)
                .join(', '),
            })}
          </p>
        )}
        {incident.noProofReason && (
          <p>{t('incidents:tell.answered.no_photo', { reason: incident.noProofReason })}</p>
        )}
        {incident.rating !== undefined && (
          <p class="muted">{t('console:answer.rating', { rating: incident.rating })}</p>
        )}
      </section>
      <Photos title={t('console:photo.proof')} photos={proofs} incident={incident} load={load} />
    </>
  )
}

function Facts({ incident }: { incident: CaseView }) {
  return (
    <section class="desk-section" aria-label={t('console:facts.title')}>
      <dl class="desk-facts">
        <dt>{t('console:facts.agency')}</dt>
        <dd>{incident.agency?.name ?? t('console:facts.no_agency')}</dd>
        {incident.externalRef && (
          <>
            <dt>{t('console:facts.external')}</dt>
            <dd>
              {incident.externalRef.number} ({incident.externalRef.source})
            </dd>
          </>
        )}
        {incident.assignee && (
          <>
            <dt>{t('console:facts.assignee')}</dt>
            <dd>{incident.assignee.name}</dd>
          </>
        )}
        {incident.reasonCode && (
          <>
            <dt>{t('console:facts.reason')}</dt>
            <dd class="desk-reason">
              {wordsOr(`incidents:reason.${incident.reasonCode}`, incident.reasonCode)}
            </dd>
          </>
        )}
        {incident.duplicateOf && (
          <>
            <dt>{t('console:facts.duplicate_of')}</dt>
            <dd>{incident.duplicateOf}</dd>
          </>
        )}
        <dt>{t('console:facts.identity')}</dt>
        <dd>{t(incident.hidesIdentity ? 'console:facts.hidden' : 'console:facts.shown')}</dd>
      </dl>
    </section>
  )
}

/** One case: what was reported, what happened since, and what may be done now. */
export function CasePage({ id }: { id: string }) {
  const { state, load, move } = useCase(id)
  const { incident, done } = state
  const isPhone = useMedia(PHONE)
  const [hasSheet, setSheet] = useState(false)
  const ref = useRef<HTMLDivElement>(null)
  const version = incident?.version
  useEffect(() => {
    // A sheet gives focus back to its button; when that is gone the page's name takes it.
    if (version !== undefined && !hasSheet && document.activeElement === document.body)
      ref.current?.querySelector('h1')?.focus()
  }, [version, hasSheet])
  if (incident === undefined)
    return state.problem === undefined ? (
      <Skeleton rows={5} />
    ) : (
      <ProblemNotice problem={state.problem} onRetry={() => void load()} />
    )
  const reported = incident.media.filter((item) => item.role === 'report')
  const actions = (
    <Actions incident={incident} state={state} move={move} isPhone={isPhone} onSheet={setSheet} />
  )
  return (
    <div class="desk-case" ref={ref}>
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <Head incident={incident} />
      <div role="status">
        {done && (
          <Notice kind="ok">
            <p>
              {t(`console:done.${done.kind}`, { agency: done.agency ?? '' })}{' '}
              <Link href="/">{t('console:done.next')}</Link>
            </p>
          </Notice>
        )}
      </div>
      {!hasSheet && <MoveNotices state={state} />}
      <div class="desk-case-columns">
        <div class="desk-case-main">
          <section class="desk-section" aria-label={t('console:case.words')}>
            <h2>{t('console:case.words')}</h2>
            <LongText text={incident.description} look="desk-words big" />
          </section>
          <Photos
            title={t('console:photo.report')}
            photos={reported}
            incident={incident}
            load={load}
          />
          <Answer incident={incident} load={load} />
          <Place incident={incident} />
          <Said incident={incident} />
          <Repeats incident={incident} />
          <Around incident={incident} />
          <History incident={incident} />
          <AddNote incident={incident} load={load} />
        </div>
        <aside class="desk-case-side" aria-label={t('console:case.side')}>
          {!isPhone && actions}
          <Notices incident={incident} load={load} />
          <Due incident={incident} />
          <Facts incident={incident} />
          <PublicView id={id} />
          {incident.mayViewReporter && <Reporter id={id} />}
          <p class="muted small">
            {t('console:case.updated', {
              at: formatDateTime(new Date(incident.timeline.at(-1)?.at ?? incident.createdAt)),
            })}
          </p>
        </aside>
      </div>
      {isPhone && actions}
    </div>
  )
}
