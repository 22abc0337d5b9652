import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDateTime, localDate } from '../../../../api/core/time.ts'
import type { Colleague, Shift } from '../../../../api/rooms/identity/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import type { Official } from '../types.ts'
import { addShift, listColleagues, listShifts, removeShift } from './calls.ts'
import { Delegations } from './delegations.tsx'
import { endAfter, instantOf } from './local-time.ts'
import { ClockField, DayField, PersonField } from './span-fields.tsx'

const DAYS = 28
const DAY_MS = 86_400_000

/** Who watches when, and who approves in whose place. */
export function DutyPage({ me }: { me: Official }) {
  const [shifts, setShifts] = useState<readonly Shift[]>()
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([])
  const { problem, run } = useWork()
  const keeps = me.roles.includes('dispatcher') || me.roles.includes('admin')
  const load = () =>
    run(async () => {
      setColleagues(await listColleagues())
      setShifts(await listShifts(new Date(), DAYS))
    })
  useEffect(() => void load(), [])
  const now = new Date()
  const isNow = (shift: Shift) => new Date(shift.startsAt) <= now
  return (
    <div class="desk-narrow stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('identity:duty.title')}</h1>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {shifts === undefined && problem === undefined && <Skeleton />}
      {shifts && !shifts.some(isNow) && (
        <Notice kind="warn">
          <p>{t('identity:duty.nobody')}</p>
        </Notice>
      )}
      <ul class="desk-sessions">
        {shifts?.map((shift) => (
          <li key={shift.id} class="card">
            <div>
              <p class="desk-strong">
                {shift.displayName}
                {isNow(shift) && <span class="badge done">{t('identity:duty.now')}</span>}
              </p>
              <p class="muted small">{spanWords(shift)}</p>
            </div>
            {keeps && (
              <Button
                look="secondary"
                label={t('identity:duty.remove_who', { name: shift.displayName })}
                onClick={() => void run(() => removeShift(shift.id)).then(load)}
              >
                {t('identity:duty.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {keeps && <NewShift colleagues={colleagues} onDone={() => void load()} />}
      <Delegations me={me} colleagues={colleagues} />
    </div>
  )
}

export const spanWords = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): string =>
  t('identity:duty.span', {
    from: formatDateTime(new Date(startsAt)),
    to: formatDateTime(new Date(endsAt)),
  })

type NewShiftProps = { colleagues: readonly Colleague[]; onDone: () => void }

function NewShift({ colleagues, onDone }: NewShiftProps) {
  const able = colleagues.filter(({ isOnDutyList }) => isOnDutyList)
  const [who, setWho] = useState('')
  const [day, setDay] = useState<string>(localDate(new Date()))
  const [from, setFrom] = useState('17:00')
  const [to, setTo] = useState('07:30')
  const { isBusy, problem, run } = useWork()
  const start = instantOf(day, from)
  const end = instantOf(day, to)
  const add = () =>
    run(async () => {
      if (start === undefined || end === undefined) return
      const endsAt = endAfter(start, end).toISOString()
      await addShift({ officialId: who, startsAt: start.toISOString(), endsAt })
      setDay(localDate(new Date(start.getTime() + DAY_MS)))
      onDone()
    })
  if (able.length === 0) return <p class="muted">{t('identity:duty.none_able')}</p>
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <h2>{t('identity:duty.add')}</h2>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <PersonField people={able} value={who} onChange={setWho} label={t('identity:duty.who')} />
      <DayField label={t('identity:duty.day')} value={day} onInput={setDay} />
      <div class="desk-line">
        <ClockField label={t('identity:duty.from')} value={from} onInput={setFrom} />
        <ClockField label={t('identity:duty.to')} value={to} onInput={setTo} />
      </div>
      <p class="muted small">{t('identity:duty.night')}</p>
      <Button type="submit" isBusy={isBusy} isDisabled={who === '' || !start || !end}>
        {t('identity:duty.add')}
      </Button>
    </form>
  )
}
