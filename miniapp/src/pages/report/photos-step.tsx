import { changeDraft, MAX_PHOTOS, useDraft } from '../../resident/draft.ts'
import { MainAction } from '../../resident/main-action.tsx'
import { PhotoPicker } from '../../resident/photo-picker.tsx'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Spinner } from '../../ui/feedback.tsx'
import { goTo } from './steps.ts'
import type { Photos } from './use-photos.ts'

/** Step 1. A picture says where and what faster than words; it can be left out. */
export function PhotosStep({ uploads }: { uploads: Photos }) {
  const { photos } = useDraft()
  const isWaiting = photos.some(({ id, mediaId }) => !mediaId && !uploads.sending.has(id))
  return (
    <>
      <p class="muted">{t('miniapp:report.photos.text', { max: MAX_PHOTOS })}</p>
      <PhotoPicker
        photos={photos.map(({ id, thumb }) => ({ key: id, thumb }))}
        left={MAX_PHOTOS - photos.length}
        onTake={uploads.add}
        onRemove={(id) => changeDraft({ photos: photos.filter((photo) => photo.id !== id) })}
      >
        {uploads.sending.size > 0 && <Spinner label={t('miniapp:photo.uploading')} />}
        {isWaiting && <p class="muted small">{t('miniapp:photo.waiting')}</p>}
        {uploads.refused.map(({ id, problem }) => (
          <div key={id} class="stack tight">
            <ProblemNotice problem={problem} />
            <div>
              <Button look="quiet" onClick={() => uploads.drop(id)}>
                {t('miniapp:photo.leave_out')}
              </Button>
            </div>
          </div>
        ))}
      </PhotoPicker>
      <MainAction
        label={t(photos.length > 0 ? 'miniapp:nav.next' : 'miniapp:report.photos.skip')}
        onPress={() => goTo('place')}
        isNext
      />
    </>
  )
}
