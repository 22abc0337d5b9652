import { useEffect, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { timeText } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { SelectField } from '../../ui/field.tsx'
import { useWork } from '../access/use-work.ts'
import { type HelpTask, listHelpTasks, type MoveHelp, moveHelp } from './calls.ts'

const REASONS: readonly NonNullable<MoveHelp['reason']>[] = [
  'not_reached',
  'nobody_home',
  'solved',
  'not_ours',
]

/** Where to go and whom to call, for the member who took it. */
function Contact({ contact }: { contact: NonNullable<HelpTask['contact']> }) {
  const { place, phone, code } = contact
  return (
    <div class="stack tight">
      <p class="desk-strong own-words">{place}</p>
      {phone !== null && (
        <a class="button secondary" href={`tel:${phone}`}>
          {t('desk:help.call', { phone })}
        </a>
      )}
      <p>{t('desk:help.code', { code })}</p>
    </div>
  )
}

type TaskProps = { task: HelpTask; isBusy: boolean; onMove: (move: MoveHelp) => void }

function Task({ task, isBusy, onMove }: TaskProps) {
  const [reason, setReason] = useState<MoveHelp['reason']>()
  const { hamlet, lesson, forWhom, preferred, askedAt, member, moves, contact } = task
  const what = lesson ?? t('desk:help.other')
  const mayDecline = moves.includes('decline')
  return (
    <li class="card stack tight">
      <p class="desk-strong">{what}</p>
      <p>
        {hamlet} · {t(`desk:help.for.${forWhom}`)} · {t(`desk:help.when.${preferred}`)}
      </p>
      <p class="muted small">{t('desk:help.asked', { at: timeText(askedAt) })}</p>
      {contact !== null && <Contact contact={contact} />}
      {contact === null && member !== null && <p>{t('desk:help.member', { member })}</p>}
      <div class="words-bar">
        {moves
          .filter((move) => move !== 'decline')
          .map((move) => (
            <Button
              key={move}
              look={move === 'release' ? 'secondary' : 'primary'}
              isDisabled={isBusy}
              label={t('desk:help.which', { move: t(`desk:help.move.${move}`), what, hamlet })}
              onClick={() => onMove({ move })}
            >
              {t(`desk:help.move.${move}`)}
            </Button>
          ))}
      </div>
      {mayDecline && (
        <details>
          <summary>{t('desk:help.move.decline')}</summary>
          <div class="stack tight">
            <SelectField
              label={t('desk:help.reason')}
              none={t('desk:team.choose')}
              value={reason}
              options={REASONS.map((value) => ({ value, label: t(`desk:help.reason.${value}`) }))}
              onChange={setReason}
            />
            <Button
              look="secondary"
              isDisabled={isBusy || reason === undefined}
              onClick={() => reason !== undefined && onMove({ move: 'decline', reason })}
            >
              {t('desk:help.decline')}
            </Button>
          </div>
        </details>
      )}
    </li>
  )
}

/** Requests for help at home; `onChanged` when the board counts anew. */
export function Requests({ onChanged }: { onChanged: () => void }) {
  const [tasks, setTasks] = useState<HelpTask[]>()
  const [hamletId, setHamletId] = useState<string>()
  const { problem, isBusy, run } = useWork()
  const reload = async () => setTasks(await listHelpTasks())
  useEffect(() => {
    void run(reload)
  }, [])
  const move = (id: string, wish: MoveHelp) =>
    run(async () => {
      // Somebody may have been quicker: what waits now is shown, and why this one was not moved.
      try {
        await moveHelp(id, wish)
      } finally {
        await reload()
      }
      onChanged()
    })
  const hamlets = new Map((tasks ?? []).map((task) => [task.hamletId, task.hamlet]))
  const shown = (tasks ?? []).filter(
    (task) => hamletId === undefined || !hamlets.has(hamletId) || task.hamletId === hamletId,
  )
  return (
    <section class="stack" aria-labelledby="help-requests">
      <h2 id="help-requests">{t('desk:help.title')}</h2>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {tasks === undefined && problem === undefined && <Skeleton rows={2} />}
      {tasks?.length === 0 && <p>{t('desk:help.none')}</p>}
      {hamlets.size > 1 && (
        <SelectField
          label={t('desk:team.field.hamlet')}
          none={t('desk:help.all')}
          value={hamletId}
          options={[...hamlets].map(([value, label]) => ({ value, label }))}
          onChange={setHamletId}
        />
      )}
      <ul class="words-list">
        {shown.map((task) => (
          <Task
            key={task.id}
            task={task}
            isBusy={isBusy}
            onMove={(wish) => void move(task.id, wish)}
          />
        ))}
      </ul>
    </section>
  )
}
