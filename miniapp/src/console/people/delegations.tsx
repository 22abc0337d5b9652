import { useEffect, useState } from 'preact/hooks'
import { localDate } from '../../../../api/core/time.ts'
import type { Colleague, Delegation } from '../../../../api/rooms/identity/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import type { Official } from '../types.ts'
import { delegate, listDelegations, revokeDelegation } from './calls.ts'
import { spanWords } from './duty.tsx'
import { instantOf } from './local-time.ts'
import { DayField, PersonField } from './span-fields.tsx'

/** Who approves in whose place; an approver lends it from a day to a day, both included. */
export function Delegations({
  me,
  colleagues,
}: {
  me: Official
  colleagues: readonly Colleague[]
}) {
  const [rows, setRows] = useState<readonly Delegation[]>([])
  const { problem, run } = useWork()
  const load = () => run(async () => setRows(await listDelegations()))
  useEffect(() => void load(), [])
  const isApprover = me.roles.includes('approver')
  if (!isApprover && rows.length === 0) return null
  const others = colleagues.filter(({ id }) => id !== me.id)
  return (
    <section class="stack">
      <h2>{t('identity:delegation.title')}</h2>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      <ul class="desk-sessions">
        {rows.map((row) => (
          <li key={row.id} class="card">
            <div>
              <p class="desk-strong">
                {t('identity:delegation.row', { from: row.from, to: row.to })}
              </p>
              <p class="muted small">{spanWords(row)}</p>
            </div>
            {row.isMine && (
              <Button
                look="secondary"
                onClick={() => void run(() => revokeDelegation(row.id)).then(load)}
              >
                {t('identity:delegation.revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isApprover && <NewDelegation people={others} onDone={() => void load()} />}
    </section>
  )
}

function NewDelegation({ people, onDone }: { people: readonly Colleague[]; onDone: () => void }) {
  const today: string = localDate(new Date())
  const [who, setWho] = useState('')
  const [from, setFrom] = useState(today)
  const [to, setTo] = useState(today)
  const { isBusy, problem, run } = useWork()
  const startsAt = instantOf(from, '00:00')
  const endsAt = instantOf(to, '23:59')
  const send = () =>
    run(async () => {
      if (startsAt === undefined || endsAt === undefined) return
      await delegate({
        toOfficialId: who,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
      })
      setWho('')
      onDone()
    })
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h3>{t('identity:delegation.add')}</h3>
      <p class="muted small">{t('identity:delegation.what')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <PersonField
        people={people}
        value={who}
        onChange={setWho}
        label={t('identity:delegation.who')}
      />
      <div class="desk-line">
        <DayField label={t('identity:delegation.from')} value={from} onInput={setFrom} />
        <DayField label={t('identity:delegation.to')} value={to} onInput={setTo} />
      </div>
      <Button type="submit" isBusy={isBusy} isDisabled={who === '' || !startsAt || !endsAt}>
        {t('identity:delegation.add')}
      </Button>
    </form>
  )
}
