import type { ComponentChildren } from 'preact'
import { Icon } from './icons.tsx'

type TopBarProps = {
  title: string
  /** Where "back" leads; the bar has no arrow without it. */
  back?: { href: string; label: string; onPress?: () => void }
  /** Links or buttons at the far end. */
  children?: ComponentChildren
}

/** The purple bar that stays at the top; its title is not the page's h1. */
export function TopBar({ title, back, children }: TopBarProps) {
  return (
    <header class="top-bar">
      <div class="top-bar-inner">
        {back && (
          <a
            class="icon-button"
            href={back.href}
            aria-label={back.label}
            onClick={(event) => {
              if (back.onPress === undefined || event.ctrlKey || event.metaKey) return
              event.preventDefault()
              back.onPress()
            }}
          >
            <Icon name="back" />
          </a>
        )}
        <p class="top-bar-title">{title}</p>
        {children}
      </div>
    </header>
  )
}
