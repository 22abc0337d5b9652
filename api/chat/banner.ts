import { type Message, text } from './message.ts'

/** The messages with one short first line before all else (the mark of demonstration data, once a turn). */
export function withBanner(messages: readonly Message[], banner: string): readonly Message[] {
  const [first, ...rest] = messages
  if (first === undefined) return messages
  return [{ ...first, parts: [text(banner), ...first.parts] }, ...rest]
}
