import { useState } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { agoWords } from '../words.ts'
import type { Station } from './calls.ts'
import { Series } from './series.tsx'
import { figureText } from './words.ts'

const TONES: Readonly<Record<Station['state'], string>> = {
  ...{ never: 'late', silent: 'late', stuck: 'waiting', heard: 'done' },
}
const at = (iso: string): string => formatDateTime(new Date(iso))

/** One station: how it is heard, its last figure and age, whose levels and whose word they are, and its series. */
export function StationCard({ station }: { station: Station }) {
  const [isOpen, setOpen] = useState(false)
  const { name, river, kind } = station.station
  return (
    <li class="card stack tight">
      <p class="badges">
        <span class={`badge ${TONES[station.state]}`}>
          {t(asKey(`desk:stations.state.${station.state}`))}
        </span>
        <span class="badge">{t(asKey(`desk:stations.kind.${kind}`))}</span>
      </p>
      <h3>{river === null ? name : t('desk:stations.river', { river, station: name })}</h3>
      <p>{station.text}</p>
      <Facts station={station} />
      {station.at !== null && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('desk:stations.series')}</summary>
          {isOpen && <Series station={station} />}
        </details>
      )}
    </li>
  )
}

function Facts({ station }: { station: Station }) {
  const { state, stuckSince, silentAfterMinutes, units, alarms } = station
  const silent =
    state === 'silent' && station.at !== null
      ? t('desk:stations.silent_since', { time: at(station.at), minutes: silentAfterMinutes })
      : null
  const rows = [
    [
      t('desk:stations.last'),
      station.at && `${at(station.at)} (${agoWords(station.at, new Date())})`,
    ],
    [t('desk:stations.state.silent'), silent],
    [t('desk:stations.state.stuck'), stuckSince && at(stuckSince)],
    [t('desk:stations.units'), units.join(', ')],
    [t('desk:stations.alarms'), alarms.map(alarmText).join('; ')],
    [t('desk:stations.operator'), station.station.operator],
    [t('desk:stations.source'), station.station.source],
  ] as const
  return (
    <dl class="desk-facts">
      {rows.map(([label, value]) =>
        value === null || value === '' ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

const alarmText = ({ stage, levelCm, source }: Station['alarms'][number]): string =>
  levelCm === null
    ? t('desk:stations.alarm_missing', { stage })
    : t('desk:stations.alarm', { stage, level: figureText(levelCm, 'cm'), source: source ?? '' })
