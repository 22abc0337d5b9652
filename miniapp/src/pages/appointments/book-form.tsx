import { useState } from 'preact/hooks'
import { useConsented } from '../../resident/use-consented.tsx'
import { ApiProblem } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choices } from '../../ui/choices.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { book, type Desk } from './calls.ts'

type BookProps = {
  desk: Desk
  procedureCode: string | undefined
  onBooked: () => void
  /** The times are not what they were: somebody was quicker. */
  onStale: (problem: unknown) => void
}

const isStale = (problem: unknown): boolean =>
  problem instanceof ApiProblem && /^dossiers\.slot_/.test(problem.code)

/** Day, time, done: three taps. */
export function BookForm({ desk, procedureCode, onBooked, onStale }: BookProps) {
  const { officeId, days, name, address } = desk
  const [day, setDay] = useState<string>()
  const [startAt, setStartAt] = useState<string>()
  const { isBusy, problem, isWaiting, ask, run } = useConsented()
  const chosen = days.find((one) => one.day === day)
  const slots = chosen?.slots.filter(({ free }) => free > 0) ?? []
  const slot = slots.find((one) => one.startAt === startAt)
  const send = async () => {
    if (slot === undefined) return
    const wish = { officeId, startAt: slot.startAt }
    const procedure = procedureCode === undefined ? {} : { procedureCode }
    const done = await run((agreed) =>
      book({ ...wish, ...procedure, ...agreed }).catch((reason: unknown) => {
        if (isStale(reason)) onStale(reason)
        throw reason
      }),
    )
    if (done) onBooked()
  }
  return (
    <Card title={t('screens:appointment.new')}>
      <p>
        {name}, {address}
      </p>
      <Choices
        legend={t('screens:appointment.day')}
        look="tiles"
        options={days.map((one) => ({ value: one.day, label: one.label }))}
        value={day}
        onChange={(value) => {
          setDay(value)
          setStartAt(undefined)
        }}
      />
      {chosen && (
        <Choices
          legend={t('screens:appointment.time')}
          look="chips"
          options={slots.map(({ startAt: value, time }) => ({ value, label: time }))}
          value={startAt}
          onChange={setStartAt}
        />
      )}
      {ask}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {slot && chosen && (
        <Button isBusy={isBusy} isDisabled={isWaiting} isWide onClick={send}>
          {t('screens:appointment.book', { time: slot.time, day: chosen.label })}
        </Button>
      )}
    </Card>
  )
}
