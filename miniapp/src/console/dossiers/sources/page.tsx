import '../../numbers/numbers.css'
import '../dossiers.css'
import './sources.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { SourceStanding } from '../../../../../api/rooms/dossiers/index.ts'
import { t } from '../../../shared/i18n.ts'
import { useWork } from '../../../shared/use-work.ts'
import { ProblemNotice, Skeleton } from '../../../ui/feedback.tsx'
import { listSources, type Target } from './calls.ts'
import { FilePart } from './file.tsx'
import { Standing } from './standing.tsx'
import { isNamed, SourceChoice } from './target.tsx'

const NEW: Target = { name: '', agencyName: '', unitCode: null }

/** Where dossiers come from: files of the one-stop system, and how their columns are read. */
export function SourcesPage() {
  const [sources, setSources] = useState<readonly SourceStanding[]>()
  const [chosen, setChosen] = useState<string>()
  const [draft, setDraft] = useState(NEW)
  const { problem, run } = useWork()
  const load = () =>
    run(async () => {
      const found = await listSources()
      setSources(found)
      return found
    })
  useEffect(() => {
    void load().then((found) => setChosen(found?.[0]?.name))
  }, [])
  const target = sources?.find(({ name }) => name === chosen) ?? draft
  const saved = async (name: string) => {
    await load()
    setChosen(name)
    setDraft(NEW)
  }
  return (
    <div class="stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('desk:sources.title')}</h1>
      <p class="muted">{t('desk:sources.intro')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {sources === undefined && problem === undefined && <Skeleton rows={4} />}
      {sources && (
        <>
          <SourceChoice
            sources={sources}
            chosen={chosen}
            draft={draft}
            onChoose={setChosen}
            onDraft={setDraft}
          />
          <FilePart
            target={target}
            isNamed={target !== draft || isNamed(sources, draft)}
            onSaved={(name) => void saved(name)}
            onTaken={() => void load()}
          />
          {sources.length > 0 && <Standing sources={sources} />}
        </>
      )}
    </div>
  )
}
