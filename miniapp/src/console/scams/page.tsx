import '../words/words.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDate } from '../../../../api/core/time.ts'
import type { ScamDesk } from '../../../../api/rooms/guides/index.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { useWork } from '../access/use-work.ts'
import { addScam, listScams, moveScam, type ScamRow, type ScamState } from './calls.ts'
import { ImportList } from './import.tsx'

const STATES: readonly ScamState[] = ['reported', 'known_scam', 'official', 'dropped']
const LISTS = ['known_scam', 'official'] as const

type AddProps = { isBusy: boolean; onAdd: (subject: string, list: (typeof LISTS)[number]) => void }

/** What an official knows without a report. */
function Add({ isBusy, onAdd }: AddProps) {
  const [subject, setSubject] = useState('')
  return (
    <details class="card">
      <summary>{t('desk:scams.add')}</summary>
      <TextField
        label={t('desk:scams.subject')}
        hint={t('desk:scams.add.hint')}
        value={subject}
        onInput={setSubject}
      />
      <div class="words-bar">
        {LISTS.map((list) => (
          <Button
            key={list}
            look="secondary"
            isDisabled={isBusy || subject.trim() === ''}
            onClick={() => onAdd(subject, list)}
          >
            {t(asKey(`desk:scams.move.${list}`))}
          </Button>
        ))}
      </div>
    </details>
  )
}

type RowProps = { row: ScamRow; isBusy: boolean; onMove: (move: ScamRow['moves'][number]) => void }

function Row({ row, isBusy, onMove }: RowProps) {
  const { kind, name, times, lastOn, source, sourceOn, moves, draft } = row
  return (
    <li class="card stack">
      <p class="desk-strong" lang="vi">
        {name}
      </p>
      <p class="muted small">
        {t('desk:scams.facts', {
          kind: t(asKey(`desk:scams.kind.${kind}`)),
          count: times,
          date: formatDate(lastOn),
        })}
      </p>
      {source !== null && sourceOn !== null && (
        <p class="muted small">{t('desk:scams.source', { source, date: formatDate(sourceOn) })}</p>
      )}
      {draft !== null && (
        <div class="stack tight">
          <h2>{t('desk:scams.draft')}</h2>
          <p lang="vi">{draft.vi}</p>
          <p lang="en">{draft.en}</p>
          <Link href="/notices">{t('desk:scams.drafted')}</Link>
        </div>
      )}
      <div class="words-bar">
        {moves.map((move) => {
          const label = t(asKey(`desk:scams.move.${move}`))
          return (
            <Button
              key={move}
              look={move === 'dropped' ? 'quiet' : 'secondary'}
              isDisabled={isBusy}
              label={t('desk:scams.move_which', { move: label, name })}
              onClick={() => onMove(move)}
            >
              {label}
            </Button>
          )
        })}
      </div>
    </li>
  )
}

/** What people reported: listed as a scam, confirmed as official, or put aside; a scam becomes a draft notice. */
export function ScamsPage() {
  const [state, setState] = useState<ScamState>('reported')
  const [desk, setDesk] = useState<ScamDesk>()
  const { problem, isBusy, run } = useWork()
  const load = () => run(async () => setDesk(await listScams(state)))
  useEffect(() => {
    setDesk(undefined)
    void load()
  }, [state])
  const changed = (work: () => Promise<unknown>) => run(work).then((isDone) => isDone && load())
  return (
    <div class="desk-narrow stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('desk:scams.title')}</h1>
      <p class="muted">{t('desk:scams.text')}</p>
      <div class="words-bar">
        {STATES.map((one) => (
          <Button
            key={one}
            look={one === state ? 'primary' : 'secondary'}
            isPressed={one === state}
            onClick={() => setState(one)}
          >
            {t(asKey(`desk:scams.state.${one}`))}
          </Button>
        ))}
      </div>
      <Add isBusy={isBusy} onAdd={(subject, list) => void changed(() => addScam(subject, list))} />
      <ImportList onTaken={() => void load()} />
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {desk === undefined && problem === undefined && <Skeleton />}
      {desk?.items.length === 0 && <p>{t('desk:scams.none')}</p>}
      <ul class="words-list">
        {desk?.items.map((row) => (
          <Row
            key={row.id}
            row={row}
            isBusy={isBusy}
            onMove={(move) => void changed(() => moveScam(row, move))}
          />
        ))}
      </ul>
    </div>
  )
}
