import { AgeNote } from '../offline/age-note.tsx'
import { useKept } from '../offline/use-kept.ts'
import { t } from '../shared/i18n.ts'
import { LinkButton } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { listRivers } from './readings-calls.ts'
import { RiverCard } from './river-card.tsx'

/** What gauges that matter to the commune say now; without any, or without an answer, nothing. */
export function NowHere({ unitCode }: { unitCode: string }) {
  const [loaded] = useKept(`now ${unitCode}`, () => listRivers(unitCode))
  if (loaded.state !== 'ready' || loaded.data.data.length === 0) return null
  return (
    <section class="stack" aria-labelledby="now">
      <h2 id="now">{t('screens:now.title')}</h2>
      <AgeNote keptAt={loaded.data.keptAt} />
      {loaded.data.data.map((river) => (
        <RiverCard key={river.station.code} river={river} />
      ))}
      <div>
        <LinkButton href="#/water" look="quiet">
          {t('screens:now.more')} <Icon name="forward" />
        </LinkButton>
      </div>
    </section>
  )
}
