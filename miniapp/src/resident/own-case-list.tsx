import { AgeNote } from '../offline/age-note.tsx'
import { useKept } from '../offline/use-kept.ts'
import { t } from '../shared/i18n.ts'
import { categoryName, shortTimeText } from '../shared/words.ts'
import { ProblemNotice, Skeleton } from '../ui/feedback.tsx'
import { CategoryIcon } from '../ui/icons.tsx'
import { lookUpOwn } from './calls.ts'
import { CaseCard, CaseList } from './case-card.tsx'
import { type OwnCase, ownCases } from './own-cases.ts'

/** What this device itself knows of a case, while the server cannot be asked. */
function KeptCard({ kept }: { kept: OwnCase }) {
  return (
    <li class="case-card">
      <span class="case-icon">
        <CategoryIcon category={kept.category} />
      </span>
      <div class="case-text">
        <a class="case-link" href={`#/case/${kept.code}`}>
          {kept.code}
        </a>
        <p class="muted small">
          {categoryName(kept.category)} · {shortTimeText(kept.sentAt)}
        </p>
      </div>
    </li>
  )
}

/** Cases sent from this device, newest first, with their state of now. */
export function OwnCaseList({ max }: { max?: number }) {
  const kept = ownCases().slice(0, max)
  const [loaded, retry] = useKept(`own ${kept.map((c) => c.code)}`, () => lookUpOwn(kept))
  if (loaded.state === 'loading') return <Skeleton rows={Math.min(kept.length, 3)} />
  if (loaded.state === 'failed') {
    return (
      <>
        <ProblemNotice problem={loaded.problem} onRetry={retry} />
        <CaseList>
          {kept.map((own) => (
            <KeptCard key={own.code} kept={own} />
          ))}
        </CaseList>
      </>
    )
  }
  const known = loaded.data.data.items
  return (
    <>
      <AgeNote keptAt={loaded.data.keptAt} />
      {known.length === 0 && <p class="muted">{t('miniapp:own.unknown')}</p>}
      <CaseList>
        {known.map((incident) => (
          <CaseCard key={incident.publicCode} incident={incident} words={incident.ownDescription} />
        ))}
      </CaseList>
    </>
  )
}
