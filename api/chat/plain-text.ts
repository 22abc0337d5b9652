import type { Message, Part } from './message.ts'

/** What a channel shows by itself and therefore leaves out of the text. */
type Shown = { images?: true; links?: true; choices?: true }

const partText = (part: Part): string => {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'fields':
      return [part.title, ...part.rows.map((row) => `${row.label}: ${row.value}`)].join('\n')
    case 'image':
      return `${part.alt}: ${part.url}`
    case 'link':
      return `${part.label}: ${part.url}`
  }
}

/** Well-formed NFC text without empty ends: what every channel counts and accepts. */
export const tidy = (text: string): string => text.toWellFormed().normalize('NFC').trim()

/**
 * A message as plain text: fields as lines, links and pictures with their address, choices numbered as they are typed.
 * `shown` names what the channel shows natively.
 */
export function toPlainText(message: Message, shown: Shown = {}): string {
  const parts = message.parts
    .filter((part) => !(part.kind === 'image' && shown.images))
    .filter((part) => !(part.kind === 'link' && shown.links))
    .map((part) => tidy(partText(part)))
  const choices = shown.choices ? [] : (message.choices ?? [])
  const numbered = choices.map((choice, i) => `${i + 1}. ${tidy(choice.label)}`).join('\n')
  return [...parts, numbered].filter((block) => block !== '').join('\n\n')
}

/** True for an address that a channel may open or fetch. */
export const isWebUrl = (url: string): boolean =>
  /^https?:\/\/[^\s"<>]+$/i.test(url) && URL.canParse(url)
