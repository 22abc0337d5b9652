import { useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import { listLinks, makeLinkCode, removeLink } from '../../resident/delivery-calls.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { useWork } from '../../shared/use-work.ts'
import { timeText } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'

export const channelName = (channel: string): string => t(asKey(`screens:channel.${channel}`))

/** A code to type in the other chat, which then belongs to the same person. */
function JoinOne() {
  const [made, setMade] = useState<Awaited<ReturnType<typeof makeLinkCode>>>()
  const { isBusy, problem, run } = useWork()
  return (
    <div class="stack tight" aria-live="polite">
      {made && (
        <>
          <p class="big-code">{made.code}</p>
          <p>{t('screens:channels.code', { at: timeText(made.expiresAt) })}</p>
        </>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div>
        <Button look="secondary" isBusy={isBusy} onClick={() => run(makeLinkCode).then(setMade)}>
          {t('screens:channels.join')}
        </Button>
      </div>
    </div>
  )
}

/** Chats of the person; each can be taken off, another joined by code. */
export function Channels() {
  const [loaded, retry] = useKept('links', listLinks)
  const { isBusy, problem, run } = useWork()
  if (loaded.state === 'loading') return <Skeleton rows={2} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const { data: links, keptAt } = loaded.data
  return (
    <>
      <AgeNote keptAt={keptAt} />
      {links.length === 0 && <p class="muted">{t('screens:channels.none')}</p>}
      <ul class="stack">
        {links.map(({ id, channel, state, since }) => (
          <li key={id} class="me-row">
            <p>
              {channelName(channel)}
              <br />
              <span class="muted small">
                {t(state === 'gone' ? 'screens:channels.gone' : 'screens:channels.since', {
                  at: timeText(since),
                })}
              </span>
            </p>
            <Button
              look="quiet"
              isBusy={isBusy}
              label={t('screens:channels.remove_what', { channel: channelName(channel) })}
              onClick={() => run(() => removeLink(id).then(retry))}
            >
              {t('screens:channels.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <JoinOne />
    </>
  )
}
