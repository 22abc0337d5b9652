import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { timeText } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { cancel, type HelpView } from './calls.ts'

type OwnProps = { request: HelpView; onChange: () => void }

/** One request: how it stands, and the sign by which whoever comes is known. */
export function OwnRequest({ request, onChange }: OwnProps) {
  const { id, state, stateText, lesson, hamlet, preferredText, member, code, askedAt } = request
  const { isBusy, problem, run } = useWork()
  const callOff = async () => {
    if (await run(() => cancel(id))) onChange()
  }
  return (
    <Card>
      <h3>{lesson ?? t('screens:help.other')}</h3>
      <p class="badges">
        <span class={request.mayCancel ? 'badge moving' : 'badge'}>{stateText}</span>
      </p>
      <p>
        {hamlet} · {preferredText}
      </p>
      {state === 'taken' && member !== null && <p>{t('screens:help.member', { member })}</p>}
      {code !== null && (
        <>
          <p class="help-code">
            <span>{t('screens:help.code')}</span>
            <strong>{code}</strong>
          </p>
          <p>{t('screens:help.safety')}</p>
        </>
      )}
      <p class="muted small">{t('screens:help.asked', { at: timeText(askedAt) })}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {request.mayCancel && (
        <Button look="secondary" isBusy={isBusy} onClick={() => void callOff()}>
          {t('screens:help.cancel')}
        </Button>
      )}
    </Card>
  )
}
