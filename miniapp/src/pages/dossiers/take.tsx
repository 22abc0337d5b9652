import { useState } from 'preact/hooks'
import { useSignedIn } from '../../resident/session.ts'
import { SignIn } from '../../resident/sign-in.tsx'
import { useConsented } from '../../resident/use-consented.tsx'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { takeDelegation } from './calls.ts'

const MAX_CODE = 20

type Props = {
  /** From the link that the relative sent. */
  given: string | undefined
  onTaken: () => void
}

/** A relative's code, typed or from a link: from then on their dossier is followed too. */
export function TakeDossier({ given, onTaken }: Props) {
  const isSignedIn = useSignedIn()
  const [code, setCode] = useState(given ?? '')
  const [isTaken, setTaken] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const { isBusy, problem, isWaiting, ask, run } = useConsented()
  const take = async () => {
    if (code.trim() === '') return
    if (!isSignedIn) return setAsking(true)
    const done = await run((agreed) => takeDelegation({ delegation: code.trim(), ...agreed }))
    if (done === undefined) return
    setTaken(true)
    setCode('')
    onTaken()
  }
  return (
    <details class="card" open={given !== undefined}>
      <summary>{t('screens:take.title')}</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void take()
        }}
      >
        <p class="muted">{t('screens:take.text')}</p>
        <TextField
          label={t('screens:take.code')}
          value={code}
          maxLength={MAX_CODE}
          onInput={setCode}
        />
        {ask}
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {isTaken && <Notice kind="ok">{t('screens:take.done')}</Notice>}
        <div>
          <Button type="submit" look="secondary" isBusy={isBusy} isDisabled={isWaiting}>
            {t('screens:take.go')}
          </Button>
        </div>
      </form>
      {isAsking && !isSignedIn && (
        <Sheet
          title={t('screens:me_too.sign_in')}
          closeLabel={t('screens:close')}
          onClose={() => setAsking(false)}
        >
          <SignIn />
        </Sheet>
      )}
    </details>
  )
}
