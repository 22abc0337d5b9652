import { useState } from 'preact/hooks'
import { mediaUrl } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { Icon } from '../../ui/icons.tsx'
import { Sheet } from '../../ui/sheet.tsx'

type PhotosProps = { title: string; mediaIds: readonly string[] }

function Thumb({ mediaId, name, onOpen }: { mediaId: string; name: string; onOpen: () => void }) {
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
      <img src={mediaUrl(mediaId, 'thumb')} alt="" onError={() => setBroken(true)} />
    </button>
  )
}

/** Photos of a case; a press enlarges one. */
export function Photos({ title, mediaIds }: PhotosProps) {
  const [open, setOpen] = useState<number>()
  if (mediaIds.length === 0) return null
  const nameOf = (i: number) => t('console:photo.name', { title, number: i + 1 })
  return (
    <section class="desk-section" aria-label={title}>
      <h2>{title}</h2>
      <ul class="desk-photos">
        {mediaIds.map((mediaId, i) => (
          <li key={mediaId}>
            <Thumb mediaId={mediaId} name={nameOf(i)} onOpen={() => setOpen(i)} />
          </li>
        ))}
      </ul>
      {open !== undefined && (
        <Sheet
          title={nameOf(open)}
          closeLabel={t('console:close')}
          onClose={() => setOpen(undefined)}
          isPicture
        >
          <img class="sheet-picture" src={mediaUrl(mediaIds[open] ?? '')} alt={nameOf(open)} />
        </Sheet>
      )}
    </section>
  )
}
