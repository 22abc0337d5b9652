import { useEffect, useState } from 'preact/hooks'
import { appFacts } from '../../shared/app-facts.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { lazyPart } from '../lazy-part.tsx'
import type { Official } from '../types.ts'
import {
  canUsePasskeys,
  goToProvider,
  type PendingStep,
  returnFromProvider,
  type SignInAnswer,
  signIn,
  signInByPasskey,
} from './calls.ts'
import { AccessForm, AccessFrame, ComingFrame } from './frame.tsx'
import { useWork } from './use-work.ts'

const NextStepPage = lazyPart(
  () => import('./next-step.tsx').then((m) => m.NextStepPage),
  ComingFrame,
)

type SignInProps = { wasSignedOut: boolean; onSignedIn: (official: Official) => void }

/** Login and password (a wrong pair says so without telling which of the two), then the step that is missing. */
export function SignInPage({ wasSignedOut, onSignedIn }: SignInProps) {
  const [step, setStep] = useState<PendingStep>()
  if (step)
    return <NextStepPage step={step} onSignedIn={onSignedIn} onAgain={() => setStep(undefined)} />
  return <PasswordPage wasSignedOut={wasSignedOut} onSignedIn={onSignedIn} onStep={setStep} />
}

function PasswordPage({
  wasSignedOut,
  onSignedIn,
  onStep,
}: SignInProps & { onStep: (step: PendingStep) => void }) {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const { isBusy, problem, run } = useWork()
  const [facts] = useLoad('app', appFacts)
  const goOn = ({ official, step }: SignInAnswer) => {
    if (official) onSignedIn(official)
    else if (step.next !== 'none') onStep(step)
  }
  const submit = async () => {
    const isDone = await run(async () => goOn(await signIn(login.trim(), password)))
    if (!isDone) setPassword('')
  }
  useEffect(() => {
    void run(async () => {
      const answer = await returnFromProvider()
      if (answer !== undefined) goOn(answer)
    })
  }, [])
  const byPasskey = () => run(async () => onSignedIn(await signInByPasskey()))
  return (
    <AccessFrame title={t('console:signin.title')} intro={t('console:signin.intro')}>
      <AccessForm onSubmit={() => void submit()}>
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
        {facts.state === 'ready' && facts.data.officialProvider && (
          <Button look="secondary" isWide isBusy={isBusy} onClick={() => void run(goToProvider)}>
            {t('identity:provider.sign_in')}
          </Button>
        )}
        {canUsePasskeys() && (
          <Button look="secondary" isWide isBusy={isBusy} onClick={() => void byPasskey()}>
            {t('identity:passkey.sign_in')}
          </Button>
        )}
      </AccessForm>
    </AccessFrame>
  )
}
