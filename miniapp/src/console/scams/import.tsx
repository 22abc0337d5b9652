import { useState } from 'preact/hooks'
import type { ScamImport } from '../../../../api/rooms/guides/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { useWork } from '../access/use-work.ts'
import { importScams } from './calls.ts'

function Result({ result: { taken, kept, faults } }: { result: ScamImport }) {
  if (faults.length === 0)
    return <Notice kind="ok">{t('desk:scams.import.taken', { taken, kept })}</Notice>
  return (
    <Notice kind="warn">
      <p>{t('desk:scams.import.refused')}</p>
      <ul>
        {faults.map(({ line, reason }) => (
          <li key={line}>{t(`desk:scams.import.${reason}`, { line })}</li>
        ))}
      </ul>
    </Notice>
  )
}

/** Frauds that somebody else lists, with whose list it is and of which day. */
export function ImportList({ onTaken }: { onTaken: () => void }) {
  const [file, setFile] = useState({ csv: '', source: '', sourceOn: '' })
  const [result, setResult] = useState<ScamImport>()
  const { problem, isBusy, run } = useWork()
  const isWhole = Object.values(file).every((text) => text.trim() !== '')
  const take = () =>
    run(async () => {
      const next = await importScams(file)
      setResult(next)
      if (next.taken > 0) onTaken()
    })
  return (
    <details class="card">
      <summary>{t('desk:scams.import')}</summary>
      <div class="stack">
        <TextArea
          label={t('desk:scams.import.csv')}
          hint={t('desk:scams.import.hint')}
          value={file.csv}
          onInput={(csv) => setFile({ ...file, csv })}
        />
        <TextField
          label={t('desk:scams.import.source')}
          value={file.source}
          maxLength={120}
          onInput={(source) => setFile({ ...file, source })}
        />
        <TextField
          type="date"
          label={t('desk:scams.import.day')}
          value={file.sourceOn}
          onInput={(sourceOn) => setFile({ ...file, sourceOn })}
        />
        <Button isBusy={isBusy} isDisabled={!isWhole} onClick={() => void take()}>
          {t('desk:scams.import.take')}
        </Button>
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {result !== undefined && <Result result={result} />}
      </div>
    </details>
  )
}
