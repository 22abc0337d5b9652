import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDate, formatDateTime, localDate } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { TextArea } from '../../ui/field.tsx'
import { addNote, markSeen } from '../calls.ts'
import type { CaseView } from '../types.ts'
import { categoryWords, stateWords, wordsOr } from '../words.ts'
import { useDraft } from './draft.ts'

const MAX_NOTE = 2_000

/** Earlier reports of the same matter at this place: what comes again needs another answer than the last one. */
export function Repeats({ incident }: { incident: CaseView }) {
  const { repeats, mayHaveMoreRepeats } = incident
  if (repeats.length === 0) return null
  return (
    <section class="desk-section desk-repeats" aria-labelledby="repeats-title">
      <h2 id="repeats-title">
        {t(mayHaveMoreRepeats ? 'console:repeat.title_least' : 'console:repeat.title', {
          time: repeats.length + 1,
        })}
      </h2>
      <ol class="stack tight">
        {repeats.map(({ publicCode, id, state, createdAt }) => (
          <li key={publicCode}>
            {id === undefined ? publicCode : <Link href={`/case/${id}`}>{publicCode}</Link>}{' '}
            <span class="muted small">
              {formatDate(localDate(new Date(createdAt)))} · {stateWords(state)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What else was reported here, whatever it was about: the third broken lamp is a cable. */
export function Around({ incident }: { incident: CaseView }) {
  const known = new Set(incident.repeats.map((one) => one.publicCode))
  const others = incident.around.filter((one) => !known.has(one.publicCode))
  if (others.length === 0) return null
  return (
    <section class="desk-section" aria-labelledby="around-title">
      <h2 id="around-title">{t('console:around.title')}</h2>
      <ul class="stack tight">
        {others.map((one) => (
          <li key={one.id}>
            <Link href={`/case/${one.id}`}>
              {categoryWords(one.category)}, {one.publicCode}
            </Link>{' '}
            <span class="muted small">
              {formatDate(localDate(new Date(one.createdAt)))} · {stateWords(one.state)}
              {one.metres !== undefined &&
                ` · ${t('console:around.metres', { count: one.metres })}`}
            </span>
            {one.answer !== undefined && <p class="small">{one.answer}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

type WorkProps = { incident: CaseView; load: () => Promise<void> }

/** What one press does, and what went wrong with it. */
function useWork(load: () => Promise<void>) {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
      await load()
      return true
    } catch (failure) {
      setProblem(failure)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, problem, run }
}

/** Reminders, steps up to the next one and news: to whom, when; those for this official can be ticked off. */
export function Notices({ incident, load }: WorkProps) {
  const { isBusy, problem, run } = useWork(load)
  const waiting = incident.notices.filter((one) => one.isWaiting)
  if (incident.notices.length === 0) return null
  return (
    <section class="desk-section" aria-labelledby="notices-title">
      <h2 id="notices-title">{t('console:notices.title')}</h2>
      <ul class="stack tight">
        {incident.notices.map(({ id, kind, recipient, at, isWaiting }) => (
          <li key={id} class={isWaiting ? 'desk-strong' : 'muted'}>
            {wordsOr(`console:notice.${kind}`, kind)}
            <span class="muted small">
              {' · '}
              {t(`console:notices.to.${recipient}`)} · {formatDateTime(new Date(at))}
            </span>
          </li>
        ))}
      </ul>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {waiting.length > 0 && (
        <Button
          look="secondary"
          isBusy={isBusy}
          onClick={() => void run(() => Promise.all(waiting.map((one) => markSeen(one.id))))}
        >
          {t('console:notices.seen')}
        </Button>
      )}
    </section>
  )
}

/** A remark that stays with the desk; it stands among the steps. */
export function AddNote({ incident, load }: WorkProps) {
  const draft = useDraft(`${incident.id}:note`, '')
  const { isBusy, problem, run } = useWork(load)
  const text = draft.value.normalize('NFC').trim()
  const send = async () => {
    if (await run(() => addNote(incident.id, text))) draft.reset()
  }
  return (
    <section class="desk-section" aria-labelledby="remark-title">
      <h2 id="remark-title">{t('console:remark.title')}</h2>
      <form
        class="stack tight"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <TextArea
          label={t('console:remark.label')}
          hint={t('console:remark.hint')}
          value={draft.value}
          onInput={(value) => draft.set(() => value)}
          maxLength={MAX_NOTE}
        />
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <Button type="submit" look="secondary" isBusy={isBusy} isDisabled={text === ''}>
          {t('console:remark.send')}
        </Button>
      </form>
    </section>
  )
}
