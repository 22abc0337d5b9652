import { useState } from 'preact/hooks'
import { correctMe, isSignedIn } from '../../resident/session.ts'
import { setLanguage, t, useLanguage } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import {
  isSimple,
  setSimple,
  setTextSize,
  setTheme,
  TEXT_SIZES,
  THEMES,
  textSize,
  theme,
} from '../../shared/look.ts'
import { Card } from '../../ui/card.tsx'
import { Choices } from '../../ui/choices.tsx'
import { Check } from '../../ui/field.tsx'

/** Names of languages are written in themselves. */
const LANGUAGES = [
  { value: 'vi', label: 'Tiếng Việt' },
  { value: 'en', label: 'English' },
] as const

/** Language, letters, the simple look, colours; all of it stays on this device. */
export function LookCards() {
  const language = useLanguage()
  const [, redraw] = useState(0)
  const then = () => redraw((n) => n + 1)
  const change = async (next: typeof language) => {
    await setLanguage(next)
    // Messages come in the same language; without a network only these pages change.
    if (isSignedIn()) await correctMe({ language: next }).catch(() => undefined)
  }
  return (
    <>
      <Card>
        <Check
          label={t('miniapp:settings.simple')}
          hint={t('miniapp:settings.simple.hint')}
          isOn={isSimple()}
          onChange={(isOn) => {
            setSimple(isOn)
            then()
          }}
        />
      </Card>
      <Card>
        <Choices
          legend={t('miniapp:settings.language')}
          options={LANGUAGES}
          value={language}
          onChange={change}
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
    </>
  )
}
