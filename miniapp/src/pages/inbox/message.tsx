import { useState } from 'preact/hooks'
import type { InboxItem, Topic } from '../../resident/delivery-calls.ts'
import { OutLink } from '../../resident/out-link.tsx'
import { mediaUrl } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { shortTimeText, timeText } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'

type Part = InboxItem['parts'][number]

function PartView({ part }: { part: Part }) {
  switch (part.kind) {
    case 'text':
      return <p class="own-words">{part.text}</p>
    case 'fields':
      return (
        <dl class="facts">
          {part.rows.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )
    case 'image':
      return <img class="inbox-image" src={mediaUrl(part.mediaId, 'thumb')} alt={part.alt} />
    case 'link':
      return <OutLink href={part.url}>{part.label}</OutLink>
  }
}

/** The first words of a message, for the line that opens it. */
function firstWords({ parts }: InboxItem): string {
  for (const part of parts) {
    if (part.kind === 'text') return part.text.split('\n')[0] ?? ''
    if (part.kind === 'fields') return part.title
  }
  return ''
}

type StopProps = { topics: readonly Topic[]; onStop: (topic: Topic) => Promise<void> }

/** Which subscription it came by, each ended right here. */
function StopTopics({ topics, onStop }: StopProps) {
  const [isStopped, setStopped] = useState(false)
  const { isBusy, problem, run } = useWork()
  const stop = (topic: Topic) => run(() => onStop(topic).then(() => setStopped(true)))
  return (
    <>
      {isStopped && <Notice kind="ok">{t('screens:inbox.stopped')}</Notice>}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {topics.map((topic) => (
        <div key={topic.id}>
          <Button look="secondary" isBusy={isBusy} onClick={() => stop(topic)}>
            {t('screens:inbox.stop', { topic: topic.label, place: topic.place })}
          </Button>
        </div>
      ))}
    </>
  )
}

type MessageProps = StopProps & { item: InboxItem; onOpen: () => void }

/** One message: a line that opens, then all of it, why it came, and how to stop its kind. */
export function Message({ item, topics, onOpen, onStop }: MessageProps) {
  const isUnread = item.readAt === null
  return (
    <li>
      <details
        class={isUnread ? 'inbox-item unread' : 'inbox-item'}
        onToggle={(event) => {
          if (event.currentTarget.open && isUnread) onOpen()
        }}
      >
        <summary>
          <span class="inbox-label">
            {isUnread && <span class="badge waiting">{t('screens:inbox.new')}</span>}
            {item.isExpired && <span class="badge ended">{t('screens:inbox.over')}</span>}
            <span class="muted small">
              {item.label} · {shortTimeText(item.at)}
            </span>
          </span>
          <span class="inbox-first">{firstWords(item)}</span>
        </summary>
        <div class="inbox-body stack">
          {item.isExpired && item.expiresAt && (
            <Notice kind="warn">
              {t('screens:inbox.expired', { at: timeText(item.expiresAt) })}
            </Notice>
          )}
          {item.parts.map((part, i) => (
            <PartView key={i} part={part} />
          ))}
          <div class="stack tight inbox-why">
            <h2>{t('screens:inbox.why_this')}</h2>
            <p>{item.why}</p>
            <StopTopics topics={topics} onStop={onStop} />
          </div>
        </div>
      </details>
    </li>
  )
}
