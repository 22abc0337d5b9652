import './moves.css'
import type { ComponentChildren } from 'preact'
import type { ReasonCode } from '../../../../api/rooms/incidents/schema.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { lazyPart } from '../lazy-part.tsx'
import type { CaseView, OfficialMove } from '../types.ts'
import { wordsOr } from '../words.ts'
import { useDraft } from './draft.ts'
import type { MoveKind } from './moves.ts'
import { MoveNotices } from './notices.tsx'
import type { CaseState } from './use-case.ts'

/** As a desk meets them, most often first; typed here, because the room's list would bring the schema library along. */
const REASONS: Record<ReasonCode, number> = {
  out_of_scope: 1,
  judicial_or_civil: 2,
  complaint: 3,
  not_enough_info: 4,
  already_reported: 5,
  untrue: 6,
  spam: 8,
  other_channel: 7,
}
const REASON_CODES = (Object.keys(REASONS) as ReasonCode[]).sort((a, b) => REASONS[a] - REASONS[b])

export type SheetProps = {
  kind: MoveKind
  incident: CaseView
  state: CaseState
  move: (move: OfficialMove) => Promise<boolean>
  onClose: () => void
}

const MAX_NOTE = 500
const MAX_CODE = 40
const MAX_REDIRECT = 300

/** Frame of every move's sheet: its name, what went wrong, and whether it is still possible. */
export function MoveSheet(props: SheetProps & { children: ComponentChildren }) {
  const { kind, incident, state, onClose, children } = props
  const isPossible = incident.moves.includes(kind)
  return (
    <Sheet title={t(`console:move.${kind}`)} closeLabel={t('console:close')} onClose={onClose}>
      <MoveNotices state={state} />
      {!isPossible && <p class="desk-strong">{t('console:move.gone')}</p>}
      {children}
    </Sheet>
  )
}

/** Second tap of accept-and-forward: the suggested agency stands first, each of them sends at once. */
export function ForwardSheet(props: SheetProps & { kind: 'assign' | 'accept_and_assign' }) {
  const { kind, incident, state, move, onClose } = props
  const isSuggested = (code: string) => code === incident.suggestedAgencyCode
  const agencies = incident.agencies.toSorted(
    (a, b) => Number(isSuggested(b.code)) - Number(isSuggested(a.code)),
  )
  const send = async (agencyCode: string) => {
    if (await move({ kind, agencyCode })) onClose()
  }
  return (
    <MoveSheet {...props}>
      <p class="muted">{t('console:forward.hint')}</p>
      <ul class="desk-agencies">
        {agencies.map((agency) => (
          <li key={agency.code}>
            <button
              type="button"
              class={isSuggested(agency.code) ? 'desk-agency suggested' : 'desk-agency'}
              disabled={state.isBusy || !incident.moves.includes(kind)}
              onClick={() => void send(agency.code)}
            >
              <span>{agency.name}</span>
              {isSuggested(agency.code) && (
                <span class="badge done">{t('console:forward.suggested')}</span>
              )}
              <Icon name="forward" />
            </button>
          </li>
        ))}
      </ul>
    </MoveSheet>
  )
}

/** Makes the move of its sheet. */
export function SendButton({ kind, incident, state, isReady }: SheetProps & { isReady: boolean }) {
  return (
    <Button
      type="submit"
      isWide
      isBusy={state.isBusy}
      isDisabled={!isReady || !incident.moves.includes(kind)}
      look={kind === 'refuse' ? 'danger' : 'primary'}
    >
      {t(`console:move.${kind}`)}
    </Button>
  )
}

