import '../words/words.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { currentLanguage, t } from '../../shared/i18n.ts'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { type LessonDesk, type LessonVersion, listLessons } from './calls.ts'
import { LessonDeskPage, NEW_ID } from './lesson.tsx'
import { stateText } from './state-text.ts'

function List({ lessons }: { lessons: readonly LessonVersion[] }) {
  return (
    <ul class="words-list">
      {lessons.map((row) => (
        <li key={row.lesson.id} class="card stack tight">
          <Link href={`/lessons/${row.lesson.id}`} class="desk-strong">
            {row.lesson.title[currentLanguage()]}
          </Link>
          <p class="muted small">{stateText(row)}</p>
        </li>
      ))}
    </ul>
  )
}

/** All lessons with their newest version, or one of them (`id`). */
export function LessonsPage({ id }: { id: string | undefined }) {
  const [desk, setDesk] = useState<LessonDesk>()
  const { problem, run } = useWork()
  const load = () => run(async () => setDesk(await listLessons()))
  useEffect(() => {
    void load()
  }, [])
  return (
    <div class="desk-narrow stack">
      {id === undefined ? (
        <Link href="/" class="desk-back">
          {t('console:back')}
        </Link>
      ) : (
        <Link href="/lessons" class="desk-back">
          {t('desk:lessons.back')}
        </Link>
      )}
      <h1>{t('desk:lessons.title')}</h1>
      <p class="muted">{t('desk:lessons.text')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {desk === undefined && problem === undefined && <Skeleton />}
      {desk !== undefined && id !== undefined && <LessonDeskPage id={id} desk={desk} />}
      {desk !== undefined && id === undefined && (
        <>
          <Link href={`/lessons/${NEW_ID}`} class="button secondary">
            {t('desk:lessons.new')}
          </Link>
          <List lessons={desk.lessons} />
        </>
      )}
    </div>
  )
}
