import './access.css'
import { useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { type Added, addPasskey, type By, beginTotp, canUsePasskeys, confirmTotp } from './calls.ts'
import { AccessForm } from './frame.tsx'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useWork } from './use-work.ts'

type EnrolProps = { by: By; onDone: (added: Added) => void }
type Totp = { challenge: string; secret: string; uri: string }

/** Choose an authenticator app or a passkey, prove it, and keep the recovery codes of the first one. */
export function Enrol({ by, onDone }: EnrolProps) {
  const [totp, setTotp] = useState<Totp>()
  const [added, setAdded] = useState<Added>()
  const { isBusy, problem, run } = useWork()
  const take = (next: Added) => (next.recoveryCodes ? setAdded(next) : onDone(next))
  if (added?.recoveryCodes)
    return <RecoveryCodes codes={added.recoveryCodes} onKept={() => onDone(added)} />
  if (totp) return <ConfirmTotp totp={totp} onAdded={take} />
  return (
    <div class="card stack">
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <Button
        isWide
        isBusy={isBusy}
        onClick={() => void run(async () => setTotp(await beginTotp(by)))}
      >
        {t('identity:enrol.totp')}
      </Button>
      <p class="muted small">{t('identity:enrol.totp_hint')}</p>
      {canUsePasskeys() && (
        <>
          <Button
            look="secondary"
            isWide
            isBusy={isBusy}
            onClick={() => void run(async () => take(await addPasskey(by)))}
          >
            {t('identity:enrol.passkey')}
          </Button>
          <p class="muted small">{t('identity:enrol.passkey_hint')}</p>
        </>
      )}
    </div>
  )
}

function ConfirmTotp({ totp, onAdded }: { totp: Totp; onAdded: (added: Added) => void }) {
  const [code, setCode] = useState('')
  const { isBusy, problem, run } = useWork()
  const submit = async () => {
    const isDone = await run(async () => onAdded(await confirmTotp(totp.challenge, code)))
    if (!isDone) setCode('')
  }
  return (
    <AccessForm onSubmit={() => void submit()}>
      <ol class="desk-steps">
        <li>{t('identity:enrol.step_app')}</li>
        <li>
          {t('identity:enrol.step_scan')}
          <QrCode text={totp.uri} label={t('identity:enrol.qr')} />
          <details>
            <summary>{t('identity:enrol.by_hand')}</summary>
            <code class="desk-secret">{totp.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          </details>
        </li>
        <li>{t('identity:enrol.step_code')}</li>
      </ol>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <TextField
        label={t('identity:second.code')}
        value={code}
        onInput={setCode}
        autocomplete="one-time-code"
        maxLength={8}
        isRequired
      />
      <Button type="submit" isWide isBusy={isBusy}>
        {t('identity:enrol.confirm')}
      </Button>
    </AccessForm>
  )
}
