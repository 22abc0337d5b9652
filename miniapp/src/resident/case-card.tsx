import type { ComponentChildren } from 'preact'
import type { LngLat } from '../../../api/core/geo.ts'
import type { PublicIncident } from '../../../api/rooms/incidents/schema.ts'
import { mediaUrl } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'
import { categoryName, distanceText, shortTimeText, stateLabel } from '../shared/words.ts'
import { StateBadge } from '../ui/case-parts.tsx'
import { CategoryIcon } from '../ui/icons.tsx'

/** "cách khoảng 300 m · thôn Phước Yên", as far as it is known. */
function whereText(incident: PublicIncident, from: LngLat | undefined): string {
  const name = incident.hamletName ?? (incident.place?.text || incident.unitName)
  if (from === undefined || incident.place === undefined) return name
  return `${t('miniapp:distance.away', { distance: distanceText(from, incident.place) })} · ${name}`
}

function Picture({ incident }: { incident: PublicIncident }) {
  const [mediaId] = incident.mediaIds
  return (
    <span class={`case-icon ${incident.urgency === 'urgent' ? 'urgent' : ''}`}>
      <CategoryIcon category={incident.category} />
      {mediaId && (
        <img
          src={mediaUrl(mediaId, 'thumb')}
          alt=""
          loading="lazy"
          onError={(event) => event.currentTarget.remove()}
        />
      )}
    </span>
  )
}

type CaseCardProps = { incident: PublicIncident; from?: LngLat; words?: string }

/** One case in a list, all of it one link. */
export function CaseCard({ incident, from, words }: CaseCardProps) {
  return (
    <li class="case-card">
      <Picture incident={incident} />
      <div class="case-text">
        <a class="case-link" href={`#/case/${incident.publicCode}`}>
          {words || incident.description || categoryName(incident.category)}
        </a>
        <p class="muted small">
          {categoryName(incident.category)} · {whereText(incident, from)} ·{' '}
          <span class="whole">{shortTimeText(incident.createdAt)}</span>
        </p>
        <p class="badges">
          <StateBadge state={incident.state} label={stateLabel(incident.state)} />
          {incident.urgency === 'urgent' && (
            <span class="badge urgent">{t('incidents:urgency.urgent')}</span>
          )}
          {incident.isLate && <span class="badge late">{t('miniapp:case.late')}</span>}
        </p>
      </div>
    </li>
  )
}

/** Cases as a plain register. */
export function CaseList({ children }: { children: ComponentChildren }) {
  return <ul class="case-list">{children}</ul>
}
