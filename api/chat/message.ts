/** One message model for all channels; plain text everywhere, escaped only by a renderer. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'fields'; title: string; rows: readonly { label: string; value: string }[] }
  | { kind: 'image'; mediaId: string; url: string; alt: string }
  | { kind: 'link'; label: string; url: string }

/** A button: pressed, or typed as its number, or typed as its label without tone marks. */
export type Choice = { id: string; label: string }

/** What a channel may offer a native control for. */
export type Want = 'photo' | 'location' | 'phone'

export type Message = {
  parts: readonly Part[]
  choices?: readonly Choice[]
  want?: Want
  /** What an approved template says instead, where a channel takes nothing else any more: a case and its step. */
  brief?: { code: string; text: string }
}

export const text = (value: string): Part => ({ kind: 'text', text: value })

/** A message of one text, with choices when given. */
export const say = (value: string, choices?: readonly Choice[]): Message =>
  choices === undefined ? { parts: [text(value)] } : { parts: [text(value)], choices }
