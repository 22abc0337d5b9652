import '../words/words.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDate } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { type Activity, dropActivity, enterActivity, readBoard, type TeamBoard } from './calls.ts'
import { Enter } from './enter.tsx'
import { Requests } from './requests.tsx'

/** The five tasks of one hamlet; what was never done there says so in words. */
function HamletCard({ hamlet }: { hamlet: TeamBoard['hamlets'][number] }) {
  const { name, tasks, covered, people, lastOn, help } = hamlet
  return (
    <li class="card stack tight">
      <h3>{name}</h3>
      <p class="muted small">
        {lastOn === null
          ? t('desk:team.never')
          : t('desk:team.covered', { covered, people, date: formatDate(lastOn) })}
      </p>
      {help.asked > 0 && <p>{t('desk:help.counted', help)}</p>}
      {lastOn !== null && (
        <ul class="stack tight">
          {tasks.map(({ task, times, people: learners }) => (
            <li key={task}>
              {t(`desk:team.task.${task}`)}:{' '}
              {times === 0 ? (
                <strong>{t('desk:team.not_yet')}</strong>
              ) : (
                t('desk:team.done', { times, people: learners })
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

type RecentProps = { activity: Activity; isBusy: boolean; onDrop: () => void }

function Recent({ activity, isBusy, onDrop }: RecentProps) {
  const { kind, task, hamlet, lesson, heldOn, people, sheets, mayDrop } = activity
  const what = `${t(`desk:team.kind.${kind}`)} · ${t(`desk:team.task.${task}`)}`
  const facts = t('desk:team.facts', { date: formatDate(heldOn), people, sheets })
  return (
    <li class="card stack tight">
      <p class="desk-strong">{what}</p>
      <p class="muted small">{[hamlet, lesson, facts].filter(Boolean).join(' · ')}</p>
      {mayDrop && (
        <div class="words-bar">
          <Button
            look="quiet"
            isDisabled={isBusy}
            label={t('desk:team.drop_which', { what, facts })}
            onClick={onDrop}
          >
            {t('desk:team.drop')}
          </Button>
        </div>
      )}
    </li>
  )
}

/** The community digital team: what it held, and which of the five tasks has not reached which hamlet. */
export function TeamPage() {
  const [board, setBoard] = useState<TeamBoard>()
  const { problem, isBusy, run } = useWork()
  const load = () => run(async () => setBoard(await readBoard()))
  useEffect(() => {
    void load()
  }, [])
  const changed = (work: () => Promise<unknown>) =>
    run(async () => {
      await work()
      setBoard(await readBoard())
    })
  return (
    <div class="desk-narrow stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('desk:team.title')}</h1>
      <p class="muted">{t('desk:team.text')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {board === undefined && problem === undefined && <Skeleton />}
      {board !== undefined && (
        <>
          <Requests onChanged={() => void load()} />
          <Enter
            board={board}
            isBusy={isBusy}
            onEnter={(activity) => changed(() => enterActivity(activity))}
          />
          <h2>{t('desk:team.board')}</h2>
          <p class="muted small">{t('desk:team.since', { date: formatDate(board.since) })}</p>
          <p>{t('desk:team.trained', board.training)}</p>
          <ul class="words-list">
            {board.hamlets.map((hamlet) => (
              <HamletCard key={hamlet.id} hamlet={hamlet} />
            ))}
          </ul>
          <h2>{t('desk:team.recent')}</h2>
          {board.recent.length === 0 && <p>{t('desk:team.none')}</p>}
          <ul class="words-list">
            {board.recent.map((activity) => (
              <Recent
                key={activity.id}
                activity={activity}
                isBusy={isBusy}
                onDrop={() => void changed(() => dropActivity(activity.id))}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
