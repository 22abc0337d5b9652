import type { ComponentChildren } from 'preact'
import { platform } from '../platform/index.ts'

const isOurs = (href: string): boolean => {
  try {
    return new URL(href, location.href).origin === location.origin
  } catch {
    return false
  }
}

type Props = { href: string; class?: string; children: ComponentChildren }

/** A link that may lead out of the app: the host opens those its own way, so that the way back stays. */
export function OutLink({ href, class: look, children }: Props) {
  if (isOurs(href))
    return (
      <a href={href} class={look}>
        {children}
      </a>
    )
  return (
    <a
      href={href}
      class={look}
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
