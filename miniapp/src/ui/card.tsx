import type { ComponentChildren } from 'preact'

type CardProps = { title?: string; children: ComponentChildren }

/** A sheet of paper; with a title it is a landmark of its own. */
export function Card({ title, children }: CardProps) {
  if (title === undefined) return <div class="card stack">{children}</div>
  return (
    <section class="card stack" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
