import { useState } from 'preact/hooks'
import { t } from '../shared/i18n.ts'
import { Icon } from './icons.tsx'

/** Where a case stands, in four tones: waiting for us, moving, answered, over. */
const TONES: Readonly<Record<string, string>> = {
  received: 'waiting',
  needs_info: 'waiting',
  reopened: 'waiting',
  answered: 'done',
  closed: 'done',
  refused: 'ended',
  duplicate: 'ended',
  withdrawn: 'ended',
}

/** The state of a case; the label carries the meaning, the tone only helps. */
export function StateBadge({ state, label }: { state: string; label: string }) {
  return <span class={`badge ${TONES[state] ?? 'moving'}`}>{label}</span>
}

export type TimelineStep = { title: string; at: string; note?: string }

/** Steps, oldest first; the last one is where things stand now. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  return (
    <ol class="timeline">
      {steps.map((step, i) => {
        const isNow = i === steps.length - 1
        return (
          <li key={i} class={isNow ? 'now' : ''} aria-current={isNow ? 'step' : undefined}>
            <p class="timeline-title">{step.title}</p>
            <p class="muted small">{step.at}</p>
            {step.note && <p>{step.note}</p>}
          </li>
        )
      })}
    </ol>
  )
}

type StripPhoto = { key: string; src: string; alt: string; caption?: string; href?: string }

/** One picture; a grey frame when this reader may not see it or it does not load. */
type PhotoProps = {
  photo: StripPhoto
  onRemove?: ((key: string) => void) | undefined
  onOpen?: ((key: string) => void) | undefined
}

function Photo({ photo, onRemove, onOpen }: PhotoProps) {
  const [isBroken, setBroken] = useState(false)
  const frame = isBroken ? (
    <span class="photo-frame" role="img" aria-label={t('miniapp:photo.hidden')}>
      <Icon name="photo" />
    </span>
  ) : (
    <span class="photo-frame">
      <img src={photo.src} alt={photo.alt} loading="lazy" onError={() => setBroken(true)} />
    </span>
  )
  return (
    <figure class="photo">
      {onOpen && !isBroken ? (
        <button type="button" class="photo-open" onClick={() => onOpen(photo.key)}>
          {frame}
        </button>
      ) : photo.href && !isBroken ? (
        <a href={photo.href}>{frame}</a>
      ) : (
        frame
      )}
      {photo.caption && <figcaption>{photo.caption}</figcaption>}
      {onRemove && (
        <button
          type="button"
          class="photo-remove"
          aria-label={t('miniapp:photo.remove', { name: photo.alt })}
          onClick={() => onRemove(photo.key)}
        >
          <Icon name="close" />
        </button>
      )}
    </figure>
  )
}

type StripProps = {
  photos: readonly StripPhoto[]
  /** Two in a row, as wide as there is room. */
  isLarge?: boolean
  onRemove?: (key: string) => void
  /** Shows one large, in place of following its link. */
  onOpen?: (key: string) => void
}

/** Pictures in a row that wraps; with `onRemove` each carries a cross. */
export function PhotoStrip({ photos, isLarge, onRemove, onOpen }: StripProps) {
  if (photos.length === 0) return null
  return (
    <div class={isLarge ? 'photo-strip large' : 'photo-strip'}>
      {photos.map((photo) => (
        <Photo key={photo.key} photo={photo} onRemove={onRemove} onOpen={onOpen} />
      ))}
    </div>
  )
}
