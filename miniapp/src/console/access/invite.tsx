import { useEffect, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Spinner } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import type { Official } from '../types.ts'
import { acceptInvite, type PendingStep, readInvite } from './calls.ts'
import { AccessForm, AccessFrame } from './frame.tsx'
import { NextStepPage } from './next-step.tsx'
import { useWork } from './use-work.ts'

type InviteProps = { token: string; onSignedIn: (official: Official) => void; onLeave: () => void }

/** Where an invitation leads: whose account it is, the password that its owner chooses, then in. */
export function InvitePage({ token, onSignedIn, onLeave }: InviteProps) {
  const [whose, setWhose] = useState<{ login: string; displayName: string }>()
  const [password, setPassword] = useState('')
  const [step, setStep] = useState<PendingStep>()
  const { isBusy, problem, run } = useWork()
  useEffect(() => void run(async () => setWhose(await readInvite(token))), [token])
  const submit = () =>
    run(async () => {
      const answer = await acceptInvite(token, password)
      if (answer.official) onSignedIn(answer.official)
      else if (answer.step.next !== 'none') setStep(answer.step)
    })
  if (step) return <NextStepPage step={step} onSignedIn={onSignedIn} onAgain={onLeave} />
  return (
    <AccessFrame title={t('identity:invite.title')} intro={t('identity:invite.intro')}>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {whose === undefined && problem === undefined && <Spinner />}
      {whose && (
        <AccessForm onSubmit={() => void submit()}>
          <p>{t('identity:invite.whose', whose)}</p>
          <input
            type="text"
            class="visually-hidden"
            autocomplete="username"
            value={whose.login}
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
          <TextField
            label={t('identity:password.new')}
            hint={t('identity:password.hint')}
            type="password"
            value={password}
            onInput={setPassword}
            autocomplete="new-password"
            maxLength={200}
            isRequired
          />
          <Button type="submit" isWide isBusy={isBusy}>
            {t('identity:invite.submit')}
          </Button>
        </AccessForm>
      )}
      <Button look="quiet" onClick={onLeave}>
        {t('identity:again')}
      </Button>
    </AccessFrame>
  )
}
