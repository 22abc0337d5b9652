import './queue.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDate } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { useWork } from '../access/use-work.ts'
import { callNext, type Move, move, type Queue, type QueueItem, readQueue } from './calls.ts'

/** Several counters work on one queue. */
const EVERY_MS = 10_000
const OVER: readonly string[] = ['served', 'missed']
const COUNTS = ['waiting', 'called', 'booked', 'served', 'missed'] as const

type RowProps = { item: QueueItem; isBusy: boolean; onMove: (to: Move) => void }

function Row({ item, isBusy, onMove }: RowProps) {
  const { queueNumber, time, code, state, stateText, procedureName, next } = item
  const look = OVER.includes(state) ? 'over' : state
  return (
    <li class={`queue-row ${look}`}>
      <strong>{queueNumber}</strong>
      <div>
        <p>
          {time} · {stateText}
        </p>
        <p class="muted small">
          {[procedureName, code].filter((part) => part !== undefined).join(' · ')}
        </p>
      </div>
      {next.length > 0 && (
        <div class="button-row">
          {next.map((to) => (
            <Button
              key={to}
              look={to === 'arrived' || to === 'served' ? 'primary' : 'secondary'}
              isBusy={isBusy}
              label={t('desk:queue.move_of', {
                move: t(asKey(`desk:queue.move.${to}`)),
                number: queueNumber,
              })}
              onClick={() => onMove(to)}
            >
              {t(asKey(`desk:queue.move.${to}`))}
            </Button>
          ))}
        </div>
      )}
    </li>
  )
}

function Counts({ counts }: { counts: Queue['counts'] }) {
  return (
    <ul class="desk-counts">
      {COUNTS.map((name) => (
        <li key={name} class="desk-count">
          <span class="desk-count-name">{t(asKey(`desk:queue.count.${name}`))}</span>
          <span class="desk-count-number">{counts[name]}</span>
        </li>
      ))}
    </ul>
  )
}

/** Who comes to the desk today, by number: who is here, whom to call, who did not come. */
export function QueuePage() {
  const [day, setDay] = useState('')
  const [queue, setQueue] = useState<Queue>()
  const [lost, setLost] = useState<unknown>()
  const [said, setSaid] = useState('')
  const { isBusy, problem, run } = useWork()
  const load = () =>
    readQueue(day === '' ? {} : { day }).then(
      (fresh) => {
        setQueue(fresh)
        setLost(undefined)
      },
      (caught: unknown) => setLost(caught),
    )
  useEffect(() => {
    void load()
    const timer = setInterval(() => void load(), EVERY_MS)
    return () => clearInterval(timer)
  }, [day])
  const call = (officeId: string) =>
    run(async () => {
      const { called } = await callNext(officeId)
      setSaid(
        called === null
          ? t('desk:queue.nobody')
          : t('desk:queue.now', { number: called.queueNumber }),
      )
    }).then(load)
  const items = queue?.items ?? []
  const open = items.filter(({ state }) => !OVER.includes(state))
  const over = items.filter(({ state }) => OVER.includes(state))
  const row = (item: QueueItem) => (
    <Row
      key={item.id}
      item={item}
      isBusy={isBusy}
      onMove={(to) => void run(() => move(item.id, to)).then(load)}
    />
  )
  return (
    <div class="desk-narrow stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('desk:queue.title')}</h1>
      {queue && (
        <p class="muted">
          {queue.desk.name} · {formatDate(queue.day)}
        </p>
      )}
      <TextField label={t('desk:queue.day')} type="date" value={day} onInput={setDay} />
      {lost !== undefined && <ProblemNotice problem={lost} onRetry={() => void load()} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {queue === undefined && lost === undefined && <Skeleton rows={4} />}
      {queue && <Counts counts={queue.counts} />}
      {queue && (
        <div class="desk-line">
          <Button isBig isBusy={isBusy} onClick={() => void call(queue.desk.officeId)}>
            {t('desk:queue.next')}
          </Button>
          <p class="queue-now" role="status">
            {said}
          </p>
        </div>
      )}
      {queue && items.length === 0 && <p>{t('desk:queue.none')}</p>}
      <ul class="queue-list">{open.map(row)}</ul>
      {over.length > 0 && (
        <section class="stack">
          <h2>{t('desk:queue.over')}</h2>
          <ul class="queue-list">{over.map(row)}</ul>
        </section>
      )}
    </div>
  )
}
