import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { StateBadge } from '../../ui/case-parts.tsx'
import { CategoryIcon, Icon } from '../../ui/icons.tsx'
import type { WorkItem } from '../types.ts'
import { agoWords, categoryWords, stateWords, timeWords } from '../words.ts'

/** Urgent by mark and word, not by colour alone. */
export function UrgentMark() {
  return (
    <span class="desk-urgent">
      <Icon name="warning" /> {t('incidents:urgency.urgent')}
    </span>
  )
}

type RowProps = { item: WorkItem; now: Date; onOpen: (id: string) => void }

/** One case to deal with: a line on a desk, a card on a phone; the whole of it opens the case. */
export function WorkRow({ item, now, onOpen }: RowProps) {
  const time = timeWords(item)
  return (
    <li>
      <Link
        href={`/case/${item.id}`}
        class={`desk-row ${item.urgency} ${time.tone}`}
        data-row={item.id}
        onClick={() => onOpen(item.id)}
      >
        <span class="desk-row-icon">
          <CategoryIcon category={item.category} />
        </span>
        <span class="desk-row-what">
          <span class="desk-row-head">
            {item.urgency === 'urgent' && <UrgentMark />}
            <span class="desk-strong">{categoryWords(item.category)}</span>
            <span class="muted desk-row-code">{item.publicCode}</span>
          </span>
          <span class="desk-row-text">
            {item.photos > 0 && (
              <span class="desk-row-photos">
                <Icon name="photo" />
                <span class="visually-hidden">
                  {t('console:row.photos', { count: item.photos })}
                </span>
              </span>
            )}
            {item.text}
          </span>
        </span>
        <span class="desk-row-place">
          <Icon name="place" /> {item.hamletName ?? item.place}
        </span>
        <span class="desk-row-state">
          <StateBadge state={item.state} label={stateWords(item.state)} />
          <span class="muted small">{item.agency?.name}</span>
        </span>
        <span class="desk-row-time">
          <span class={`desk-time ${time.tone}`}>{time.text}</span>
          <span class="muted small">{agoWords(item.createdAt, now)}</span>
        </span>
      </Link>
    </li>
  )
}
