import { useState } from 'preact/hooks'
import { idFactory } from '../../../../api/core/ids.ts'
import type { OwnIncident } from '../../../../api/rooms/incidents/schema.ts'
import { MAX_PHOTOS } from '../../resident/draft.ts'
import { addToOwn } from '../../resident/own-calls.ts'
import { UploadPicker } from '../../resident/upload-picker.tsx'
import { type UploadedPhoto, useUploads } from '../../resident/use-uploads.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'

const MAX_ADDED = 2_000
const newKey = idFactory(
  () => new Date(),
  (length) => crypto.getRandomValues(new Uint8Array(length)),
)

type Props = { code: string; onDone: (own: OwnIncident) => void; onClose: () => void }

/** More words or photos for an open case. */
export function AddSheet({ code, onDone, onClose }: Props) {
  const [key] = useState(newKey)
  const [text, setText] = useState('')
  const [photos, setPhotos] = useState<UploadedPhoto[]>([])
  const uploads = useUploads((photo) => setPhotos((all) => [...all, photo]))
  const { isBusy, problem, run } = useWork()
  const words = text.trim()
  const send = async () => {
    const media = photos.map(({ mediaId, uploadSecret }) => ({
      mediaId,
      ...(uploadSecret === undefined ? {} : { uploadSecret }),
    }))
    const own = await run(() =>
      addToOwn(code, key, { ...(words === '' ? {} : { text: words }), media }),
    )
    if (own) onDone(own)
  }
  return (
    <Sheet title={t('incidents:act.add')} closeLabel={t('screens:close')} onClose={onClose}>
      <TextArea
        label={t('screens:add.text')}
        value={text}
        maxLength={MAX_ADDED}
        onInput={setText}
      />
      <UploadPicker
        photos={photos}
        left={MAX_PHOTOS - photos.length}
        uploads={uploads}
        onRemove={(gone) => setPhotos((all) => all.filter(({ mediaId }) => mediaId !== gone))}
      />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button
          isBig
          isBusy={isBusy}
          isDisabled={uploads.isBusy || (words === '' && photos.length === 0)}
          onClick={send}
        >
          {t('screens:add.send')}
        </Button>
      </div>
    </Sheet>
  )
}
