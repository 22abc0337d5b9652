import type { OwnIncident } from '../../../../api/rooms/incidents/schema.ts'
import { moveOwn } from '../../resident/own-calls.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Sheet } from '../../ui/sheet.tsx'

type Props = { code: string; onDone: (own: OwnIncident) => void; onClose: () => void }

/** Nobody works on it any more afterwards: asked once more. */
export function WithdrawSheet({ code, onDone, onClose }: Props) {
  const { isBusy, problem, run } = useWork()
  const withdraw = async () => {
    const own = await run(() => moveOwn(code, { kind: 'withdraw' }))
    if (own) onDone(own)
  }
  return (
    <Sheet title={t('incidents:act.withdraw')} closeLabel={t('screens:close')} onClose={onClose}>
      <p>{t('screens:withdraw.text')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button look="danger" isBusy={isBusy} onClick={withdraw}>
          {t('screens:withdraw.sure')}
        </Button>
        <Button look="secondary" onClick={onClose}>
          {t('screens:withdraw.keep')}
        </Button>
      </div>
    </Sheet>
  )
}
