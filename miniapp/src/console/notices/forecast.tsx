import { useState } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import type { Preview } from '../../chat/channels/frame.tsx'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { ChannelFrame } from '../channel-frame.tsx'
import { type Forecast, forecast, previewOf, sendTest } from './calls.ts'
import { channelName } from './progress.tsx'

const at = (instant: string): string => formatDateTime(new Date(instant))

type InLanguage = { language: 'vi' | 'en'; channels: readonly Preview[] }
type Shown = { seen: Forecast; frames: readonly InLanguage[] }

/** Before it goes out: whom it reaches, by when, and how it stands on each channel; a test to the own chats. */
export function ForecastOf({ id, version }: { id: string; version: number }) {
  const [shown, setShown] = useState<Shown & { version: number }>()
  const [chats, setChats] = useState<number>()
  const { isBusy, problem, run } = useWork()
  const look = () =>
    run(async () => {
      const seen = await forecast(id)
      const frames = await Promise.all(
        seen.messages.map(async ({ language, message }) => ({
          language,
          channels: await previewOf([message]),
        })),
      )
      setShown({ seen, frames, version })
    })
  const test = () => run(async () => setChats((await sendTest(id)).chats))
  return (
    <div class="stack tight">
      <div class="button-row">
        <Button look="secondary" isBusy={isBusy} onClick={() => void look()}>
          {t('desk:notice.forecast')}
        </Button>
        <Button look="secondary" isBusy={isBusy} onClick={() => void test()}>
          {t('desk:notice.test')}
        </Button>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div role="status">
        {chats !== undefined && (
          <p>{t(chats === 0 ? 'desk:notice.test_none' : 'desk:notice.tested', { n: chats })}</p>
        )}
      </div>
      {shown?.version === version && <Seen {...shown} />}
    </div>
  )
}

function Seen({ seen, frames }: Shown) {
  return (
    <div class="stack tight">
      <p>
        <strong>{t('desk:notice.reaches', { n: seen.recipients })}</strong>
      </p>
      <ul>
        {seen.channels.map(({ channel, recipients, perSecond }) => (
          <li key={channel}>
            {channelName(channel)}: {recipients}
            {perSecond !== null && ` (${t('desk:notice.rate', { n: Math.round(perSecond) })})`}
          </li>
        ))}
        {seen.inboxOnly > 0 && <li>{t('desk:notice.unreachable', { n: seen.inboxOnly })}</li>}
      </ul>
      {seen.firstAt !== null && seen.halfAt !== null && seen.lastAt !== null && (
        <p>
          {t('desk:notice.times', {
            first: at(seen.firstAt),
            half: at(seen.halfAt),
            last: at(seen.lastAt),
          })}
        </p>
      )}
      {seen.isQuiet && <Notice>{t('desk:notice.quiet')}</Notice>}
      {seen.isTooLate && <Notice kind="error">{t('desk:notice.too_late')}</Notice>}
      {frames.map(({ language, channels }) => (
        <section key={language} class="stack tight" aria-label={t(`desk:notice.in.${language}`)}>
          <h4>{t(`desk:notice.in.${language}`)}</h4>
          <ul class="desk-channels">
            {channels.map((frame) => (
              <ChannelFrame key={frame.channel} frame={frame} hasSize />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
