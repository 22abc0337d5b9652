import { useState } from 'preact/hooks'
import { mediaUrl } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { PhotoStrip } from '../../ui/case-parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'

export type CasePhoto = { mediaId: string; label: string; caption?: string }

/** Pictures of a case, each large on a tap, so that nobody has to leave the page for it. */
export function CasePhotos({ photos, isLarge }: { photos: CasePhoto[]; isLarge?: boolean }) {
  const [opened, setOpened] = useState<string>()
  const shown = photos.find(({ mediaId }) => mediaId === opened)
  return (
    <>
      <PhotoStrip
        {...(isLarge ? { isLarge } : {})}
        onOpen={setOpened}
        photos={photos.map(({ mediaId, label, caption }) => ({
          key: mediaId,
          src: mediaUrl(mediaId, 'thumb'),
          alt: label,
          ...(caption === undefined ? {} : { caption }),
        }))}
      />
      {shown && (
        <Sheet
          isPicture
          title={shown.label}
          closeLabel={t('screens:close')}
          onClose={() => setOpened(undefined)}
        >
          <img class="sheet-picture" src={mediaUrl(shown.mediaId)} alt={shown.label} />
        </Sheet>
      )}
    </>
  )
}
