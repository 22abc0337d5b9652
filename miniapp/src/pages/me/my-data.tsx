import { useState } from 'preact/hooks'
import type { Me } from '../../../../api/rooms/identity/schema.ts'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import { correctMe, eraseMe, getMe, signOut, withdraw } from '../../resident/session.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { useWork } from '../../shared/use-work.ts'
import { timeText } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'

import { Export } from './export.tsx'

const MAX_NAME = 100

function NameForm({ me, onSaved }: { me: Me; onSaved: () => void }) {
  const [name, setName] = useState(me.displayName ?? '')
  const { isBusy, problem, run } = useWork()
  const save = () => run(() => correctMe({ displayName: name.trim() }).then(onSaved))
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextField
        label={t('miniapp:me.name')}
        hint={t('miniapp:me.name.hint')}
        value={name}
        maxLength={MAX_NAME}
        autocomplete="name"
        onInput={setName}
      />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div>
        <Button
          type="submit"
          look="secondary"
          isBusy={isBusy}
          isDisabled={name.trim() === (me.displayName ?? '')}
        >
          {t('miniapp:me.save')}
        </Button>
      </div>
    </form>
  )
}

function Consents({ me, onChanged }: { me: Me; onChanged: () => void }) {
  const { isBusy, problem, run } = useWork()
  if (me.consents.length === 0) return <p class="muted">{t('miniapp:me.consents.none')}</p>
  return (
    <ul class="stack tight">
      {me.consents.map(({ purpose, version, givenAt, withdrawnAt }) => (
        <li key={`${purpose} ${givenAt}`} class="stack tight">
          <p>
            {t(asKey(`miniapp:me.consent.${purpose}`), { version })}
            <br />
            <span class="muted small">
              {withdrawnAt === null
                ? t('miniapp:me.consent.given', { at: timeText(givenAt) })
                : t('miniapp:me.consent.withdrawn', { at: timeText(withdrawnAt) })}
            </span>
          </p>
          {withdrawnAt === null && (
            <div>
              <Button
                look="quiet"
                isBusy={isBusy}
                onClick={() => run(() => withdraw(purpose).then(onChanged))}
              >
                {t('miniapp:me.consent.withdraw')}
              </Button>
            </div>
          )}
        </li>
      ))}
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </ul>
  )
}

function Erase() {
  const [isSure, setSure] = useState(false)
  const { isBusy, problem, run } = useWork()
  return (
    <div class="stack">
      <p>{t('miniapp:me.erase.text')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button
          look={isSure ? 'danger' : 'secondary'}
          isBusy={isBusy}
          onClick={() => (isSure ? run(eraseMe) : setSure(true))}
        >
          {t(isSure ? 'miniapp:me.erase.sure' : 'miniapp:me.erase')}
        </Button>
        {isSure && (
          <Button look="secondary" onClick={() => setSure(false)}>
            {t('miniapp:settings.forget.keep')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Who the person is to Loa, and the way out of this device. */
export function Account() {
  const [loaded, retry] = useKept('me', getMe)
  const { isBusy, run } = useWork()
  if (loaded.state === 'loading') return <Skeleton rows={3} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const { data: me, keptAt } = loaded.data
  return (
    <Card title={t('screens:me.account')}>
      <AgeNote keptAt={keptAt} />
      <Notice kind="ok">
        <p>{t('miniapp:me.signed_in', { at: timeText(me.createdAt) })}</p>
      </Notice>
      <NameForm key={me.displayName} me={me} onSaved={retry} />
      <div>
        <Button look="quiet" isBusy={isBusy} onClick={() => run(signOut)}>
          {t('miniapp:me.sign_out')}
        </Button>
      </div>
    </Card>
  )
}

/** What the server keeps about the person who is signed in: seen, taken along, withdrawn, erased. */
export function MyData() {
  const [loaded, retry] = useKept('me', getMe)
  if (loaded.state === 'loading') return <Skeleton rows={3} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  return (
    <>
      <Card title={t('miniapp:me.consents')}>
        <AgeNote keptAt={loaded.data.keptAt} />
        <Consents me={loaded.data.data} onChanged={retry} />
      </Card>
      <Card title={t('screens:export.title')}>
        <Export />
      </Card>
      <Card title={t('miniapp:me.erase.title')}>
        <Erase />
      </Card>
    </>
  )
}
