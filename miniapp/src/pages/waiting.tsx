import { useState } from 'preact/hooks'
import { ForgetfulNotice } from '../offline/forgetful-notice.tsx'
import { isForgetful } from '../offline/idb.ts'
import { flushQueue, useArrived, useWaiting } from '../offline/outbox.ts'
import type { Entry } from '../offline/queue.ts'
import { takeBack } from '../offline/queue-store.ts'
import { type Draft, restoreDraft } from '../resident/draft.ts'
import { Page } from '../resident/page.tsx'
import { ApiProblem } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'
import { categoryName, shortTimeText } from '../shared/words.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { PhotoStrip } from '../ui/case-parts.tsx'
import { Notice, ProblemNotice } from '../ui/feedback.tsx'

async function edit(entry: Entry): Promise<void> {
  await takeBack(entry.key)
  restoreDraft(entry.draft as Draft)
  await flushQueue()
  location.hash = '/report/review'
}

function WaitingReport({ entry }: { entry: Entry }) {
  const { refusal } = entry
  const { photos } = entry.draft as Draft
  return (
    <Card title={categoryName(entry.report.category)}>
      <p class="own-words">{entry.report.description}</p>
      <PhotoStrip
        photos={photos.map(({ id, thumb }, i) => ({
          key: id,
          src: thumb,
          alt: t('miniapp:photo.alt', { n: i + 1 }),
        }))}
      />
      <p class="muted small">{t('miniapp:waiting.since', { at: shortTimeText(entry.queuedAt) })}</p>
      {refusal && (
        <>
          <ProblemNotice problem={new ApiProblem(refusal.code, refusal.status, refusal)} />
          <div>
            <Button look="secondary" onClick={() => edit(entry)}>
              {t('miniapp:waiting.edit')}
            </Button>
          </div>
        </>
      )}
    </Card>
  )
}

/** Reports that wait for a signal; they go by themselves, also after the page was closed. */
export function WaitingPage() {
  const waiting = useWaiting()
  const arrived = useArrived()
  const [isBusy, setBusy] = useState(false)
  const sendNow = async () => {
    setBusy(true)
    await flushQueue()
    setBusy(false)
  }
  const isAny = waiting.some(({ refusal }) => refusal === undefined)
  return (
    <Page title={t('miniapp:waiting.title')}>
      <div class="stack" aria-live="polite">
        {arrived.map((code) => (
          <Notice key={code} kind="ok" title={t('miniapp:waiting.arrived')}>
            <p>
              <a href={`#/case/${code}`}>{code}</a>
            </p>
          </Notice>
        ))}
        {isAny && (
          <Notice kind="warn" title={t('miniapp:waiting.kept')}>
            {!isForgetful() && <p>{t('miniapp:waiting.text')}</p>}
            <p>{t('miniapp:waiting.urgent')}</p>
          </Notice>
        )}
        <ForgetfulNotice />
        {waiting.length === 0 && arrived.length === 0 && (
          <Notice>{t('miniapp:waiting.none')}</Notice>
        )}
      </div>
      {waiting.map((entry) => (
        <WaitingReport key={entry.key} entry={entry} />
      ))}
      <div class="button-row">
        {isAny && (
          <Button isBusy={isBusy} onClick={sendNow}>
            {t('miniapp:waiting.now')}
          </Button>
        )}
        <LinkButton href="#/" look="secondary">
          {t('miniapp:nav.home')}
        </LinkButton>
      </div>
    </Page>
  )
}
