import { t } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'
import { ProblemNotice, Spinner } from '../ui/feedback.tsx'
import { PhotoPicker } from './photo-picker.tsx'
import type { PendingUpload, UploadedPhoto, Uploads } from './use-uploads.ts'

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
  photos: readonly UploadedPhoto[]
  /** How many more fit, those on their way included. */
  left: number
  uploads: Uploads
  onRemove: (mediaId: string) => void
}

/** Photos that go to the server at once, for forms that are sent while there is a signal. */
export function UploadPicker({ photos, left, uploads, onRemove }: PickerProps) {
  return (
    <PhotoPicker
      photos={photos.map(({ mediaId, thumb }) => ({ key: mediaId, thumb }))}
      left={left - uploads.pending.length}
      onTake={uploads.add}
      onRemove={onRemove}
    >
      {uploads.pending.map((item) => (
        <Pending key={item.id} item={item} uploads={uploads} />
      ))}
    </PhotoPicker>
  )
}
