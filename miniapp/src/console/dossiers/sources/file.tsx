import { useEffect, useState } from 'preact/hooks'
import type { ImportReport, Preview } from '../../../../../api/rooms/dossiers/index.ts'
import { t } from '../../../shared/i18n.ts'
import { useWork } from '../../../shared/use-work.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../../ui/feedback.tsx'
import {
  chooseFile,
  importFile,
  type Mapping,
  previewFile,
  saveSource,
  type Target,
} from './calls.ts'
import { Issues } from './issues.tsx'
import { isSame, isWhole, MappingFields } from './mapping.tsx'
import { Sample } from './sample.tsx'

function Report({ report }: { report: ImportReport }) {
  const { outcome, readRows, added, changed, unchanged, issues, moreIssues } = report
  if (outcome === 'done')
    return (
      <Notice kind="ok" title={t('desk:sources.done', { count: readRows })}>
        <p>{t('desk:sources.done.counts', { added, changed, unchanged })}</p>
      </Notice>
    )
  return (
    <Notice kind="error" title={t('desk:sources.refused')}>
      <p>{t('desk:sources.refused.text')}</p>
      <Issues issues={issues} more={moreIssues} />
    </Notice>
  )
}

/** Columns of the header that cannot be found, so that the reader has to look at the mapping. */
const hasHeaderFault = ({ issues }: Preview) =>
  issues.some(({ reason }) => reason === 'column_missing' || reason === 'column_twice')

type Props = {
  target: Target
  /** False while a new source lacks what it is called by. */
  isNamed: boolean
  onSaved: (name: string) => void
  onTaken: () => void
}

/**
 * A file from choice to report. Its mapping is tried, then kept once for the source, then the whole file is sent; a
 * failure on the way leaves file and mapping where they are.
 */
export function FilePart({ target, isNamed, onSaved, onTaken }: Props) {
  const [file, setFile] = useState<File>()
  const [preview, setPreview] = useState<Preview>()
  const [mapping, setMapping] = useState<Mapping>()
  const [report, setReport] = useState<ImportReport>()
  const { isBusy, problem, run } = useWork()
  const look = (wanted: File, tried?: Mapping) =>
    run(async () => {
      const read = await previewFile(target.name, wanted, tried)
      setReport(undefined)
      setPreview(read)
      setMapping(read.mapping)
    })
  const choose = async () => {
    const wanted = await chooseFile()
    if (wanted === undefined) return
    setFile(wanted)
    setPreview(undefined)
    setReport(undefined)
    const isOwn = target.mapping === undefined && mapping !== undefined && isWhole(mapping)
    void look(wanted, isOwn ? mapping : undefined)
  }
  const save = (kept: Mapping) =>
    run(async () => onSaved((await saveSource({ ...target, mapping: kept })).name))
  const take = (wanted: File) =>
    run(async () => {
      const made = await importFile(target.name, wanted)
      setReport(made)
      if (made.outcome === 'done') onTaken()
    })
  const isTried = preview !== undefined && mapping !== undefined && isSame(mapping, preview.mapping)
  const isKept = mapping !== undefined && isSame(target.mapping, mapping)
  useEffect(() => {
    // Another source reads the same file in its own way.
    if (file !== undefined && target.mapping !== undefined && !isKept) void look(file)
  }, [target.name])
  return (
    <section class="desk-section">
      <h2>{t('desk:sources.file')}</h2>
      <div class="desk-line">
        <Button look={file ? 'secondary' : 'primary'} onClick={() => void choose()}>
          {t(file ? 'desk:sources.choose.again' : 'desk:sources.choose')}
        </Button>
        {file && <span class="sources-file">{file.name}</span>}
      </div>
      {preview && mapping && (
        <>
          <MappingFields
            columns={preview.columns}
            mapping={mapping}
            isOpen={target.mapping === undefined || hasHeaderFault(preview)}
            onChange={setMapping}
          />
          {isTried && report === undefined && <Sample preview={preview} />}
        </>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {report && <Report report={report} />}
      {file && !isTried && (
        <Button isBusy={isBusy} onClick={() => void look(file, mapping)}>
          {t('desk:sources.try')}
        </Button>
      )}
      {mapping && isTried && !isKept && (
        <>
          {!isNamed && <p class="muted">{t('desk:sources.save.unnamed')}</p>}
          <Button
            isBusy={isBusy}
            isDisabled={!isNamed || !isWhole(mapping)}
            onClick={() => void save(mapping)}
          >
            {t('desk:sources.save')}
          </Button>
        </>
      )}
      {file && isTried && isKept && report?.outcome !== 'done' && (
        <Button isBusy={isBusy} onClick={() => void take(file)}>
          {t('desk:sources.take')}
        </Button>
      )}
    </section>
  )
}
