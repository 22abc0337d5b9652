import './row.css'
import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { StateBadge } from '../../ui/case-parts.tsx'
import { CategoryIcon, Icon } from '../../ui/icons.tsx'
import type { InboxAlert, InboxCall, InboxChat, Row } from '../types.ts'
import { agoWords, categoryWords, stateWords, timeWords, wordsOr } from '../words.ts'

/** Urgent by mark and word, not by colour alone. */
export function UrgentMark() {
  return (
    <span class="desk-urgent">
      <Icon name="warning" /> {t('incidents:urgency.urgent')}
    </span>
  )
}

type CaseRow = Exclude<Row, InboxAlert | InboxChat | InboxCall>
type RowProps = {
  item: Row
  now: Date
  isSelected: boolean
  onSelect: (id: string) => void
  onOpen: (id: string) => void
  /** Opens the agencies of a case that may be forwarded now. */
  onForward: (id: string) => void
}

/** One thing to deal with: a line on a desk, a card on a phone; the whole of it opens what it tells of. */
export function WorkRow(props: RowProps) {
  const { item, isSelected, onSelect, onForward } = props
  if (item.source === 'sos')
    return (
      <li class="desk-item">
        <CallLink {...props} call={item} />
      </li>
    )
  if (item.source === 'alert')
    return (
      <li class="desk-item">
        <AlertLink {...props} alert={item} />
      </li>
    )
  if (item.source === 'chat')
    return (
      <li class="desk-item">
        <ChatLink {...props} chat={item} />
      </li>
    )
  const canForward = item.quick.some((kind) => kind === 'accept_and_assign' || kind === 'assign')
  const forward = t(
    item.quick.includes('assign') ? 'console:move.assign' : 'console:move.accept_and_assign',
  )
  return (
    <li class={isSelected ? 'desk-item selected' : 'desk-item'}>
      <label class="desk-pick">
        <input type="checkbox" checked={isSelected} onChange={() => onSelect(item.id)} />
        <span class="visually-hidden">{t('console:row.select', { code: item.publicCode })}</span>
      </label>
      <CaseLink {...props} item={item} />
      {canForward && (
        <button
          type="button"
          class="desk-quick"
          aria-label={`${forward}: ${item.publicCode}`}
          onClick={() => onForward(item.id)}
        >
          <Icon name="forward" /> <span>{forward}</span>
        </button>
      )}
    </li>
  )
}

function CaseLink({ item, now, onOpen }: RowProps & { item: CaseRow }) {
  const time = timeWords(item)
  return (
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
          <Notices item={item} />
        </span>
        <span class="desk-row-text">
          {item.photos > 0 && (
            <span class="desk-row-photos">
              <Icon name="photo" />
              <span class="visually-hidden">{t('console:row.photos', { count: item.photos })}</span>
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
  )
}

/** What happened that nobody has noticed yet; each kind once. */
function Notices({ item }: { item: CaseRow }) {
  const kinds = [...new Set(item.notices.map((notice) => notice.kind))]
  return kinds.map((kind) => (
    <span key={kind} class="desk-notice-mark">
      <Icon name="bell" /> {wordsOr(`console:notice.${kind}`, kind)}
    </span>
  ))
}

function CallLink({ call, now, onOpen }: RowProps & { call: InboxCall }) {
  return (
    <Link href="/sos" class="desk-row urgent" data-row={call.id} onClick={() => onOpen(call.id)}>
      <span class="desk-row-icon">
        <Icon name="bell" />
      </span>
      <span class="desk-row-what">
        <span class="desk-row-head">
          <UrgentMark />
          <span class="desk-strong">{t('console:row.sos')}</span>
        </span>
        <span class="desk-row-text">
          {t(call.isMine ? 'console:row.sos_mine' : 'console:row.sos_open')}
          {call.people !== null && ` · ${t('console:row.people', { count: call.people })}`}
          {!call.isTold && ` · ${t('console:row.sos_untold')}`}
        </span>
      </span>
      <span class="desk-row-place">
        <Icon name="place" /> {call.place ?? call.unitName}
      </span>
      <span class="desk-row-state" />
      <span class="desk-row-time">
        <span class="muted small">{agoWords(call.createdAt, now)}</span>
      </span>
    </Link>
  )
}

const ALERT_KEYS = {
  unchanged: 'console:row.alert_unchanged',
  ending: 'console:row.alert_ending',
} as const

const alertKey = ({ reason, isMeasured }: InboxAlert) => {
  if (reason !== 'proposed') return ALERT_KEYS[reason]
  return isMeasured ? 'console:row.alert_measured' : 'console:row.alert'
}

function AlertLink({ alert, now, onOpen }: RowProps & { alert: InboxAlert }) {
  return (
    <Link
      href={`/alerts/${alert.id}`}
      class="desk-row urgent"
      data-row={alert.id}
      onClick={() => onOpen(alert.id)}
    >
      <span class="desk-row-icon">
        <Icon name="warning" />
      </span>
      <span class="desk-row-what">
        <span class="desk-row-head">
          <UrgentMark />
          <span class="desk-strong">{t(alertKey(alert))}</span>
          <span class="muted">
            {alert.kindLabel} · {alert.levelLabel}
          </span>
        </span>
        <span class="desk-row-text">{alert.headline}</span>
      </span>
      <span class="desk-row-place">
        <Icon name="place" /> {alert.unitName}
      </span>
      <span class="desk-row-state" />
      <span class="desk-row-time">
        <span class="muted small">{agoWords(alert.since, now)}</span>
      </span>
    </Link>
  )
}

function ChatLink({ chat, now, onOpen }: RowProps & { chat: InboxChat }) {
  const channel = wordsOr(`console:chats.channel.${chat.channel}`, chat.channel)
  return (
    <Link
      href={chat.state === 'by_hand' ? '/chats' : `/chats/${chat.id}`}
      class="desk-row"
      data-row={chat.id}
      onClick={() => onOpen(chat.id)}
    >
      <span class="desk-row-icon">
        <Icon name="chat" />
      </span>
      <span class="desk-row-what">
        <span class="desk-strong">{t(`console:row.chat.${chat.state}`)}</span>
        <span class="desk-row-text">{t('console:chats.name', { channel, tail: chat.tail })}</span>
      </span>
      <span class="desk-row-place" />
      <span class="desk-row-state" />
      <span class="desk-row-time">
        <span class="muted small">{agoWords(chat.lastAt, now)}</span>
      </span>
    </Link>
  )
}
