import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useKept } from '../../offline/use-kept.ts'
import { getReportConsent } from '../../resident/calls.ts'
import { type Draft, discardDraft, missingParts, useDraft } from '../../resident/draft.ts'
import { MainAction } from '../../resident/main-action.tsx'
import { ApiProblem } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { categoryName } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PhotoStrip } from '../../ui/case-parts.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { Check } from '../../ui/field.tsx'
import { LongText } from '../../ui/long-text.tsx'
import { sendReport } from './send.ts'
import { Similar } from './similar.tsx'
import type { Step } from './steps.ts'

type RowProps = { label: string; step?: Step; children: ComponentChildren }

function Row({ label, step, children }: RowProps) {
  return (
    <div class="review-row">
      <dt>{label}</dt>
      <dd>{children}</dd>
      {step && (
        <dd>
          <a
            href={`#/report/${step}`}
            aria-label={t('miniapp:review.change_what', { what: label })}
          >
            {t('miniapp:review.change')}
          </a>
        </dd>
      )}
    </div>
  )
}

function Summary({ draft }: { draft: Draft }) {
  const none = <span class="muted">{t('miniapp:review.none')}</span>
  return (
    <dl class="review">
      <Row label={t('miniapp:review.photos')} step="photos">
        {draft.photos.length === 0 ? (
          none
        ) : (
          <PhotoStrip
            photos={draft.photos.map(({ id, thumb }, i) => ({
              key: id,
              src: thumb,
              alt: t('miniapp:photo.alt', { n: i + 1 }),
            }))}
          />
        )}
      </Row>
      <Row label={t('miniapp:review.place')} step="place">
        {draft.place ? [draft.place.label, draft.placeDetail].filter(Boolean).join(' · ') : none}
      </Row>
      <Row label={t('miniapp:review.category')} step="what">
        {draft.category ? categoryName(draft.category) : none}
        {draft.isUrgent && <span class="badge urgent">{t('incidents:urgency.urgent')}</span>}
      </Row>
      <Row label={t('miniapp:review.description')} step="what">
        {draft.description ? <LongText text={draft.description} look="own-words" /> : none}
      </Row>
      <Row label={t('miniapp:review.identity')} step="what">
        {t(draft.hidesIdentity ? 'miniapp:review.hidden' : 'miniapp:review.shown')}
      </Row>
    </dl>
  )
}

function MissingNotice({ draft }: { draft: Draft }) {
  const missing = missingParts(draft)
  if (missing.length === 0) return null
  return (
    <Notice kind="warn" title={t('miniapp:review.missing')}>
      <ul>
        {missing.map((part) => (
          <li key={part}>
            <a class="tall-link" href={`#/report/${part === 'place' ? 'place' : 'what'}`}>
              {t(asKey(`miniapp:missing.${part}`))}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** The text was renewed in between: it is shown again and agreed to again. */
const STALE_CONSENT = 'identity.consent_stale'

type SendState = { isBusy: boolean; problem?: unknown }

/** Step 4. Everything once more, the consent in full, and the sending. */
export function ReviewStep() {
  const draft = useDraft()
  const [consent, retry] = useKept('consent', getReportConsent)
  const [agrees, setAgrees] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const [{ isBusy, problem }, setState] = useState<SendState>({ isBusy: false })
  const isWhole = missingParts(draft).length === 0

  const send = async (version: number) => {
    if (!agrees) return setAsked(true)
    setState({ isBusy: true })
    const failure = await sendReport(version)
    if (failure instanceof ApiProblem && failure.code === STALE_CONSENT) {
      setAgrees(false)
      retry()
    }
    setState({ isBusy: false, ...(failure === undefined ? {} : { problem: failure }) })
  }

  return (
    <>
      <Card>
        <Summary draft={draft} />
      </Card>
      <MissingNotice draft={draft} />
      <Similar draft={draft} />
      {consent.state === 'loading' && <Skeleton rows={1} />}
      {consent.state === 'failed' && <ProblemNotice problem={consent.problem} onRetry={retry} />}
      {consent.state === 'ready' && (
        <>
          <Card title={t('miniapp:consent.title')}>
            <p class="own-words">{consent.data.data.body}</p>
            <Check label={t('miniapp:consent.agree')} isOn={agrees} onChange={setAgrees} />
            <div class="live" role="alert">
              {isAsked && !agrees && <p class="field-error">{t('miniapp:consent.missing')}</p>}
            </div>
          </Card>
          {problem !== undefined && <ProblemNotice problem={problem} />}
          <MainAction
            label={t(isBusy ? 'miniapp:review.sending' : 'miniapp:review.send')}
            isBusy={isBusy}
            isDisabled={!isWhole}
            onPress={() => send(consent.data.data.version)}
          />
        </>
      )}
      <Discard />
    </>
  )
}

function Discard() {
  const [isSure, setSure] = useState(false)
  const discard = () => {
    if (!isSure) return setSure(true)
    discardDraft()
    location.hash = '/'
  }
  return (
    <div>
      <Button look="quiet" onClick={discard}>
        {t(isSure ? 'miniapp:review.discard_sure' : 'miniapp:review.discard')}
      </Button>
    </div>
  )
}
