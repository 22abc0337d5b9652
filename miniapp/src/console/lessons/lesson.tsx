import { useEffect, useState } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import {
  type Lesson,
  type LessonDesk,
  type LessonVersion,
  publishLesson,
  readVersions,
  saveDraft,
} from './calls.ts'
import { LessonForm } from './form.tsx'
import { Preview } from './preview.tsx'
import { emptyQuestion } from './question-fields.tsx'
import { stateText } from './state-text.ts'

/** Stands for a lesson that is not written yet. */
export const NEW_ID = 'new'

const EMPTY = { vi: '', en: '' }
const BLANK: Lesson = {
  ...{ id: '', title: EMPTY, needs: EMPTY, minutes: 10, level: 'first', warning: EMPTY },
  steps: [1, 2, 3].map(() => ({ drawing: 'phone', text: EMPTY })),
  ...{ faults: [], keywords: [] },
  questions: [emptyQuestion()],
}

type VersionProps = { row: LessonVersion; isSeen: boolean; onSee: () => void }

function Version({ row, isSeen, onSee }: VersionProps) {
  return (
    <li class="card stack tight">
      <p>{stateText(row)}</p>
      <p class="muted small">
        {t('desk:lessons.saved', { time: formatDateTime(new Date(row.savedAt)) })}
      </p>
      <div class="words-bar">
        <Button look="secondary" isPressed={isSeen} onClick={onSee}>
          {t('desk:lessons.see', { version: row.version })}
        </Button>
      </div>
    </li>
  )
}

/** One lesson: its versions, each as residents see it; the newest may be changed, and a draft published. */
export function LessonDeskPage({ id, desk }: { id: string; desk: LessonDesk }) {
  const [versions, setVersions] = useState<LessonVersion[]>()
  const [seen, setSeen] = useState<number>()
  const [isEdited, setEdited] = useState(id === NEW_ID)
  const { problem, isBusy, run } = useWork()
  const load = () => run(async () => setVersions(id === NEW_ID ? [] : await readVersions(id)))
  useEffect(() => {
    void load()
  }, [])
  const newest = versions?.[0]
  const save = async (lesson: Lesson) => {
    const isSaved = await run(async () => {
      const { version } = await saveDraft(lesson, newest?.version ?? null)
      setVersions(await readVersions(lesson.id))
      setSeen(version)
    })
    if (isSaved) setEdited(false)
  }
  const publish = (draft: LessonVersion) =>
    run(async () => {
      await publishLesson(draft.lesson.id, draft.version)
      setVersions(await readVersions(draft.lesson.id))
    })
  return (
    <div class="stack">
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {versions === undefined && problem === undefined && <Skeleton />}
      {isEdited && versions !== undefined ? (
        <LessonForm
          lesson={newest?.lesson ?? BLANK}
          drawings={desk.drawings}
          isNew={newest === undefined}
          isBusy={isBusy}
          onSave={(lesson) => void save(lesson)}
        />
      ) : (
        <div class="words-bar">
          {newest !== undefined && (
            <Button onClick={() => setEdited(true)}>{t('desk:lessons.edit')}</Button>
          )}
          {newest?.state === 'draft' && (
            <Button look="secondary" isBusy={isBusy} onClick={() => void publish(newest)}>
              {t('desk:lessons.publish', { version: newest.version })}
            </Button>
          )}
        </div>
      )}
      {newest?.state === 'draft' && <p class="muted">{t('desk:lessons.publish.hint')}</p>}
      {seen !== undefined && newest !== undefined && (
        <Preview key={`${seen} ${newest.savedAt}`} lessonId={newest.lesson.id} version={seen} />
      )}
      {versions !== undefined && versions.length > 0 && (
        <>
          <h2>{t('desk:lessons.versions')}</h2>
          <ul class="words-list">
            {versions.map((row) => (
              <Version
                key={row.version}
                row={row}
                isSeen={row.version === seen}
                onSee={() => setSeen(row.version)}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
