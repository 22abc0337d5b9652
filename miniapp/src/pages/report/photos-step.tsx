import { platform } from '../../platform/index.ts'
import { changeDraft, useDraft } from '../../resident/draft.ts'
import { MainAction } from '../../resident/main-action.tsx'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { PhotoStrip } from '../../ui/case-parts.tsx'
import { ProblemNotice, Spinner } from '../../ui/feedback.tsx'
import { Icon } from '../../ui/icons.tsx'
import { goTo } from './steps.ts'
import { MAX_PHOTOS, type RefusedPhoto, type Uploads } from './use-uploads.ts'

function Refused({ photo, uploads }: { photo: RefusedPhoto; uploads: Uploads }) {
  return (
    <div class="stack tight">
      <ProblemNotice problem={photo.problem} />
      <div>
        <Button look="quiet" onClick={() => uploads.drop(photo.id)}>
          {t('miniapp:photo.leave_out')}
        </Button>
      </div>
    </div>
  )
}

/** Step 1. A picture says where and what faster than words; it can be left out. */
export function PhotosStep({ uploads }: { uploads: Uploads }) {
  const { photos } = useDraft()
  const room = MAX_PHOTOS - photos.length
  const isWaiting = photos.some(({ id, mediaId }) => !mediaId && !uploads.sending.has(id))
  const take = async (source: 'camera' | 'library') =>
    uploads.add(await platform().photo(source, room))
  return (
    <>
      <p class="muted">{t('miniapp:report.photos.text', { max: MAX_PHOTOS })}</p>
      <div class="photo-buttons">
        <Button look="secondary" isBig isDisabled={room <= 0} onClick={() => take('camera')}>
          <Icon name="camera" />
          {t('miniapp:photo.take')}
        </Button>
        <Button look="secondary" isBig isDisabled={room <= 0} onClick={() => take('library')}>
          <Icon name="photo" />
          {t('miniapp:photo.choose')}
        </Button>
      </div>
      <div class="stack live" aria-live="polite">
        <PhotoStrip
          photos={photos.map((photo, i) => ({
            key: photo.id,
            src: photo.thumb,
            alt: t('miniapp:photo.alt', { n: i + 1 }),
          }))}
          onRemove={(id) => changeDraft({ photos: photos.filter((photo) => photo.id !== id) })}
        />
        {uploads.sending.size > 0 && <Spinner label={t('miniapp:photo.uploading')} />}
        {isWaiting && <p class="muted small">{t('miniapp:photo.waiting')}</p>}
        {uploads.refused.map((photo) => (
          <Refused key={photo.id} photo={photo} uploads={uploads} />
        ))}
      </div>
      <p class="muted small">{t('miniapp:photo.heic')}</p>
      <MainAction
        label={t(photos.length > 0 ? 'miniapp:nav.next' : 'miniapp:report.photos.skip')}
        onPress={() => goTo('place')}
        isNext
      />
    </>
  )
}
