import { useState } from 'preact/hooks'
import { setLanguage, t, useLanguage } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'
import { DemoBanner, Notice, ProblemNotice } from '../ui/feedback.tsx'
import { TextField } from '../ui/field.tsx'
import { signIn } from './calls.ts'
import type { Official } from './types.ts'

type SignInProps = { wasSignedOut: boolean; onSignedIn: (official: Official) => void }

/** Login and password; a wrong pair says so without telling which of the two. */
export function SignInPage({ wasSignedOut, onSignedIn }: SignInProps) {
  const language = useLanguage()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const submit = async () => {
    if (isBusy) return
    setBusy(true)
    setProblem(undefined)
    try {
      onSignedIn(await signIn(login.trim(), password))
    } catch (caught) {
      setProblem(caught)
      setPassword('')
    }
    setBusy(false)
  }
  return (
    <div class="desk-signin-page">
      <DemoBanner />
      <main class="desk-signin">
        <img src="./loa.svg" alt="" width="64" height="64" />
        <h1>{t('console:signin.title')}</h1>
        <p class="muted">{t('console:signin.intro')}</p>
        <form
          class="card stack"
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          {wasSignedOut && problem === undefined && (
            <Notice kind="warn">
              <p>{t('console:signin.expired')}</p>
            </Notice>
          )}
          {problem !== undefined && <ProblemNotice problem={problem} />}
          <TextField
            label={t('console:signin.login')}
            value={login}
            onInput={setLogin}
            autocomplete="username"
            maxLength={200}
            isRequired
          />
          <TextField
            label={t('console:signin.password')}
            type="password"
            value={password}
            onInput={setPassword}
            autocomplete="current-password"
            maxLength={200}
            isRequired
          />
          <Button type="submit" isWide isBusy={isBusy}>
            {isBusy ? t('console:signin.busy') : t('console:signin.submit')}
          </Button>
        </form>
        <Button look="quiet" onClick={() => void setLanguage(language === 'vi' ? 'en' : 'vi')}>
          {language === 'vi' ? 'English' : 'Tiếng Việt'}
        </Button>
      </main>
    </div>
  )
}
