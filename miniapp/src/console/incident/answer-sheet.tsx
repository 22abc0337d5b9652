import { hasGap } from '../../../../api/core/fill-template.ts'
import { platform } from '../../platform/index.ts'
import { ApiProblem } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { PhotoStrip } from '../../ui/case-parts.tsx'
import { Check, TextArea, TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'
import { uploadProof } from '../calls.ts'
import type { OfficialMove } from '../types.ts'
import { useDraft } from './draft.ts'
import { MoveSheet, ResidentReads, type SheetProps } from './sheets.tsx'
import { Templates } from './templates.tsx'

const MAX_PHOTOS = 5
const MAX_TEXT = 4_000
const MAX_REASON = 500
const MAX_NUMBER = 100
const MAX_REFERENCE = 300

type Proof = { key: string; src: string; name: string; mediaId?: string; trouble?: string }
type Answer = {
  text: string
  hasNoPhoto: boolean
  reason: string
  hasDocument: boolean
  number: string
  reference: string
  proofs: readonly Proof[]
}
const EMPTY: Answer = {
  text: '',
  hasNoPhoto: false,
  reason: '',
  hasDocument: false,
  number: '',
  reference: '',
  proofs: [],
}

const plain = (text: string) => text.normalize('NFC').trim()

/** The paper, as the move carries it; none when it has no number. */
function documentOf({ hasDocument, number, reference }: Answer) {
  if (!hasDocument || plain(number) === '') return undefined
  return plain(reference) === ''
    ? { number: plain(number) }
    : { number: plain(number), reference: plain(reference) }
}

const troubleOf = (problem: unknown): string =>
  (problem instanceof ApiProblem && problem.detail) || t('console:answer.upload_failed')

function useAnswer(incidentId: string) {
  const { value, set, clear } = useDraft<Answer>(`${incidentId}:answer`, EMPTY)
  const patch = (change: Partial<Answer>) => set((before) => ({ ...before, ...change }))
  const patchProof = (key: string, change: Partial<Proof>) =>
    set((before) => ({
      ...before,
      proofs: before.proofs.map((proof) => (proof.key === key ? { ...proof, ...change } : proof)),
    }))
  const add = async (source: 'camera' | 'library') => {
    const files = await platform().photo(source, MAX_PHOTOS - value.proofs.length)
    for (const file of files) {
      const src = URL.createObjectURL(file)
      const proof = { key: src, src, name: file.name || t('console:answer.photo') }
      set((before) => ({ ...before, proofs: [...before.proofs, proof] }))
      uploadProof(file).then(
        (mediaId) => patchProof(src, { mediaId }),
        (problem: unknown) => patchProof(src, { trouble: troubleOf(problem) }),
      )
    }
  }
  const remove = (key: string) => {
    URL.revokeObjectURL(key)
    set((before) => ({ ...before, proofs: before.proofs.filter((proof) => proof.key !== key) }))
  }
  return { value, patch, add, remove, clear }
}

function Proofs({
  proofs,
  onRemove,
}: Pick<Answer, 'proofs'> & { onRemove: (key: string) => void }) {
  return (
    <PhotoStrip
      photos={proofs.map(({ key, src, name, mediaId, trouble }) => ({
        key,
        src,
        alt: name,
        caption: trouble ?? t(mediaId ? 'console:answer.uploaded' : 'console:answer.uploading'),
      }))}
      onRemove={onRemove}
    />
  )
}

type PreviewProps = { props: SheetProps; answer: Answer; move: OfficialMove }

function Preview({ props, answer, move }: PreviewProps) {
  const { incident } = props
  const document = documentOf(answer)
  return (
    <ResidentReads id={incident.id} move={move}>
      <p>
        {t('incidents:tell.answered', {
          code: incident.publicCode,
          agency: incident.agency?.name ?? incident.unitName,
        })}
      </p>
      <p class="desk-words">{answer.text}</p>
      {document && (
        <p>
          {t('incidents:tell.answered.document', {
            document: [document.number, document.reference].filter(Boolean).join(', '),
          })}
        </p>
      )}
      {answer.hasNoPhoto ? (
        answer.reason !== '' && (
          <p>{t('incidents:tell.answered.no_photo', { reason: answer.reason })}</p>
        )
      ) : (
        <div class="desk-preview-photos">
          {answer.proofs
            .filter((proof) => proof.trouble === undefined)
            .map((proof) => (
              <img key={proof.key} src={proof.src} alt={proof.name} />
            ))}
        </div>
      )}
    </ResidentReads>
  )
}

/** The answer: words, and photos that prove it or the reason why there are none; with what the resident will read. */
export function AnswerSheet(props: SheetProps) {
  const { incident, state, move, onClose } = props
  const { value, patch, add, remove, clear } = useAnswer(incident.id)
  const text = plain(value.text)
  const reason = plain(value.reason)
  const document = documentOf(value)
  const mediaIds = value.proofs.flatMap((proof) => proof.mediaId ?? [])
  const isUploading = value.proofs.some((proof) => !proof.mediaId && !proof.trouble)
  const hasPhotos = !value.hasNoPhoto && mediaIds.length > 0
  const isProven = hasPhotos || document !== undefined || (value.hasNoPhoto && reason !== '')
  const isPossible = incident.moves.includes('answer')
  const isUnfilled = hasGap(text)
  const answer: OfficialMove = {
    kind: 'answer',
    text,
    mediaIds: value.hasNoPhoto ? [] : mediaIds,
    ...(document === undefined ? {} : { document }),
    ...(value.hasNoPhoto && reason !== '' ? { noProofReason: reason } : {}),
  }
  const send = async () => {
    if (!(await move(answer))) return
    clear()
    onClose()
  }
  return (
    <MoveSheet {...props}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <Templates incident={incident} text={value.text} onUse={(next) => patch({ text: next })} />
        <TextArea
          label={t('console:answer.text')}
          hint={t('console:answer.text_hint')}
          value={value.text}
          onInput={(next) => patch({ text: next })}
          maxLength={MAX_TEXT}
        />
        <div class="stack tight">
          <p class="field-label">{t('console:answer.photos')}</p>
          {!value.hasNoPhoto && (
            <>
              <Proofs proofs={value.proofs} onRemove={remove} />
              {value.proofs.length < MAX_PHOTOS && (
                <div class="button-row">
                  <Button look="secondary" onClick={() => void add('camera')}>
                    <Icon name="camera" /> {t('console:answer.take')}
                  </Button>
                  <Button look="secondary" onClick={() => void add('library')}>
                    <Icon name="photo" /> {t('console:answer.choose')}
                  </Button>
                </div>
              )}
            </>
          )}
          <Check
            label={t('console:answer.has_document')}
            isOn={value.hasDocument}
            onChange={(hasDocument) => patch({ hasDocument })}
          />
          {value.hasDocument && (
            <>
              <TextField
                label={t('console:answer.number')}
                value={value.number}
                onInput={(number) => patch({ number })}
                maxLength={MAX_NUMBER}
              />
              <TextField
                label={t('console:answer.reference')}
                hint={t('console:answer.reference_hint')}
                value={value.reference}
                onInput={(reference) => patch({ reference })}
                maxLength={MAX_REFERENCE}
              />
            </>
          )}
          <Check
            label={t('console:answer.no_photo')}
            isOn={value.hasNoPhoto}
            onChange={(hasNoPhoto) => patch({ hasNoPhoto })}
          />
          {value.hasNoPhoto && (
            <TextArea
              label={t('console:answer.reason')}
              value={value.reason}
              onInput={(next) => patch({ reason: next })}
              maxLength={MAX_REASON}
            />
          )}
        </div>
        {text !== '' && <Preview props={props} answer={{ ...value, text, reason }} move={answer} />}
        <p class="muted small" role="status">
          {isUnfilled
            ? t('console:answer.unfilled')
            : isUploading
              ? t('console:answer.wait')
              : t(incident.needsApprover ? 'console:answer.to_approver' : 'console:answer.at_once')}
        </p>
        <Button
          type="submit"
          isWide
          isBusy={state.isBusy}
          isDisabled={text === '' || isUnfilled || !isProven || isUploading || !isPossible}
        >
          {t(incident.needsApprover ? 'console:answer.propose' : 'console:answer.send')}
        </Button>
      </form>
    </MoveSheet>
  )
}
