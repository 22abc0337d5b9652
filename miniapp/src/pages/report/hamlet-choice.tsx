import { useKept } from '../../offline/use-kept.ts'
import { listHamlets } from '../../resident/calls.ts'
import { changeDraft } from '../../resident/draft.ts'
import { HomeAwaited, type HomeUnit, useHomeUnit } from '../../resident/home-unit.tsx'
import { t } from '../../shared/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { Choices } from '../../ui/choices.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'

/** The hamlets of the home commune; nothing is drawn for a commune that has none on record. */
export function HamletChoice({ chosen }: { chosen: string | undefined }) {
  const known = useHomeUnit()
  const { home } = known
  if (home === undefined) return <HomeAwaited home={known} rows={1} />
  return <HamletsOf home={home} chosen={chosen} />
}

function HamletsOf({ home, chosen }: { home: HomeUnit; chosen: string | undefined }) {
  const { code: unitCode, name: unit } = home
  const [loaded, retry] = useKept(`hamlets ${unitCode}`, () => listHamlets(unitCode))
  if (loaded.state === 'loading') return <Skeleton rows={1} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const hamlets = loaded.data.data
  if (hamlets.length === 0) return null
  const choose = (hamletId: string) => {
    const hamlet = hamlets.find(({ id }) => id === hamletId)
    if (hamlet === undefined) return
    const label = `${hamlet.name}, ${unit}`
    changeDraft({ place: { source: 'hamlet', hamletId, unitCode, label } })
  }
  return (
    <Card>
      <Choices
        legend={t('miniapp:place.hamlet')}
        look="chips"
        options={hamlets.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={choose}
      />
    </Card>
  )
}
