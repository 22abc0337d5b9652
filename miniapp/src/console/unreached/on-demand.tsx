import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

/** Asked for only when somebody wants to know. */
export function OnDemand({ title, look }: { title: string; look: () => ComponentChildren }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="stack" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && look()}
    </details>
  )
}
