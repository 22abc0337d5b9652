import type { ComponentChildren } from 'preact'
import { platform } from '../platform/index.ts'

const isOurs = (href: string): boolean => {
  try {
    return new URL(href, location.href).origin === location.origin
  } catch {
    return false
  }
}

/** A link that may lead out of the app: the host opens those its own way, so that the way back stays. */
export function OutLink({ href, children }: { href: string; children: ComponentChildren }) {
  if (isOurs(href)) return <a href={href}>{children}</a>
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener"
      onClick={(event) => {
        event.preventDefault()
        platform().openLink(href)
      }}
    >
      {children}
    </a>
  )
}
