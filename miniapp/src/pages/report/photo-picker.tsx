import { platform } from '../../platform/index.ts'
import type { DraftPhoto } from '../../resident/draft.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { PhotoStrip } from '../../ui/case-parts.tsx'
import { ProblemNotice, Spinner } from '../../ui/feedback.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { PendingUpload, Uploads } from './use-uploads.ts'

function Pending({ item, uploads }: { item: PendingUpload; uploads: Uploads }) {
  if (item.problem === undefined) {
    return (
      <div class="uploading">
        {item.thumb && <img src={item.thumb} alt="" />}
        <Spinner label={t('miniapp:photo.uploading')} />
      </div>
    )
  }
  return (
    <div class="stack tight">
      <ProblemNotice problem={item.problem} onRetry={() => uploads.retry(item.id)} />
      <div>
        <Button look="quiet" onClick={() => uploads.drop(item.id)}>
          {t('miniapp:photo.leave_out')}
        </Button>
      </div>
    </div>
  )
}

type PickerProps = {
  photos: readonly DraftPhoto[]
  /** How many more are taken. */
  room: number
  uploads: Uploads
  onRemove: (mediaId: string) => void
}

/** Photos by camera or from the library, those on their way, and those that are there. */
export function PhotoPicker({ photos, room, uploads, onRemove }: PickerProps) {
  const left = room - uploads.pending.length
  const take = async (source: 'camera' | 'library') =>
    uploads.add(await platform().photo(source, left))
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
          photos={photos.map((photo, i) => ({
            key: photo.mediaId,
            src: photo.thumb,
            alt: t('miniapp:photo.alt', { n: i + 1 }),
          }))}
          onRemove={onRemove}
        />
        {uploads.pending.map((item) => (
          <Pending key={item.id} item={item} uploads={uploads} />
        ))}
      </div>
      <p class="muted small">{t('miniapp:photo.heic')}</p>
    </>
  )
}
