import { useState } from 'preact/hooks'
import { parsePublicCode } from '../../../api/core/ids.ts'
import { t } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Icon } from '../ui/icons.tsx'

/** Finds a case by its code; spaces, dashes and small letters do not matter, a slip is noticed before asking. */
export function LookUpForm() {
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const code = parsePublicCode(typed)
        setWrong(code === undefined)
        if (code !== undefined) location.hash = `/case/${code}`
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
      <div>
        <Button type="submit">
          <Icon name="search" />
          {t('miniapp:lookup.find')}
        </Button>
      </div>
    </form>
  )
}
