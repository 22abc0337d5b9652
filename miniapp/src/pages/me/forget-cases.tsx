import { useState } from 'preact/hooks'
import { forgetKept } from '../../offline/use-kept.ts'
import { forgetOwnCases, ownCases } from '../../resident/own-cases.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/feedback.tsx'

/** A shared device gives its codes away; their cases go on. */
export function ForgetCases() {
  const [step, setStep] = useState<'idle' | 'sure' | 'done'>('idle')
  if (step === 'done') return <Notice kind="ok">{t('miniapp:settings.forgotten')}</Notice>
  if (ownCases().length === 0) return <p class="muted">{t('miniapp:settings.nothing_kept')}</p>
  const forget = () => {
    forgetOwnCases()
    forgetKept()
    setStep('done')
  }
  return (
    <>
      <p>{t('miniapp:settings.forget.text')}</p>
      <div class="button-row">
        {step === 'idle' ? (
          <Button look="secondary" onClick={() => setStep('sure')}>
            {t('miniapp:settings.forget')}
          </Button>
        ) : (
          <>
            <Button look="danger" onClick={forget}>
              {t('miniapp:settings.forget.sure')}
            </Button>
            <Button look="secondary" onClick={() => setStep('idle')}>
              {t('miniapp:settings.forget.keep')}
            </Button>
          </>
        )}
      </div>
    </>
  )
}
