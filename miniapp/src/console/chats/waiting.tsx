import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDateTime } from '../../../../api/core/time.ts'
import type { Waiting } from '../../../../api/rooms/conversations/index.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { listWaiting } from './calls.ts'

const EVERY_MS = 15_000

/** People who asked for a person, the longest waiting first. */
export function WaitingList() {
  const [chats, setChats] = useState<readonly Waiting[]>()
  const { problem, run } = useWork()
  useEffect(() => {
    const load = () => run(async () => setChats(await listWaiting()))
    void load()
    const timer = setInterval(() => void load(), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <section class="stack">
      <h2>{t('person:desk.title')}</h2>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {chats?.length === 0 && <p>{t('person:desk.none')}</p>}
      <ul class="desk-sessions">
        {chats?.map(({ id, channel, tail, state, openedAt, takenBy }) => (
          <li key={id} class="card">
            <div>
              <Link href={`/chats/${id}`} class="desk-strong">
                {t('console:chats.name', {
                  channel: t(asKey(`console:chats.channel.${channel}`)),
                  tail,
                })}
              </Link>
              <p class="muted small">
                {t('person:desk.since', { at: formatDateTime(new Date(openedAt)) })} ·{' '}
                {state === 'held'
                  ? t('person:desk.held', { name: takenBy ?? '' })
                  : t('person:desk.waiting')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
