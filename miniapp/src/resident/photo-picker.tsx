import type { ComponentChildren } from 'preact'
import { platform } from '../platform/index.ts'
import { t } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'
import { PhotoStrip } from '../ui/case-parts.tsx'
import { Icon } from '../ui/icons.tsx'

type PickerProps = {
  photos: readonly { key: string; thumb: string }[]
  /** How many more are taken. */
  left: number
  onTake: (files: readonly File[]) => void
  onRemove: (key: string) => void
  /** What is on its way, and what went wrong. */
  children: ComponentChildren
}

/** Photos by camera or from the library, and those that are there. */
export function PhotoPicker({ photos, left, onTake, onRemove, children }: PickerProps) {
  const take = async (source: 'camera' | 'library') => onTake(await platform().photo(source, left))
  return (
    <>
      <div class="photo-buttons">
        <Button look="secondary" isBig isDisabled={left <= 0} onClick={() => take('camera')}>
          <Icon name="camera" />
          {t('miniapp:photo.take')}
        </Button>
        <Button look="secondary" isBig isDisabled={left <= 0} onClick={() => take('library')}>
          <Icon name="photo" />
          {t('miniapp:photo.choose')}
        </Button>
      </div>
      <div class="stack live" aria-live="polite">
        <PhotoStrip
          photos={photos.map(({ key, thumb }, i) => ({
            key,
            src: thumb,
            alt: t('miniapp:photo.alt', { n: i + 1 }),
          }))}
          onRemove={onRemove}
        />
        {children}
      </div>
      <p class="muted small">{t('miniapp:photo.heic')}</p>
    </>
  )
}
