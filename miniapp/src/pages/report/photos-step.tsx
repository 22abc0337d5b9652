import { changeDraft, useDraft } from '../../resident/draft.ts'
import { t } from '../../shared/i18n.ts'
import { LinkButton } from '../../ui/button.tsx'
import { PhotoPicker } from './photo-picker.tsx'
import { MAX_PHOTOS, type Uploads } from './use-uploads.ts'

/** Step 1. A picture says where and what faster than words; it can be left out. */
export function PhotosStep({ uploads }: { uploads: Uploads }) {
  const { photos } = useDraft()
  return (
    <>
      <p class="muted">{t('miniapp:report.photos.text', { max: MAX_PHOTOS })}</p>
      <PhotoPicker
        photos={photos}
        room={MAX_PHOTOS - photos.length}
        uploads={uploads}
        onRemove={(mediaId) =>
          changeDraft({ photos: photos.filter((photo) => photo.mediaId !== mediaId) })
        }
      />
      <div class="button-row">
        <LinkButton href="#/report/place" isBig>
          {t(photos.length > 0 ? 'miniapp:nav.next' : 'miniapp:report.photos.skip')}
        </LinkButton>
      </div>
    </>
  )
}
