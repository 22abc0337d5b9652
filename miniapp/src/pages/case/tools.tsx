import { useState } from 'preact/hooks'
import type { OwnIncident } from '../../../../api/rooms/incidents/schema.ts'
import { shareCase } from '../../resident/share.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { AddSheet } from './add-sheet.tsx'
import { WithdrawSheet } from './withdraw-sheet.tsx'

type Props = { code: string; own?: OwnIncident; onChange: (own: OwnIncident) => void }

/** What else can be done with a case: add to it, share it, take it back. */
export function CaseTools({ code, own, onChange }: Props) {
  const [opened, setOpened] = useState<'add' | 'withdraw'>()
  const [said, setSaid] = useState('')
  const close = () => setOpened(undefined)
  const done = (text: string) => (next: OwnIncident) => {
    close()
    setSaid(text)
    onChange(next)
  }
  return (
    <div class="stack">
      <div class="button-row">
        {own?.moves.includes('add') && (
          <Button look="secondary" onClick={() => setOpened('add')}>
            <Icon name="camera" />
            {t('incidents:act.add')}
          </Button>
        )}
        <Button look="secondary" onClick={() => shareCase(code).then(setSaid)}>
          <Icon name="share" />
          {t('miniapp:sent.share')}
        </Button>
        {own?.moves.includes('withdraw') && (
          <Button look="quiet" onClick={() => setOpened('withdraw')}>
            {t('incidents:act.withdraw')}
          </Button>
        )}
      </div>
      <p class="muted live" role="status">
        {said}
      </p>
      {opened === 'add' && (
        <AddSheet code={code} onClose={close} onDone={done(t('screens:add.done'))} />
      )}
      {opened === 'withdraw' && (
        <WithdrawSheet code={code} onClose={close} onDone={done(t('screens:withdraw.done'))} />
      )}
    </div>
  )
}
