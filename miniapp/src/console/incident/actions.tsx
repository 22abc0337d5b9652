import './moves.css'
import { useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { CaseView, OfficialMove } from '../types.ts'
import { AnswerSheet } from './answer-sheet.tsx'
import { AskExtensionSheet, ExtensionSheet } from './extension-sheets.tsx'
import { isInstant, type MoveKind, offered } from './moves.ts'
import { DuplicateSheet, ForwardSheet, NoteSheet, RefuseSheet, type SheetProps } from './sheets.tsx'
import type { CaseState } from './use-case.ts'

function SheetOf(props: SheetProps) {
  const { kind } = props
  switch (kind) {
    case 'assign':
    case 'accept_and_assign':
      return <ForwardSheet {...props} kind={kind} />
    case 'answer':
      return <AnswerSheet {...props} />
    case 'refuse':
      return <RefuseSheet {...props} />
    case 'mark_duplicate':
      return <DuplicateSheet {...props} />
    case 'request_extension':
      return <AskExtensionSheet {...props} />
    case 'grant_extension':
      return <ExtensionSheet {...props} />
    case 'ask_info':
    case 'record_info':
    case 'not_our_task':
    case 'refuse_extension':
    case 'return_answer':
      return <NoteSheet {...props} kind={kind} />
    default:
      return null
  }
}

type ActionsProps = {
  incident: CaseView
  state: CaseState
  move: (move: OfficialMove) => Promise<boolean>
  /** On a phone the usual step stands at the foot of the screen and the others behind one button. */
  isPhone: boolean
  /** A sheet shows its own troubles; the page shows them otherwise. */
  onSheet: (isOpen: boolean) => void
}

/** What this official may do now, the usual next step first. */
export function Actions({ incident, state, move, isPhone, onSheet }: ActionsProps) {
  const [open, setOpen] = useState<MoveKind | 'more'>()
  const show = (next: MoveKind | 'more' | undefined) => {
    setOpen(next)
    onSheet(next !== undefined && next !== 'more')
  }
  const start = (kind: MoveKind) => {
    if (!isInstant(kind)) return show(kind)
    show(undefined)
    void move({ kind })
  }
  const [first, ...rest] = offered(incident.moves)
  const others = rest.map((kind) => (
    <Button
      key={kind}
      look={kind === 'refuse' ? 'quiet' : 'secondary'}
      isWide
      isBusy={state.isBusy}
      onClick={() => start(kind)}
    >
      {t(`console:move.${kind}`)}
    </Button>
  ))
  const close = () => show(undefined)
  return (
    <div class={isPhone ? 'desk-actions phone' : 'desk-actions'}>
      {first === undefined && !isPhone && <p class="muted">{t('console:move.none')}</p>}
      {first !== undefined && (
        <Button isBig isWide isBusy={state.isBusy} onClick={() => start(first)}>
          {t(`console:move.${first}`)}
        </Button>
      )}
      {!isPhone && others}
      {isPhone && others.length > 0 && (
        <Button look="secondary" isBig onClick={() => show('more')}>
          {t('console:move.more')}
        </Button>
      )}
      {open === 'more' && (
        <Sheet title={t('console:move.more')} closeLabel={t('console:close')} onClose={close}>
          <div class="stack tight">{others}</div>
        </Sheet>
      )}
      {open !== undefined && open !== 'more' && (
        <SheetOf
          key={open}
          kind={open}
          incident={incident}
          state={state}
          move={move}
          onClose={close}
        />
      )}
    </div>
  )
}
