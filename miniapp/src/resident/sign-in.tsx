import { useState } from 'preact/hooks'
import { platform } from '../platform/index.ts'
import { appFacts } from '../shared/app-facts.ts'
import { t } from '../shared/i18n.ts'
import { useLoad } from '../shared/use-load.ts'
import { Button } from '../ui/button.tsx'
import { Notice, ProblemNotice } from '../ui/feedback.tsx'
import { TextField } from '../ui/field.tsx'
import { signInByCode, signInByHost, signInByProvider } from './session.ts'

type Way = 'telegram' | 'zalo' | 'oidc' | 'code'
type Trying = { way?: Way; problem?: unknown; isUnknown?: boolean }

/** Offers what this host and this installation know; nothing is asked of the host before a tap. */
export function SignIn() {
  const [facts] = useLoad('app', appFacts)
  const [trying, setTrying] = useState<Trying>({})
  const [code, setCode] = useState('')
  const attempt = async (way: Way, work: () => Promise<boolean | undefined>) => {
    setTrying({ way })
    try {
      setTrying((await work()) ? {} : { isUnknown: true })
    } catch (problem) {
      setTrying({ problem })
    }
  }
  const { name } = platform()
  const known = facts.state === 'ready' ? facts.data.signIn : undefined
  return (
    <div class="stack">
      <p>{t('miniapp:sign_in.why')}</p>
      {(name === 'telegram' || name === 'zalo') && known?.[name] && (
        <div>
          <Button isBusy={trying.way === name} onClick={() => attempt(name, signInByHost)}>
            {t(name === 'zalo' ? 'miniapp:sign_in.zalo' : 'miniapp:sign_in.telegram')}
          </Button>
        </div>
      )}
      {(name === 'browser' || name === 'hues') && known?.oidc && (
        <div>
          <Button isBusy={trying.way === 'oidc'} onClick={() => attempt('oidc', signInByProvider)}>
            {t('miniapp:sign_in.oidc')}
          </Button>
        </div>
      )}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (code.trim() !== '') attempt('code', () => signInByCode(code).then(() => true))
        }}
      >
        <TextField
          label={t('miniapp:sign_in.code')}
          hint={t('miniapp:sign_in.code.hint')}
          value={code}
          maxLength={20}
          onInput={setCode}
        />
        <div>
          <Button type="submit" look="secondary" isBusy={trying.way === 'code'}>
            {t('miniapp:sign_in.code.send')}
          </Button>
        </div>
      </form>
      <div class="live" aria-live="polite">
        {trying.problem !== undefined && <ProblemNotice problem={trying.problem} />}
        {trying.isUnknown && <Notice kind="warn">{t('miniapp:sign_in.unknown')}</Notice>}
      </div>
    </div>
  )
}
