import './access.css'
import { useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/feedback.tsx'
import { Check } from '../../ui/field.tsx'

/** Ten codes, shown once; the way on opens when the person says that they are kept. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const [isKept, setKept] = useState(false)
  return (
    <section class="card stack" aria-label={t('identity:codes.title')}>
      <Notice kind="warn" title={t('identity:codes.title')}>
        <p>{t('identity:codes.what')}</p>
      </Notice>
      <ul class="desk-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button look="secondary" onClick={() => window.print()}>
        {t('identity:codes.print')}
      </Button>
      <Check label={t('identity:codes.kept')} isOn={isKept} onChange={setKept} />
      <Button isWide isDisabled={!isKept} onClick={onKept}>
        {t('identity:codes.go_on')}
      </Button>
    </section>
  )
}
