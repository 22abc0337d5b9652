import type { PublicIncident } from '../../../../api/rooms/incidents/schema.ts'
import { t } from '../../shared/i18n.ts'
import { timeText } from '../../shared/words.ts'
import { Card } from '../../ui/card.tsx'
import { LongText } from '../../ui/long-text.tsx'
import { CasePhotos } from './photos.tsx'

type Answer = NonNullable<PublicIncident['answer']>

const captioned = (ids: readonly string[], caption: string) =>
  ids.map((mediaId) => ({ mediaId, label: caption, caption }))

/** The paper that an answer stands on, and who keeps it. */
function Document({ number, reference }: NonNullable<Answer['document']>) {
  const document = reference === undefined ? number : `${number} (${reference})`
  return <p>{t('incidents:tell.answered.document', { document })}</p>
}

/** What the agency answered, with the place before and after. */
export function CaseAnswer({ incident, answer }: { incident: PublicIncident; answer: Answer }) {
  const isPair = answer.mediaIds.length > 0
  return (
    <Card title={t('miniapp:answer.title')}>
      <LongText text={answer.text} look="own-words" />
      <CasePhotos
        isLarge
        photos={[
          ...(isPair ? captioned(incident.mediaIds.slice(0, 1), t('miniapp:answer.before')) : []),
          ...captioned(answer.mediaIds, t('miniapp:answer.after')),
        ]}
      />
      {answer.document && <Document {...answer.document} />}
      {answer.noProofReason && (
        <p class="muted">
          {t('incidents:tell.answered.no_photo', { reason: answer.noProofReason })}
        </p>
      )}
      <p class="muted small">
        {[incident.agency?.name, timeText(answer.at)].filter(Boolean).join(' · ')}
      </p>
    </Card>
  )
}
