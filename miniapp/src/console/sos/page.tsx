import './sos.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDateTime } from '../../../../api/core/time.ts'
import type { Board, BoardCase } from '../../../../api/rooms/sos/schema.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { moveCall, readBoard } from './calls.ts'
import { CallCard } from './card.tsx'

/** Somebody may be drowning: the board is never older than this while it is open. */
const EVERY_MS = 5_000

const isOver = ({ endedAt }: BoardCase) => endedAt !== null

/** Every call for rescue that goes on: people, water, who has it, how far; on paper too. */
export function SosPage() {
  const [board, setBoard] = useState<Board>()
  const [lost, setLost] = useState<unknown>()
  const { isBusy, problem, run } = useWork()
  const load = () =>
    readBoard().then(
      (fresh) => {
        setBoard(fresh)
        setLost(undefined)
      },
      (caught: unknown) => setLost(caught),
    )
  useEffect(() => {
    void load()
    const timer = setInterval(() => void load(), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const open = board?.cases.filter((call) => !isOver(call)) ?? []
  const over = board?.cases.filter(isOver) ?? []
  const card = (heading: 'h2' | 'h3') => (call: BoardCase) => (
    <CallCard
      key={call.id}
      call={call}
      heading={heading}
      isBusy={isBusy}
      onMove={(move) => void run(() => moveCall(call.id, move)).then(load)}
    />
  )
  return (
    <div class="desk-narrow stack sos-board">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <div class="desk-line sos-head">
        <h1>{t('sos:board.title')}</h1>
        <Button look="secondary" onClick={() => print()}>
          {t('sos:board.print')}
        </Button>
      </div>
      {board && (
        <p class="muted small" role="status">
          {t('sos:board.at', { at: formatDateTime(new Date(board.at)), count: open.length })}
        </p>
      )}
      {lost !== undefined && <ProblemNotice problem={lost} onRetry={() => void load()} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {board === undefined && lost === undefined && <Skeleton />}
      {board && <OnDuty people={board.onDuty} />}
      {board && open.length === 0 && <p>{t('sos:board.none')}</p>}
      <ul class="sos-list">{open.map(card('h2'))}</ul>
      {over.length > 0 && (
        <section class="stack sos-over">
          <h2>{t('sos:board.over')}</h2>
          <ul class="sos-list">{over.map(card('h3'))}</ul>
        </section>
      )}
    </div>
  )
}

function OnDuty({ people }: { people: Board['onDuty'] }) {
  if (people.length === 0)
    return (
      <Notice kind="warn">
        <p>{t('sos:board.nobody')}</p>
      </Notice>
    )
  const names = people.map(({ name, hasChat }) =>
    hasChat ? name : t('sos:board.no_chat', { name }),
  )
  return <p>{t('sos:board.on_duty', { names: names.join(', ') })}</p>
}
