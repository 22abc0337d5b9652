import { t } from '../../shared/i18n.ts'
import { TextArea } from '../../ui/field.tsx'
import { useDraft } from './draft.ts'
import { MoveSheet, SendButton, type SheetProps } from './sheets.tsx'

const MAX_NOTE = 500
const DAYS = { min: 1, max: 15, usual: 5 }
const isDays = (days: number) => days >= DAYS.min && days <= DAYS.max

function DaysField(props: { label: string; days: number; onDays: (days: number) => void }) {
  return (
    <label class="field">
      <span class="field-label">{props.label}</span>
      <input
        class="input"
        type="number"
        min={DAYS.min}
        max={DAYS.max}
        value={props.days}
        onInput={(event) => {
          const days = event.currentTarget.valueAsNumber
          if (Number.isInteger(days)) props.onDays(days)
        }}
      />
    </label>
  )
}

/** Asks for more time: why, and how many working days. Once a case. */
export function AskExtensionSheet(props: SheetProps) {
  const { incident, move, onClose } = props
  const draft = useDraft(`${incident.id}:request_extension`, { note: '', days: DAYS.usual })
  const { days } = draft.value
  const note = draft.value.note.normalize('NFC').trim()
  const send = async () => {
    if (!(await move({ kind: 'request_extension', note, days }))) return
    draft.clear()
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
        <TextArea
          label={t('console:note.request_extension')}
          hint={t('console:note.request_extension.hint')}
          value={draft.value.note}
          onInput={(value) => draft.set((before) => ({ ...before, note: value }))}
          maxLength={MAX_NOTE}
        />
        <DaysField
          label={t('console:extension.label')}
          days={days}
          onDays={(value) => draft.set((before) => ({ ...before, days: value }))}
        />
        <SendButton {...props} isReady={note !== '' && isDays(days)} />
      </form>
    </MoveSheet>
  )
}

/** More working days for a case that asked for them; what was asked for stands first. */
export function ExtensionSheet(props: SheetProps) {
  const { incident, move, onClose } = props
  const asked = incident.extensionAsked
  const draft = useDraft(`${incident.id}:grant_extension`, asked?.days ?? DAYS.usual)
  const send = async () => {
    if (!(await move({ kind: 'grant_extension', days: draft.value }))) return
    draft.clear()
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
        {asked && <p class="desk-words">{asked.note}</p>}
        <DaysField
          label={t('console:extension.label')}
          days={draft.value}
          onDays={(value) => draft.set(() => value)}
        />
        <SendButton {...props} isReady={isDays(draft.value)} />
      </form>
    </MoveSheet>
  )
}
