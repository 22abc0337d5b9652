import { useEffect, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { wordsOr } from '../words.ts'
import { follow, type OneNotice, type Progress } from './calls.ts'

const SETTLED = ['sent', 'inbox', 'gone', 'rejected', 'expired', 'cancelled'] as const
const MOVES = ['scheduled', 'sending', 'paused']

type Counts = Progress['counts']
const settledOf = (counts: Counts): number =>
  SETTLED.reduce((sum, state) => sum + (counts[state] ?? 0), 0)

/** How far a notice has come, by outcome and channel; follows it while it moves. */
export function ProgressOf({ notice, onEnd }: { notice: OneNotice; onEnd: () => void }) {
  const [live, setLive] = useState<Progress>()
  const isMoving = MOVES.includes(notice.standing)
  useEffect(() => {
    if (!isMoving) return
    return follow(notice.id, (progress) => {
      setLive(progress)
      if (!MOVES.includes(progress.standing)) onEnd()
    })
  }, [notice.id, isMoving])
  const progress: Progress | null | undefined = live ?? notice.progress
  if (progress === null || progress === undefined || progress.total === 0) return null
  const { counts, total, byChannel, perSecond = 0, secondsLeft } = progress
  const settled = settledOf(counts)
  return (
    <div class="stack tight">
      <progress max={total} value={settled} aria-label={t('desk:notice.progress')} />
      <p>
        {t('desk:notice.done_of', { done: settled, all: total })}
        {perSecond > 0 && ` · ${t('desk:notice.speed', { n: perSecond })}`}
        {typeof secondsLeft === 'number' &&
          secondsLeft > 0 &&
          ` · ${t('desk:notice.left', { minutes: Math.ceil(secondsLeft / 60) })}`}
      </p>
      <table class="notice-table">
        <thead>
          <tr>
            <th scope="col">{t('desk:notice.channel')}</th>
            <th scope="col">{t('desk:notice.sent')}</th>
            <th scope="col">{t('desk:notice.waiting')}</th>
            <th scope="col">{t('desk:notice.inbox')}</th>
            <th scope="col">{t('desk:notice.failed')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(byChannel).map(([channel, own]) => (
            <tr key={channel}>
              <th scope="row">{channelName(channel)}</th>
              <td>{own.sent ?? 0}</td>
              <td>{(own.planned ?? 0) + (own.queued ?? 0)}</td>
              <td>{own.inbox ?? 0}</td>
              <td>{failedOf(own)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const FAILED = ['gone', 'rejected', 'expired', 'cancelled'] as const

/** Which did not arrive, each with why; nothing: a dash. */
function failedOf(counts: Counts): string {
  const words = FAILED.flatMap((state) => {
    const n = counts[state] ?? 0
    return n === 0 ? [] : [`${t(asKey(`desk:notice.failed.${state}`))}: ${n}`]
  })
  return words.length === 0 ? '–' : words.join('; ')
}

export const channelName = (channel: string): string =>
  channel === ''
    ? t('desk:notice.inbox_alone')
    : wordsOr(`console:chats.channel.${channel}`, channel)
