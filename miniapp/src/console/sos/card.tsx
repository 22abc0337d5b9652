import { useState } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import type { BoardCase, MoveInput } from '../../../../api/rooms/sos/schema.ts'
import { originalUrl } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'

type Props = {
  call: BoardCase
  isBusy: boolean
  /** The heading of a card stands one below that of its list. */
  heading: 'h2' | 'h3'
  onMove: (move: MoveInput) => void
}

const at = (instant: string): string => formatDateTime(new Date(instant))

/** One call: where and who at a glance, what was said, who has it, and the next step. */
export function CallCard({ call, isBusy, heading: Heading, onMove }: Props) {
  const place = [call.place, call.placeWords].filter(Boolean).join(' – ')
  const people = call.people === null ? t('sos:line.unknown') : String(call.people)
  const kinds = call.vulnerable.map((kind) => t(asKey(`sos:kind.${kind}`))).join(', ')
  return (
    <li class={`card stack sos-call ${call.state}`}>
      <p class="sos-state">
        <strong>{t(asKey(`sos:state.${call.state}`))}</strong> · {at(call.createdAt)}
        {call.state === 'open' && ` · ${t('sos:board.rounds', { count: call.round })}`}
      </p>
      <Heading>{place === '' ? t('sos:line.unknown') : place}</Heading>
      <dl class="sos-facts">
        <Fact name={t('sos:fact.people')} value={people} />
        <Fact name={t('sos:fact.kinds')} value={kinds} />
        <Fact name={t('sos:fact.depth')} value={depthOf(call)} />
        <Fact name={t('sos:fact.point')} value={pointOf(call)} />
        <Fact name={t('sos:fact.water')} value={waterOf(call)} />
        <Fact name={t('sos:fact.claimed')} value={stepOf(call.claimedBy, call.claimedAt)} />
        <Fact name={t('sos:fact.reached')} value={call.reachedAt && at(call.reachedAt)} />
        <Fact name={t('sos:fact.ended')} value={call.endedAt && at(call.endedAt)} />
        {call.phone !== null && (
          <div>
            <dt>{t('sos:fact.phone')}</dt>
            <dd>
              <a href={`tel:${call.phone}`}>{call.phone}</a>
            </dd>
          </div>
        )}
      </dl>
      {call.notes.length > 0 && (
        <ul class="sos-words">
          {call.notes.map((note) => (
            <li key={note.at + note.text + (note.mediaId ?? '')}>
              <span class="muted small">{at(note.at)}</span> {note.text}
              {note.mediaId !== null && <Photo mediaId={note.mediaId} time={at(note.at)} />}
            </li>
          ))}
        </ul>
      )}
      <Moves call={call} isBusy={isBusy} onMove={onMove} />
    </li>
  )
}

/** As it came: whoever goes there has to see what the sender saw. */
function Photo({ mediaId, time }: { mediaId: string; time: string }) {
  return (
    <a class="sos-photo" href={originalUrl(mediaId)} target="_blank" rel="noreferrer">
      <img src={originalUrl(mediaId, 'thumb')} alt={t('sos:board.photo', { at: time })} />
    </a>
  )
}

function Fact({ name, value }: { name: string; value: string | null }) {
  if (value === null || value === '') return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

const pointOf = ({ lat, lng }: BoardCase): string | null =>
  lat === null || lng === null ? null : `${lat.toFixed(5)}, ${lng.toFixed(5)}`

const depthOf = ({ depthCm }: BoardCase): string | null =>
  depthCm === null ? null : t('sos:fact.about_cm', { cm: String(depthCm) })

const stepOf = (who: string | null, when: string | null): string | null =>
  who === null || when === null ? null : `${who}, ${at(when)}`

function waterOf({ water }: BoardCase): string | null {
  if (water === null) return null
  return water.distanceKm === null
    ? water.text
    : `${water.text} (${t('sos:board.away', { km: String(water.distanceKm) })})`
}

type CloseReason = NonNullable<MoveInput['reason']>
/** All reasons, by a type alone: the schema's values would bring the whole validator. */
const REASONS: Record<CloseReason, true> = {
  false_alarm: true,
  handed_over: true,
  duplicate: true,
  unreachable: true,
}

const NEXT = {
  open: ['claim'],
  claimed: ['reach', 'safe', 'release'],
  reached: ['safe', 'release'],
} as const

function Moves({ call, isBusy, onMove }: Omit<Props, 'heading'>) {
  const [isClosing, setClosing] = useState(false)
  const { state } = call
  if (state !== 'open' && state !== 'claimed' && state !== 'reached') return null
  if (isClosing)
    return (
      <div class="desk-line sos-moves">
        {(Object.keys(REASONS) as CloseReason[]).map((reason) => (
          <Button
            key={reason}
            look="secondary"
            isBusy={isBusy}
            onClick={() => onMove({ move: 'close', reason })}
          >
            {t(`sos:reason.${reason}`)}
          </Button>
        ))}
        <Button look="quiet" onClick={() => setClosing(false)}>
          {t('console:close')}
        </Button>
      </div>
    )
  return (
    <div class="desk-line sos-moves">
      {NEXT[state].map((move, i) => (
        <Button
          key={move}
          look={i === 0 ? 'primary' : 'secondary'}
          isBusy={isBusy}
          onClick={() => onMove({ move })}
        >
          {t(`sos:do.${move}`)}
        </Button>
      ))}
      <Button look="quiet" onClick={() => setClosing(true)}>
        {t('sos:board.close')}
      </Button>
    </div>
  )
}
