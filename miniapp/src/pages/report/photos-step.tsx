import { changeDraft, useDraft } from '../../resident/draft.ts'
import { MainAction } from '../../resident/main-action.tsx'
import { t } from '../../shared/i18n.ts'
import { PhotoPicker } from './photo-picker.tsx'
import { goTo } from './steps.ts'
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
      <MainAction
        label={t(photos.length > 0 ? 'miniapp:nav.next' : 'miniapp:report.photos.skip')}
        onPress={() => goTo('place')}
        isNext
      />
    </>
  )
}
