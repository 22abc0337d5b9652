import { useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import type { Move, OneNotice } from './calls.ts'

export type StepProps = {
  notice: OneNotice
  isBusy: boolean
  onMove: (move: Move, reason?: string) => void
  onEdit: () => void
}

const MIN_REASON = 10
const MAX_REASON = 500

/** What may be done next with a notice; whatever goes out alone or is stopped needs a word why. */
export function Steps({ notice, isBusy, onMove, onEdit }: StepProps) {
  const [asked, setAsked] = useState<'release' | 'cancel'>()
  const { can, standing, state } = notice
  if (asked !== undefined)
    return (
      <Reason
        move={asked}
        isBusy={isBusy}
        onGive={(reason) => {
          onMove(asked, reason)
          setAsked(undefined)
        }}
        onLeave={() => setAsked(undefined)}
      />
    )
  const step = (move: Move, look: 'primary' | 'secondary' | 'quiet') => (
    <Button look={look} isBusy={isBusy} onClick={() => onMove(move)}>
      {t(`desk:notice.move.${move}`)}
    </Button>
  )
  return (
    <div class="button-row">
      {can.release && step('release', 'primary')}
      {can.release && step('return', 'secondary')}
      {can.propose && step('propose', 'primary')}
      {can.review && step('review', 'primary')}
      {can.edit && (
        <Button look="secondary" onClick={onEdit}>
          {t('desk:alerts.edit')}
        </Button>
      )}
      {can.releaseAlone && (
        <Button look="danger" onClick={() => setAsked('release')}>
          {t('desk:notice.release_alone')}
        </Button>
      )}
      {can.steer && standing === 'sending' && step('pause', 'secondary')}
      {can.steer && standing === 'paused' && step('resume', 'secondary')}
      {can.steer && (
        <Button look="secondary" onClick={() => setAsked('cancel')}>
          {t('desk:notice.move.cancel')}
        </Button>
      )}
      {can.edit && state !== 'released' && step('drop', 'quiet')}
    </div>
  )
}

type ReasonProps = {
  move: 'release' | 'cancel'
  isBusy: boolean
  onGive: (reason: string) => void
  onLeave: () => void
}

function Reason({ move, isBusy, onGive, onLeave }: ReasonProps) {
  const [reason, setReason] = useState('')
  return (
    <form
      class="stack tight"
      onSubmit={(event) => {
        event.preventDefault()
        onGive(reason.trim())
      }}
    >
      <TextArea
        label={t(`desk:notice.reason.${move}`)}
        hint={t('desk:notice.reason_hint')}
        value={reason}
        maxLength={MAX_REASON}
        rows={2}
        isRequired
        onInput={setReason}
      />
      <div class="button-row">
        <Button
          type="submit"
          look="danger"
          isBusy={isBusy}
          isDisabled={reason.trim().length < MIN_REASON}
        >
          {t(`desk:notice.sure.${move}`)}
        </Button>
        <Button look="secondary" onClick={onLeave}>
          {t('desk:notice.leave')}
        </Button>
      </div>
    </form>
  )
}
