import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDateTime } from '../../../../api/core/time.ts'
import { request } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { guarded } from '../calls.ts'
import { handBack } from './calls.ts'
import { WaitingList } from './waiting.tsx'

type TakenOver = { id: string; channel: string; tail: string; until: string; lastAt: string }

const list = async () =>
  (await guarded(request<{ items: TakenOver[] }>('/console/conversations'))).items

/** Chats in which an official writes by hand; the bot is silent there until it is handed back. */
export function ChatsPage() {
  const [chats, setChats] = useState<readonly TakenOver[]>()
  const { problem, run } = useWork()
  const load = () => run(async () => setChats(await list()))
  useEffect(() => void load(), [])
  return (
    <div class="desk-narrow stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('console:chats.title')}</h1>
      <WaitingList />
      <p class="muted">{t('console:chats.text')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {chats === undefined && problem === undefined && <Skeleton />}
      {chats?.length === 0 && <p>{t('console:chats.none')}</p>}
      <ul class="desk-sessions">
        {chats?.map(({ id, channel, tail, until, lastAt }) => {
          const name = t('console:chats.name', {
            channel: t(asKey(`console:chats.channel.${channel}`)),
            tail,
          })
          return (
            <li key={id} class="card">
              <div>
                <p class="desk-strong">{name}</p>
                <p class="muted small">
                  {t('console:chats.times', {
                    last: formatDateTime(new Date(lastAt)),
                    until: formatDateTime(new Date(until)),
                  })}
                </p>
              </div>
              <Button
                look="secondary"
                label={t('console:chats.hand_back_which', { name })}
                onClick={() => void run(() => handBack(id)).then(load)}
              >
                {t('console:chats.hand_back')}
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
