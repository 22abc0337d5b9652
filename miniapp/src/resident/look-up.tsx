import { useState } from 'preact/hooks'
import { parsePublicCode } from '../../../api/core/ids.ts'
import { platform } from '../platform/index.ts'
import { t } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Icon } from '../ui/icons.tsx'

/** A code alone, or the address of a case as our own QR codes hold it. */
const codeIn = (text: string): string | undefined =>
  parsePublicCode(text) ?? parsePublicCode(/\/case\/([\w-]{8,20})/.exec(text)?.[1] ?? '')

/** Finds a case by its code; spaces, dashes and small letters do not matter, a slip is noticed before asking. */
export function LookUpForm() {
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const open = (text: string) => {
    const code = codeIn(text)
    setWrong(code === undefined)
    if (code !== undefined) location.hash = `/case/${code}`
  }
  const scan = async () => {
    const text = await platform().scanQr?.()
    if (text !== undefined) open(text)
  }
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        open(typed)
      }}
    >
      <TextField
        label={t('miniapp:lookup.label')}
        hint={t('miniapp:lookup.hint')}
        value={typed}
        maxLength={40}
        onInput={setTyped}
        {...(isWrong ? { error: t('miniapp:lookup.wrong') } : {})}
      />
      <div class="button-row">
        <Button type="submit">
          <Icon name="search" />
          {t('miniapp:lookup.find')}
        </Button>
        {platform().scanQr && (
          <Button look="secondary" onClick={scan}>
            <Icon name="scan" />
            {t('miniapp:lookup.scan')}
          </Button>
        )}
      </div>
    </form>
  )
}
