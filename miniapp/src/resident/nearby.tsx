import { useState } from 'preact/hooks'
import { type LngLat, roundForPublic } from '../../../api/core/geo.ts'
import { AgeNote } from '../offline/age-note.tsx'
import { useKept } from '../offline/use-kept.ts'
import { platform } from '../platform/index.ts'
import { t } from '../shared/i18n.ts'
import { LinkButton } from '../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../ui/feedback.tsx'
import { Icon } from '../ui/icons.tsx'
import { type Asking, AskPlace, NEAR_RADIUS_M } from './ask-place.tsx'
import { listIncidents, type Near } from './calls.ts'
import { CaseCard, CaseList } from './case-card.tsx'

type NearbyProps = { unitCode: string; max: number }

/** Public cases around here, or of the commune while the place is not known. */
export function NearbyList({ unitCode, max }: NearbyProps) {
  const [at, setAt] = useState<LngLat>()
  const [asking, setAsking] = useState<Asking>('not yet')
  const near: Near = at ? { lat: at.lat, lng: at.lng, radiusM: NEAR_RADIUS_M } : { unit: unitCode }
  const [loaded, retry] = useKept(`near ${max} ${JSON.stringify(near)}`, () =>
    listIncidents(near, max),
  )
  const ask = async () => {
    setAsking('asking')
    const answer = await platform().place()
    // Rounded to ~100 m: it stands in the address line of the request.
    if (answer.kind === 'found') setAt(roundForPublic(answer))
    setAsking(answer.kind === 'found' ? 'not yet' : answer.kind)
  }
  return (
    <>
      {at === undefined && <AskPlace asking={asking} onAsk={ask} />}
      <div class="stack" aria-live="polite" aria-busy={loaded.state === 'loading'}>
        {loaded.state === 'loading' && <Skeleton rows={3} />}
        {loaded.state === 'failed' && <ProblemNotice problem={loaded.problem} onRetry={retry} />}
        {loaded.state === 'ready' && <AgeNote keptAt={loaded.data.keptAt} />}
        {loaded.state === 'ready' &&
          (loaded.data.data.items.length === 0 ? (
            <Notice>
              <p>{t(at ? 'miniapp:near.empty_here' : 'miniapp:near.empty')}</p>
            </Notice>
          ) : (
            <CaseList>
              {loaded.data.data.items.map((incident) => (
                <CaseCard
                  key={incident.publicCode}
                  incident={incident}
                  {...(at ? { from: at } : {})}
                />
              ))}
            </CaseList>
          ))}
      </div>
      <div>
        <LinkButton href="#/near" look="quiet">
          {t('miniapp:near.all')} <Icon name="forward" />
        </LinkButton>
      </div>
    </>
  )
}
