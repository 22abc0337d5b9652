import { OutLink } from '../../resident/out-link.tsx'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { type Appointment, cancel } from './calls.ts'

type OwnProps = { appointment: Appointment; onChange: () => void }

/** One appointment: the number comes first, in letters that are read across a counter. */
export function OwnAppointment({ appointment, onChange }: OwnProps) {
  const { id, queueNumber, whenText, officeName, address, code, procedure } = appointment
  const { isBusy, problem, run } = useWork()
  const giveBack = async () => {
    if (await run(() => cancel(id))) onChange()
  }
  return (
    <Card>
      <p class="queue-number">
        <span>{t('screens:appointment.number')}</span>
        <strong>{queueNumber}</strong>
      </p>
      <h3>{whenText}</h3>
      <p>
        {officeName}, {address}
      </p>
      <p class="badges">
        <span class="badge moving">{appointment.stateText}</span>
      </p>
      {procedure && (
        <details>
          <summary>{t('screens:appointment.bring', { name: procedure.name })}</summary>
          <ul class="bullets">
            {procedure.papers.map((paper) => (
              <li key={paper}>{paper}</li>
            ))}
          </ul>
        </details>
      )}
      <p class="muted small">{t('screens:appointment.code', { code })}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {appointment.mayCancel && (
        <div class="button-row">
          <OutLink class="button secondary" href={appointment.calendarUrl}>
            {t('screens:appointment.calendar')}
          </OutLink>
          <Button look="secondary" isBusy={isBusy} onClick={giveBack}>
            {t('screens:appointment.cancel')}
          </Button>
        </div>
      )}
    </Card>
  )
}
