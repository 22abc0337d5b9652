import type { ComponentChild } from 'preact'

type Props = { title: string; none: string; children: ComponentChild[] }

/** Cards under a heading, or a word that there are none. */
export function CardList({ title, none, children }: Props) {
  return (
    <section class="stack" aria-label={title}>
      <h2>{title}</h2>
      {children.length === 0 ? <p class="muted">{none}</p> : <ul class="alert-list">{children}</ul>}
    </section>
  )
}
