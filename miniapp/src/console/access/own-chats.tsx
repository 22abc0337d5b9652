import { useEffect, useState } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import { postJson, request } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { guarded } from '../calls.ts'
import { useWork } from './use-work.ts'

type OwnChat = { id: string; channel: string; since: string }

const list = async () => (await guarded(request<{ chats: OwnChat[] }>('/official-chats'))).chats
const makeCode = () => guarded(postJson<{ code: string }>('/official-chats/code', {}))
const remove = (id: string): Promise<void> =>
  guarded(request(`/official-chats/${id}`, { method: 'DELETE' }))

/** The chats by which this official hears of calls for rescue while on duty. */
export function OwnChats() {
  const [chats, setChats] = useState<readonly OwnChat[]>()
  const [code, setCode] = useState<string>()
  const { isBusy, problem, run } = useWork()
  const load = () => run(async () => setChats(await list()))
  useEffect(() => void load(), [])
  return (
    <section class="card stack">
      <h2>{t('sos:own.title')}</h2>
      <p class="muted">{t('sos:own.text')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {chats?.length === 0 && (
        <Notice kind="warn">
          <p>{t('sos:own.none')}</p>
        </Notice>
      )}
      <ul class="desk-sessions">
        {chats?.map(({ id, channel, since }) => (
          <li key={id}>
            <div>
              <p class="desk-strong">{t(asKey(`console:chats.channel.${channel}`))}</p>
              <p class="muted small">
                {t('sos:own.since', { at: formatDateTime(new Date(since)) })}
              </p>
            </div>
            <Button look="secondary" onClick={() => void run(() => remove(id)).then(load)}>
              {t('identity:security.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {code !== undefined && (
        <Notice kind="info">
          <p>{t('sos:own.code')}</p>
          <code class="desk-secret">{code}</code>
        </Notice>
      )}
      <div>
        <Button
          isBusy={isBusy}
          onClick={() => void run(async () => setCode((await makeCode()).code))}
        >
          {t('sos:own.add')}
        </Button>
      </div>
    </section>
  )
}
