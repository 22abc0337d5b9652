import { useState } from 'preact/hooks'
import { forgetOwnCases, ownCases } from '../resident/own-cases.ts'
import { Page } from '../resident/page.tsx'
import { setLanguage, t, useLanguage } from '../shared/i18n.ts'
import { asKey } from '../shared/keys.ts'
import { setTextSize, setTheme, TEXT_SIZES, THEMES, textSize, theme } from '../shared/look.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Choices } from '../ui/choices.tsx'
import { Notice } from '../ui/feedback.tsx'

/** Names of languages are written in themselves. */
const LANGUAGES = [
  { value: 'vi', label: 'Tiếng Việt' },
  { value: 'en', label: 'English' },
] as const

function ForgetCases() {
  const [step, setStep] = useState<'idle' | 'sure' | 'done'>('idle')
  if (step === 'done') return <Notice kind="ok">{t('miniapp:settings.forgotten')}</Notice>
  if (ownCases().length === 0) return <p class="muted">{t('miniapp:settings.nothing_kept')}</p>
  const forget = () => {
    forgetOwnCases()
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

/** Language, letters, colours, and what this device keeps. */
export function SettingsPage() {
  const language = useLanguage()
  const [, redraw] = useState(0)
  const then = () => redraw((n) => n + 1)
  return (
    <Page title={t('miniapp:settings.title')}>
      <Card>
        <Choices
          legend={t('miniapp:settings.language')}
          options={LANGUAGES}
          value={language}
          onChange={setLanguage}
        />
      </Card>
      <Card>
        <Choices
          legend={t('miniapp:settings.text')}
          options={TEXT_SIZES.map((size) => ({
            value: size,
            label: t(asKey(`miniapp:settings.text.${size}`)),
          }))}
          value={textSize()}
          onChange={(size) => {
            setTextSize(size)
            then()
          }}
        />
      </Card>
      <Card>
        <Choices
          legend={t('miniapp:settings.theme')}
          options={THEMES.map((name) => ({
            value: name,
            label: t(asKey(`miniapp:settings.theme.${name}`)),
          }))}
          value={theme()}
          onChange={(name) => {
            setTheme(name)
            then()
          }}
        />
      </Card>
      <Card title={t('miniapp:settings.device')}>
        <ForgetCases />
      </Card>
    </Page>
  )
}
