import type { Message, Part } from '../../api/chat/message.ts'
import { isWebUrl, tidy } from '../../api/chat/plain-text.ts'
import type { Rendered } from '../../api/chat/sender.ts'
import { truncate } from '../../api/core/text.ts'

/** Ours: what one bubble may hold, so that no message can freeze the page. */
const TEXT_MAX = 8000
export const PARTS_MAX = 20
const ROWS_MAX = 50
/** Typed numbers end at 99. */
export const CHOICES_MAX = 99
const LABEL_MAX = 120

export type WebCall = { kind: 'message'; message: Message }

/** The message itself, bounded: the web client shows every part natively. */
export function renderWeb(message: Message): Rendered<WebCall> {
  const dropped: string[] = []
  const choices = message.choices ?? []
  if (message.parts.length > PARTS_MAX) dropped.push('parts')
  if (choices.length > CHOICES_MAX) dropped.push('choices')
  const bounded: Message = {
    parts: message.parts.slice(0, PARTS_MAX).map((part) => boundPart(part, dropped)),
    ...(choices.length === 0
      ? {}
      : {
          choices: choices
            .slice(0, CHOICES_MAX)
            .map(({ id, label }) => ({ id, label: truncate(tidy(label), LABEL_MAX) })),
        }),
    ...(message.want === undefined ? {} : { want: message.want }),
  }
  const isEmpty = bounded.parts.length === 0 && bounded.choices === undefined
  return { calls: isEmpty ? [] : [{ kind: 'message', message: bounded }], dropped }
}

function boundPart(part: Part, dropped: string[]): Part {
  const short = (text: string, max = TEXT_MAX) => {
    if (text.length > max) dropped.push('text')
    return truncate(tidy(text), max)
  }
  switch (part.kind) {
    case 'text':
      return { kind: 'text', text: short(part.text) }
    case 'fields':
      return {
        kind: 'fields',
        title: short(part.title, LABEL_MAX),
        rows: part.rows
          .slice(0, ROWS_MAX)
          .map(({ label, value }) => ({ label: short(label, LABEL_MAX), value: short(value) })),
      }
    case 'image':
      return { ...part, alt: short(part.alt) }
    case 'link':
      if (isWebUrl(part.url)) return { ...part, label: short(part.label, LABEL_MAX) }
      dropped.push('link.url')
      return { kind: 'text', text: short(`${part.label}: ${part.url}`) }
  }
}
