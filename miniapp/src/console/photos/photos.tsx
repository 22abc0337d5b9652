import './photos.css'
import { useState } from 'preact/hooks'
import { mediaUrl, originalUrl } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { lazyPart } from '../lazy-part.tsx'
import type { CaseView } from '../types.ts'

const Cover = lazyPart(() => import('./cover.tsx').then((m) => m.Cover))

export type Photo = CaseView['media'][number]
type PhotosProps = {
  title: string
  photos: readonly Photo[]
  incident: CaseView
  load: () => Promise<void>
}

function Thumb({ photo, name, onOpen }: { photo: Photo; name: string; onOpen: () => void }) {
  const [isBroken, setBroken] = useState(false)
  if (isBroken)
    return (
      <span class="desk-photo broken" role="img" aria-label={t('console:photo.missing', { name })}>
        <Icon name="photo" />
      </span>
    )
  return (
    <button
      type="button"
      class="desk-photo"
      aria-label={t('console:photo.open', { name })}
      onClick={onOpen}
    >
      <img src={originalUrl(photo.mediaId, 'thumb')} alt="" onError={() => setBroken(true)} />
    </button>
  )
}

/** As it came, or as everybody sees it (its address changes with each covering, so that no old copy is shown). */
const srcOf = ({ mediaId, redactedAt }: Photo, isPublic: boolean): string =>
  isPublic ? `${mediaUrl(mediaId)}&v=${redactedAt ?? ''}` : originalUrl(mediaId)

type OpenProps = { photo: Photo; name: string; mayCover: boolean; onCover: () => void }

/** One photo on the whole screen: nearer, as everybody sees it, and the way to cover something. */
function Large({ photo, name, mayCover, onCover }: OpenProps) {
  const [isNear, setNear] = useState(false)
  const [isPublic, setPublic] = useState(false)
  return (
    <>
      <div class={isNear ? 'desk-large near' : 'desk-large'} tabIndex={isNear ? 0 : undefined}>
        <img class="sheet-picture" src={srcOf(photo, isPublic)} alt={name} />
      </div>
      <div class="button-row desk-large-bar">
        <Button look="secondary" isPressed={isNear} onClick={() => setNear(!isNear)}>
          {t('console:photo.near')}
        </Button>
        {photo.boxes.length > 0 && (
          <Button look="secondary" isPressed={isPublic} onClick={() => setPublic(!isPublic)}>
            {t('console:photo.as_public')}
          </Button>
        )}
        {mayCover && (
          <Button look="secondary" onClick={onCover}>
            {t('console:photo.cover')}
          </Button>
        )}
      </div>
    </>
  )
}

/** Photos of a case; a press enlarges one. */
export function Photos({ title, photos, incident, load }: PhotosProps) {
  const [open, setOpen] = useState<number>()
  const [isCovering, setCovering] = useState(false)
  if (photos.length === 0) return null
  const nameOf = (i: number) => t('console:photo.name', { title, number: i + 1 })
  const close = () => {
    setOpen(undefined)
    setCovering(false)
  }
  const shown = open === undefined ? undefined : photos[open]
  return (
    <section class="desk-section" aria-label={title}>
      <h2>{title}</h2>
      <ul class="desk-photos">
        {photos.map((photo, i) => (
          <li key={photo.mediaId}>
            <Thumb photo={photo} name={nameOf(i)} onOpen={() => setOpen(i)} />
            {photo.boxes.length > 0 && (
              <span class="muted small">
                {t('console:photo.covered', { count: photo.boxes.length })}
              </span>
            )}
          </li>
        ))}
      </ul>
      {open !== undefined && shown !== undefined && (
        <Sheet
          key={isCovering ? 'cover' : 'look'}
          title={isCovering ? t('console:photo.cover') : nameOf(open)}
          closeLabel={t('console:close')}
          onClose={close}
          isPicture
        >
          {isCovering ? (
            <Cover
              id={incident.id}
              photo={shown}
              name={nameOf(open)}
              onDone={() => {
                setCovering(false)
                void load()
              }}
              load={load}
            />
          ) : (
            <Large
              photo={shown}
              name={nameOf(open)}
              mayCover={incident.mayRedact}
              onCover={() => setCovering(true)}
            />
          )}
        </Sheet>
      )}
    </section>
  )
}
