import type { PublicIncident } from '../../../api/rooms/incidents/schema.ts'
import { mediaUrl } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'
import { timeText } from '../shared/words.ts'
import { Card } from '../ui/card.tsx'
import { PhotoStrip } from '../ui/case-parts.tsx'

type Answer = NonNullable<PublicIncident['answer']>

const strip = (ids: readonly string[], caption: string) =>
  ids.map((id) => ({
    key: id,
    src: mediaUrl(id, 'thumb'),
    href: mediaUrl(id),
    alt: caption,
    caption,
  }))

/** What the agency answered, with the place before and after. */
export function CaseAnswer({ incident, answer }: { incident: PublicIncident; answer: Answer }) {
  const isPair = answer.mediaIds.length > 0
  return (
    <Card title={t('miniapp:answer.title')}>
      <p class="own-words">{answer.text}</p>
      <PhotoStrip
        isLarge
        photos={[
          ...(isPair ? strip(incident.mediaIds.slice(0, 1), t('miniapp:answer.before')) : []),
          ...strip(answer.mediaIds, t('miniapp:answer.after')),
        ]}
      />
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
