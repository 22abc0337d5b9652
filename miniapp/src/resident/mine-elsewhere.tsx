import { AgeNote } from '../offline/age-note.tsx'
import { useKept } from '../offline/use-kept.ts'
import { t } from '../shared/i18n.ts'
import { ProblemNotice, Skeleton } from '../ui/feedback.tsx'
import { CaseCard, CaseList } from './case-card.tsx'
import { listMine } from './own-calls.ts'
import { ownCase } from './own-cases.ts'
import { useSignedIn } from './session.ts'

/** Cases that the person sent from another device or a chat; nothing for nobody in particular. */
export function MineElsewhere() {
  const isSignedIn = useSignedIn()
  const [loaded, retry] = useKept(isSignedIn ? 'mine' : undefined, listMine)
  if (!isSignedIn) return null
  if (loaded.state === 'loading') return <Skeleton rows={2} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const others = loaded.data.data.filter(({ publicCode }) => ownCase(publicCode) === undefined)
  if (others.length === 0) return null
  return (
    <section class="stack" aria-labelledby="elsewhere">
      <h2 id="elsewhere">{t('screens:own.elsewhere')}</h2>
      <AgeNote keptAt={loaded.data.keptAt} />
      <CaseList>
        {others.map((incident) => (
          <CaseCard key={incident.publicCode} incident={incident} words={incident.ownDescription} />
        ))}
      </CaseList>
    </section>
  )
}
