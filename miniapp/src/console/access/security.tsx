import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { FactorList } from '../../../../api/rooms/identity/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { agoWords } from '../words.ts'
import { changePassword, listFactors, removeFactor, renewCodes } from './calls.ts'
import { Enrol } from './enrol.tsx'
import { AccessForm } from './frame.tsx'
import { OwnChats } from './own-chats.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SessionList } from './sessions.tsx'
import { useWork } from './use-work.ts'

type Task =
  | { kind: 'add' }
  | { kind: 'codes' }
  | { kind: 'remove'; id: string }
  | { kind: 'password' }

/** The own account: second factors, recovery codes, password and devices. */
export function SecurityPage() {
  const [list, setList] = useState<FactorList>()
  const [task, setTask] = useState<Task>()
  const [isSaved, setSaved] = useState(false)
  const { problem, run } = useWork()
  const load = () => run(async () => setList(await listFactors()))
  useEffect(() => void load(), [])
  const done = () => {
    setTask(undefined)
    setSaved(true)
    void load()
  }
  return (
    <div class="desk-narrow stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('identity:security.title')}</h1>
      {isSaved && (
        <Notice kind="ok">
          <p>{t('identity:security.saved')}</p>
        </Notice>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {list === undefined && problem === undefined && <Skeleton />}
      {list && <Factors list={list} onTask={setTask} />}
      <section class="card stack">
        <h2>{t('identity:password.title')}</h2>
        <div>
          <Button look="secondary" onClick={() => setTask({ kind: 'password' })}>
            {t('identity:password.change')}
          </Button>
        </div>
      </section>
      <OwnChats />
      <SessionList />
      {task && <TaskSheet task={task} onClose={() => setTask(undefined)} onDone={done} />}
    </div>
  )
}

function Factors({ list, onTask }: { list: FactorList; onTask: (task: Task) => void }) {
  const now = new Date()
  const isBare = list.factors.length === 0
  return (
    <section class="card stack">
      <h2>{t('identity:security.factors')}</h2>
      {isBare && (
        <Notice kind={list.isCompulsory ? 'warn' : 'info'}>
          <p>{t(list.isCompulsory ? 'identity:security.compulsory' : 'identity:security.none')}</p>
        </Notice>
      )}
      <ul class="desk-sessions">
        {list.factors.map((factor) => (
          <li key={factor.id}>
            <div>
              <p class="desk-strong">{t(`identity:factor.${factor.kind}`)}</p>
              <p class="muted small">
                {factor.label} ·{' '}
                {t('identity:security.added', { when: agoWords(factor.createdAt, now) })}
              </p>
            </div>
            <Button look="secondary" onClick={() => onTask({ kind: 'remove', id: factor.id })}>
              {t('identity:security.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <div class="desk-line">
        <Button onClick={() => onTask({ kind: 'add' })}>{t('identity:security.add')}</Button>
        {!isBare && (
          <Button look="secondary" onClick={() => onTask({ kind: 'codes' })}>
            {t('identity:security.codes', { count: list.recoveryCodes })}
          </Button>
        )}
      </div>
    </section>
  )
}

type TaskProps = { task: Task; onClose: () => void; onDone: () => void }

/** Each of these outlives the session, so the password comes first. */
function TaskSheet({ task, onClose, onDone }: TaskProps) {
  const [password, setPassword] = useState('')
  const [next, setNext] = useState('')
  const [isProved, setProved] = useState(false)
  const [codes, setCodes] = useState<string[]>()
  const { isBusy, problem, run } = useWork()
  const submit = () =>
    run(async () => {
      if (task.kind === 'add') setProved(true)
      else if (task.kind === 'codes') setCodes(await renewCodes(password))
      else {
        if (task.kind === 'remove') await removeFactor(task.id, password)
        else await changePassword(password, next)
        onDone()
      }
    })
  return (
    <Sheet
      title={t(`identity:task.${task.kind}`)}
      closeLabel={t('console:close')}
      onClose={onClose}
    >
      {codes && <RecoveryCodes codes={codes} onKept={onDone} />}
      {isProved && <Enrol by={{ password }} onDone={onDone} />}
      {!codes && !isProved && (
        <AccessForm onSubmit={() => void submit()}>
          {problem !== undefined && <ProblemNotice problem={problem} />}
          <TextField
            label={t('identity:password.current')}
            type="password"
            value={password}
            onInput={setPassword}
            autocomplete="current-password"
            maxLength={200}
            isRequired
          />
          {task.kind === 'password' && (
            <TextField
              label={t('identity:password.new')}
              hint={t('identity:password.hint')}
              type="password"
              value={next}
              onInput={setNext}
              autocomplete="new-password"
              maxLength={200}
              isRequired
            />
          )}
          <Button
            type="submit"
            isWide
            isBusy={isBusy}
            look={task.kind === 'remove' ? 'danger' : 'primary'}
          >
            {t(`identity:task.${task.kind}.do`)}
          </Button>
        </AccessForm>
      )}
    </Sheet>
  )
}
