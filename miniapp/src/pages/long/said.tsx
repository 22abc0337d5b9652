import type { Part } from '../../../../api/chat/message.ts'
import { t } from '../../shared/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/feedback.tsx'
import type { Said } from './calls.ts'

function PartView({ part }: { part: Part }) {
  if (part.kind === 'text') return <p class="own-words">{part.text}</p>
  if (part.kind !== 'fields') return null
  return (
    <Card title={part.title}>
      <dl class="review">
        {part.rows.map((row) => (
          <div class="review-row" key={row.label}>
            <dt>{row.label}</dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** The banner of demonstration data stands on every page anyway. */
const isBanner = (part: Part) => part.kind === 'text' && part.text === t('miniapp:demo.banner')

/** What the chat was answered: the code, who looks next, by when. */
export function SaidView({ messages, isRepeat }: { messages: Said; isRepeat: boolean }) {
  return (
    <>
      {isRepeat && (
        <Notice>
          <p>{t('miniapp:long.sent.repeat')}</p>
        </Notice>
      )}
      {messages.flatMap(({ parts }, m) =>
        parts
          .filter((part) => !isBanner(part))
          .map((part, i) => <PartView key={`${m}.${i}`} part={part} />),
      )}
      <p class="muted">{t('miniapp:long.sent.close')}</p>
    </>
  )
}
