import '../alerts/alerts.css'
import './stations.css'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Button } from '../../ui/button.tsx'
import { Choices } from '../../ui/choices.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { CardList } from '../card-list.tsx'
import { listWatched, type Station } from './calls.ts'
import { StationCard } from './card.tsx'

const FILTERS = ['all', 'silent'] as const
type Filter = (typeof FILTERS)[number]

/** A station that gives no figure of now. */
const isSilent = ({ state }: Station): boolean => state === 'silent' || state === 'never'

/** Every station of the installation, those that are not heard first. */
export function StationsPage() {
  const [loaded, retry] = useLoad('stations', listWatched)
  return (
    <div class="desk-narrow stack alert-desk">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('console:menu.stations')}</h1>
      <p class="muted">{t('desk:stations.text')}</p>
      {loaded.state === 'loading' && <Skeleton />}
      {loaded.state === 'failed' && <ProblemNotice problem={loaded.problem} onRetry={retry} />}
      {loaded.state === 'ready' && <Stations stations={loaded.data} onAgain={retry} />}
    </div>
  )
}

function Stations({ stations, onAgain }: { stations: Station[]; onAgain: () => void }) {
  const [filter, setFilter] = useState<Filter>('all')
  const silent = stations.filter(isSilent)
  const shown = filter === 'silent' ? silent : stations
  const count = { all: stations.length, silent: silent.length }
  return (
    <>
      <Choices
        legend={t('desk:stations.filter')}
        look="chips"
        options={FILTERS.map((value) => ({
          value,
          label: t(asKey(`desk:stations.filter.${value}`), { n: count[value] }),
        }))}
        value={filter}
        onChange={setFilter}
      />
      <div class="button-row">
        <Button look="quiet" onClick={onAgain}>
          {t('desk:stations.again')}
        </Button>
      </div>
      <CardList title={t('desk:stations.list')} none={t('desk:stations.none')}>
        {shown.map((station) => (
          <StationCard key={station.station.code} station={station} />
        ))}
      </CardList>
    </>
  )
}
