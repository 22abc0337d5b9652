import { CaseCard, CaseList } from '../../resident/case-card.tsx'
import { type Draft, reportOf } from '../../resident/draft.ts'
import { findSimilar } from '../../resident/own-calls.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Card } from '../../ui/card.tsx'

/** Only the place and the category are asked about; no consent text is needed for that. */
const NO_CONSENT = 0
const SHOWN = 3

/** Open cases that may be the same: following one spares a second report. Without an answer nothing is in the way. */
export function Similar({ draft }: { draft: Draft }) {
  const { category, place } = draft
  const asked = category && place ? reportOf(draft, NO_CONSENT).place : undefined
  const key = asked && `${category} ${JSON.stringify(asked)}`
  const [loaded] = useLoad(key, () => findSimilar(category ?? 'other', asked ?? { source: 'name' }))
  if (asked === undefined || loaded.state !== 'ready' || loaded.data.length === 0) return null
  return (
    <Card title={t('screens:similar.title')}>
      <p>{t('screens:similar.text')}</p>
      <CaseList>
        {loaded.data.slice(0, SHOWN).map((incident) => (
          <CaseCard key={incident.publicCode} incident={incident} />
        ))}
      </CaseList>
      <p class="muted">{t('screens:similar.other')}</p>
    </Card>
  )
}
