import { useState } from 'preact/hooks'
import { CategoryChoice } from '../../resident/category-choice.tsx'
import { MAX_DESCRIPTION } from '../../resident/draft.ts'
import { UploadPicker } from '../../resident/upload-picker.tsx'
import { type UploadedPhoto, useUploads } from '../../resident/use-uploads.ts'
import { t } from '../../shared/i18n.ts'
import { timeText } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Check, TextArea, TextField } from '../../ui/field.tsx'
import { type Open, type Said, sendForm } from './calls.ts'
import { forgetWords, keepWords, type LongWords, startWords } from './words.ts'

const MAX_PLACE = 200

type Props = {
  token: string
  open: Open
  onSent: (said: { messages: Said; isRepeat: boolean }) => void
  onStale: () => void
}

/** What is written, kept on the device at every key. */
function useWords(token: string, open: Open) {
  const [words, setWords] = useState<LongWords>(() => startWords(token, open))
  const change = (edit: (before: LongWords) => Partial<LongWords>) =>
    setWords((before) => {
      const next = { ...before, ...edit(before) }
      keepWords(token, next)
      return next
    })
  return [words, change] as const
}

const refsOf = (photos: readonly UploadedPhoto[]) =>
  photos.map(({ mediaId, uploadSecret }) => ({
    mediaId,
    ...(uploadSecret === undefined ? {} : { uploadSecret }),
  }))

/** One page for everything; what the chat knows already stands in it. */
export function LongForm({ token, open, onSent, onStale }: Props) {
  const { view, consent } = open
  const [words, change] = useWords(token, open)
  const uploads = useUploads((photo) => change(({ photos }) => ({ photos: [...photos, photo] })))
  const [agrees, setAgrees] = useState(consent === null)
  const [isAsked, setAsked] = useState(false)
  const [{ isBusy, problem }, setSending] = useState<{ isBusy: boolean; problem?: unknown }>({
    isBusy: false,
  })
  const missing = {
    description: !/\p{L}/u.test(words.description),
    category: words.category === undefined,
    place: view.place === null && words.place.trim() === '',
  }
  const isWhole = agrees && !missing.description && !missing.category && !missing.place

  const send = async () => {
    setAsked(true)
    if (!isWhole) return
    setSending({ isBusy: true })
    try {
      const said = await sendForm({
        token,
        description: words.description,
        place: words.place,
        media: refsOf(words.photos),
        ...(words.category === undefined ? {} : { category: words.category }),
        ...(consent === null ? {} : { consentVersion: consent.version }),
      })
      forgetWords(token)
      onSent(said)
    } catch (reason) {
      setSending({ isBusy: false, problem: reason })
      if ((reason as { code?: unknown }).code === 'identity.consent_stale') onStale()
    }
  }
  const error = (is: boolean, key: 'place' | 'category' | 'description') =>
    isAsked && is ? { error: t(`miniapp:missing.${key}`) } : {}

  return (
    <>
      <p class="muted">{t('miniapp:long.intro', { time: timeText(open.expiresAt) })}</p>
      <TextArea
        label={t('miniapp:long.description')}
        hint={t('miniapp:what.description.hint')}
        value={words.description}
        maxLength={MAX_DESCRIPTION}
        rows={10}
        isRequired
        onInput={(description) => change(() => ({ description }))}
        {...error(missing.description, 'description')}
      />
      <CategoryChoice
        chosen={words.category}
        onChange={(category) => change(() => ({ category }))}
        {...error(missing.category, 'category')}
      />
      {view.place && <p>{t('miniapp:long.place.known', { place: view.place.label })}</p>}
      <TextField
        label={t(view.place ? 'miniapp:long.place.more' : 'miniapp:long.place')}
        hint={t('miniapp:long.place.hint')}
        value={words.place}
        maxLength={MAX_PLACE}
        onInput={(place) => change(() => ({ place }))}
        {...error(missing.place, 'place')}
      />
      <Card title={t('miniapp:long.photos')}>
        {view.photoCount > 0 && <p>{t('miniapp:long.photos.have', { count: view.photoCount })}</p>}
        <UploadPicker
          photos={words.photos}
          left={view.photosLeft - words.photos.length}
          uploads={uploads}
          onRemove={(gone) =>
            change(({ photos }) => ({ photos: photos.filter(({ mediaId }) => mediaId !== gone) }))
          }
        />
      </Card>
      {consent && (
        <Card title={t('miniapp:consent.title')}>
          <p class="own-words">{consent.body}</p>
          <Check label={t('miniapp:consent.agree')} isOn={agrees} onChange={setAgrees} />
          <div class="live" role="alert">
            {isAsked && !agrees && <p class="field-error">{t('miniapp:consent.missing')}</p>}
          </div>
        </Card>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button isBig isBusy={isBusy} isDisabled={uploads.isBusy} onClick={send}>
          {t(isBusy ? 'miniapp:review.sending' : 'miniapp:review.send')}
        </Button>
      </div>
    </>
  )
}
