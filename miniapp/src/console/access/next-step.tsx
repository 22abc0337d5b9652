import { useState } from 'preact/hooks'
import { ApiProblem } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import type { Official } from '../types.ts'
import { canUsePasskeys, type PendingStep, passStep, passStepByPasskey } from './calls.ts'
import { Enrol } from './enrol.tsx'
import { AccessForm, AccessFrame } from './frame.tsx'
import { useWork } from './use-work.ts'

type StepProps = {
  step: PendingStep
  onSignedIn: (official: Official) => void
  /** Back to login and password. */
  onAgain: () => void
}

/** What is still missing after the password. */
export function NextStepPage({ step, onSignedIn, onAgain }: StepProps) {
  if (step.next === 'second_factor')
    return <SecondStep step={step} onSignedIn={onSignedIn} onAgain={onAgain} />
  return (
    <AccessFrame title={t('identity:enrol.title')} intro={t('identity:enrol.intro')}>
      <Enrol
        by={{ challenge: step.challenge }}
        onDone={(added) => (added.official ? onSignedIn(added.official) : onAgain())}
      />
      <Button look="quiet" onClick={onAgain}>
        {t('identity:again')}
      </Button>
    </AccessFrame>
  )
}

type SecondProps = Omit<StepProps, 'step'> & {
  step: Extract<PendingStep, { next: 'second_factor' }>
}

function SecondStep({ step, onSignedIn, onAgain }: SecondProps) {
  const { methods, challenge } = step
  const [isRecovery, setRecovery] = useState(!methods.includes('totp'))
  const [code, setCode] = useState('')
  const { isBusy, problem, run } = useWork()
  const isOver = problem instanceof ApiProblem && problem.code === 'identity.step_over'
  const kind = isRecovery ? 'recovery' : 'totp'
  const submit = async () => {
    const isDone = await run(async () => onSignedIn(await passStep(challenge, { kind, code })))
    if (!isDone) setCode('')
  }
  const byPasskey = () => run(async () => onSignedIn(await passStepByPasskey(challenge)))
  const hasCode = methods.includes('totp') || methods.includes('recovery')
  return (
    <AccessFrame title={t('identity:second.title')} intro={t('identity:second.intro')}>
      <AccessForm onSubmit={() => void submit()}>
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {methods.includes('passkey') && canUsePasskeys() && !isOver && (
          <Button isWide isBusy={isBusy} onClick={() => void byPasskey()}>
            {t('identity:passkey.use')}
          </Button>
        )}
        {hasCode && !isOver && (
          <>
            <TextField
              key={kind}
              label={t(isRecovery ? 'identity:second.recovery' : 'identity:second.code')}
              hint={t(isRecovery ? 'identity:second.recovery_hint' : 'identity:second.code_hint')}
              value={code}
              onInput={setCode}
              autocomplete="one-time-code"
              maxLength={isRecovery ? 20 : 8}
              isRequired
            />
            <Button type="submit" isWide isBusy={isBusy}>
              {t('identity:second.submit')}
            </Button>
          </>
        )}
        {!isOver && methods.includes('totp') && methods.includes('recovery') && (
          <Button
            look="quiet"
            onClick={() => {
              setRecovery(!isRecovery)
              setCode('')
            }}
          >
            {t(isRecovery ? 'identity:second.by_code' : 'identity:second.by_recovery')}
          </Button>
        )}
        <Button look="quiet" onClick={onAgain}>
          {t('identity:again')}
        </Button>
      </AccessForm>
    </AccessFrame>
  )
}