/** Refusal with one of the reasons that the resident will read, with the way out that belongs to it. */
export function RefuseSheet(props: SheetProps) {
  const { incident, move, onClose } = props
  const draft = useDraft<{ reason: string; redirect: string }>(`${incident.id}:refuse`, {
    reason: '',
    redirect: '',
  })
  const reason = REASON_CODES.find((code) => code === draft.value.reason)
  const isElsewhere = reason === 'other_channel'
  const redirectTo = isElsewhere ? draft.value.redirect.normalize('NFC').trim() : ''
  const isReady = reason !== undefined && (!isElsewhere || redirectTo !== '')
  const where = redirectTo === '' ? {} : { redirectTo }
  const send = async () => {
    if (reason === undefined || !isReady) return
    if (!(await move({ kind: 'refuse', reasonCode: reason, ...where }))) return
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
        <fieldset class="desk-reasons">
          <legend>{t('console:refuse.legend')}</legend>
          {REASON_CODES.map((code) => (
            <label key={code} class="check">
              <input
                type="radio"
                name="reason"
                value={code}
                checked={reason === code}
                onChange={() => draft.set((before) => ({ ...before, reason: code }))}
              />
              <span>{wordsOr(`incidents:reason.${code}`, code)}</span>
            </label>
          ))}
        </fieldset>
        {isElsewhere && (
          <TextField
            label={t('console:refuse.redirect')}
            hint={t('console:refuse.redirect_hint')}
            value={draft.value.redirect}
            onInput={(redirect) => draft.set((before) => ({ ...before, redirect }))}
            maxLength={MAX_REDIRECT}
          />
        )}
        {reason && (
          <ResidentReads id={incident.id} move={{ kind: 'refuse', reasonCode: reason, ...where }}>
            <p>
              {t('incidents:tell.refused', {
                code: incident.publicCode,
                reason: wordsOr(`incidents:reason.${reason}`, reason),
              })}
            </p>
            {redirectTo !== '' && <p>{t('incidents:reason.redirect', { redirect: redirectTo })}</p>}
          </ResidentReads>
        )}
        <SendButton {...props} isReady={isReady} />
      </form>
    </MoveSheet>
  )
}

const Channels = lazyPart(() => import('./channels.tsx').then((m) => m.Channels))

type ReadsProps = { id: string; move: OfficialMove; children: ComponentChildren }

/** What the resident will get, in the shape of their chat, and on demand on every channel. */
export function ResidentReads({ id, move, children }: ReadsProps) {
  return (
    <section class="desk-preview" aria-label={t('console:preview.title')}>
      <h3>{t('console:preview.title')}</h3>
      <div class="desk-bubble">{children}</div>
      <Channels id={id} move={move} />
    </section>
  )
}

type NoteKind = 'ask_info' | 'record_info' | 'not_our_task' | 'refuse_extension' | 'return_answer'
const OPTIONAL: readonly NoteKind[] = ['not_our_task', 'refuse_extension', 'return_answer']

function noteMove(kind: NoteKind, text: string): OfficialMove {
  if (kind === 'ask_info') return { kind, question: text }
  if (kind === 'record_info') return { kind, text }
  return text === '' ? { kind } : { kind, note: text }
}

/** A move that carries a few words. */
export function NoteSheet(props: SheetProps & { kind: NoteKind }) {
  const { kind, incident, move, onClose } = props
  const draft = useDraft(`${incident.id}:${kind}`, '')
  const text = draft.value.normalize('NFC').trim()
  const send = async () => {
    if (!(await move(noteMove(kind, text)))) return
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
          label={t(`console:note.${kind}`)}
          hint={t(`console:note.${kind}.hint`)}
          value={draft.value}
          onInput={(value) => draft.set(() => value)}
          maxLength={MAX_NOTE}
        />
        {kind === 'ask_info' && text !== '' && (
          <ResidentReads id={incident.id} move={noteMove(kind, text)}>
            <p>{t('incidents:tell.needs_info', { code: incident.publicCode })}</p>
            <p>{text}</p>
          </ResidentReads>
        )}
        <SendButton {...props} isReady={text !== '' || OPTIONAL.includes(kind)} />
      </form>
    </MoveSheet>
  )
}

/** The case that this one repeats, by its public code. */
export function DuplicateSheet(props: SheetProps) {
  const { incident, move, onClose } = props
  const draft = useDraft(`${incident.id}:mark_duplicate`, '')
  const originalCode = draft.value.trim()
  const send = async () => {
    if (!(await move({ kind: 'mark_duplicate', originalCode }))) return
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
        <TextField
          label={t('console:duplicate.label')}
          hint={t('console:duplicate.hint')}
          value={draft.value}
          onInput={(value) => draft.set(() => value)}
          maxLength={MAX_CODE}
        />
        <SendButton {...props} isReady={originalCode !== ''} />
      </form>
    </MoveSheet>
  )
}
