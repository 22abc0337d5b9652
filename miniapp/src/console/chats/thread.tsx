import './thread.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDateTime } from '../../../../api/core/time.ts'
import type { Thread } from '../../../../api/rooms/conversations/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { useWork } from '../access/use-work.ts'
import { answerPerson, handBack, readThread } from './calls.ts'
import { Phones } from './phones.tsx'

const EVERY_MS = 5_000

/** One chat with a person of the office: what was said, an answer, and the way back to the bot. */
export function ThreadPage({ id }: { id: string }) {
  const [thread, setThread] = useState<Thread>()
  const [lost, setLost] = useState<unknown>()
  const [text, setText] = useState('')
  const { isBusy, problem, run } = useWork()
  const load = () =>
    readThread(id).then(
      (fresh) => {
        setThread(fresh)
        setLost(undefined)
      },
      (caught: unknown) => setLost(caught),
    )
  useEffect(() => {
    void load()
    const timer = setInterval(() => void load(), EVERY_MS)
    return () => clearInterval(timer)
  }, [id])
  const send = () =>
    run(async () => {
      await answerPerson(id, text.trim())
      setText('')
      await load()
    })
  return (
    <div class="desk-narrow stack">
      <Link href="/chats" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('person:desk.thread')}</h1>
      {lost !== undefined && <ProblemNotice problem={lost} onRetry={() => void load()} />}
      {thread === undefined && lost === undefined && <Skeleton />}
      <ol class="thread" aria-live="polite">
        {thread?.lines.map((line) => (
          <li key={`${line.at} ${line.from} ${line.text}`} class={`thread-line ${line.from}`}>
            <p class="muted small">
              {t(`person:from.${line.from}`)} · {formatDateTime(new Date(line.at))}
            </p>
            <p>{line.text}</p>
          </li>
        ))}
      </ol>
      {thread?.mayViewPhones && <Phones id={id} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {thread && (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (text.trim() !== '') void send()
          }}
        >
          <TextField
            label={t('person:desk.answer')}
            value={text}
            onInput={setText}
            maxLength={2000}
          />
          <div class="desk-line">
            <Button type="submit" isBusy={isBusy}>
              {t('person:desk.send')}
            </Button>
            <Button
              look="secondary"
              onClick={() =>
                void run(() => handBack(id)).then((ok) => ok && location.assign('#/chats'))
              }
            >
              {t('console:chats.hand_back')}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}
