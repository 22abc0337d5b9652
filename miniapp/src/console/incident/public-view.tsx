import { useState } from 'preact/hooks'
import { formatDate, formatDateTime, localDate } from '../../../../api/core/time.ts'
import { mediaUrl } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { StateBadge } from '../../ui/case-parts.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { readPublicView, type PublicView as View } from '../calls.ts'
import { categoryWords, stateWords } from '../words.ts'

function Pictures({ ids, alt }: { ids: readonly string[]; alt: string }) {
  if (ids.length === 0) return null
  return (
    <ul class="desk-photos">
      {ids.map((id) => (
        <li key={id} class="desk-photo still">
          <img src={mediaUrl(id, 'thumb')} alt={alt} />
        </li>
      ))}
    </ul>
  )
}

function Facts({ view: { isNow, incident } }: { view: View }) {
  const { answer } = incident
  return (
    <div class="stack">
      <p class="muted small">{t(isNow ? 'console:public.now' : 'console:public.later')}</p>
      <p class="desk-case-marks">
        <span class="desk-strong">{categoryWords(incident.category)}</span>
        <StateBadge state={incident.state} label={stateWords(incident.state)} />
        <span class="desk-code">{incident.publicCode}</span>
      </p>
      {incident.description !== undefined && <p class="desk-words">{incident.description}</p>}
      <Pictures ids={incident.mediaIds} alt={t('console:photo.report')} />
      <p>
        {[incident.place?.text ?? incident.hamletName, incident.unitName]
          .filter(Boolean)
          .join(', ')}
      </p>
      <p class="muted small">
        {t('console:public.dates', { sent: formatDate(localDate(new Date(incident.createdAt))) })}
        {incident.dueDate !== undefined &&
          ` · ${t('console:public.due', { due: formatDate(incident.dueDate) })}`}
      </p>
      {answer && (
        <section class="desk-section desk-answer" aria-label={t('console:answer.given')}>
          <h3>{t('console:answer.given')}</h3>
          <p class="desk-words">{answer.text}</p>
          {answer.noProofReason && (
            <p>{t('incidents:tell.answered.no_photo', { reason: answer.noProofReason })}</p>
          )}
          <Pictures ids={answer.mediaIds} alt={t('console:photo.proof')} />
          <p class="muted small">{formatDateTime(new Date(answer.at))}</p>
        </section>
      )}
    </div>
  )
}

/** What everybody reads of this case: names, numbers, houses and covered parts of photos are gone. */
export function PublicView({ id }: { id: string }) {
  const [view, setView] = useState<View>()
  const { isBusy, problem, run } = useWork()
  return (
    <>
      <Button
        look="secondary"
        isWide
        isBusy={isBusy}
        onClick={() => void run(() => readPublicView(id)).then(setView)}
      >
        {t('console:public.open')}
      </Button>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {view && (
        <Sheet
          title={t('console:public.title')}
          closeLabel={t('console:close')}
          onClose={() => setView(undefined)}
        >
          <Facts view={view} />
        </Sheet>
      )}
    </>
  )
}
