import './sheet.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Icon } from './icons.tsx'

type SheetProps = {
  title: string
  closeLabel: string
  onClose: () => void
  children: ComponentChildren
  /** A picture fills the screen instead of standing on a sheet. */
  isPicture?: boolean
}

/**
 * A modal `<dialog>`: rises from the foot of a phone, stands in the middle of a desk. Escape, the cross and a press
 * outside close it; focus goes in and comes back. Render it only while it is open.
 */
export function Sheet({ title, closeLabel, onClose, children, isPicture = false }: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself.
    <dialog
      ref={ref}
      class={isPicture ? 'sheet picture' : 'sheet'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div class="sheet-body">
        <div class="sheet-head">
          <h2 id={id} class={isPicture ? 'visually-hidden' : ''}>
            {title}
          </h2>
          <button type="button" class="icon-button" aria-label={closeLabel} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
