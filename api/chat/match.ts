import { fold } from '../core/text.ts'
import type { Choice } from './message.ts'

/** Words that mean the same at every step of every flow. */
export type Universal = 'cancel' | 'back' | 'skip' | 'help' | 'restart'

/** Longer texts are stories, never a command or a label; also keeps the edge trimming below cheap. */
const MAX_WORD_LENGTH = 200
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu

/** What is compared when a text may be a command or a label: folded, without signs around ("/Hủy." → "huy"). */
export function wordKey(text: string): string {
  if (text.length > MAX_WORD_LENGTH) return ''
  const folded = fold(text)
  return folded.replace(EDGES, '') || folded
}

const UNIVERSAL: ReadonlyMap<string, Universal> = new Map([
  ...(
    [
      'huy',
      'huy bo',
      'thoi',
      'thui',
      'thoi khong gui',
      'khong gui nua',
      'khong lam nua',
      'dung lai',
      'cancel',
      'stop',
    ] as const
  ).map((word) => [word, 'cancel'] as const),
  ...(
    [
      'quay lai',
      'tro lai',
      'lui lai',
      'doi',
      'doi lai',
      'sua lai',
      'toi nham',
      'nham roi',
      'back',
      'go back',
    ] as const
  ).map((word) => [word, 'back'] as const),
  ...(['bo qua', 'skip'] as const).map((word) => [word, 'skip'] as const),
  ...(['tro giup', 'giup', 'giup do', 'huong dan', 'help', '?'] as const).map(
    (word) => [word, 'help'] as const,
  ),
  ...(['bat dau lai', 'lam lai', 'lam lai tu dau', 'restart', 'start over'] as const).map(
    (word) => [word, 'restart'] as const,
  ),
])

/** The universal word that the whole text is; undefined for anything longer. */
export const universalWord = (text: string): Universal | undefined => UNIVERSAL.get(wordKey(text))

const NUMBER = /^[1-9]\d?$/

/** A menu number 1–99 as typed, also `2.` or `2)`; undefined otherwise (`Number('')` would be 0). */
export function menuNumber(text: string): number | undefined {
  const typed = text.trim().replace(/[.)]$/, '')
  return NUMBER.test(typed) ? Number(typed) : undefined
}

/** The choice that a text names: by number, else by its label without marks; two equal labels name none. */
export function findChoice(text: string, choices: readonly Choice[]): Choice | undefined {
  const number = menuNumber(text)
  if (number !== undefined) return choices[number - 1]
  const key = wordKey(text)
  if (key === '') return undefined
  const named = choices.filter((choice) => wordKey(choice.label) === key)
  return named.length === 1 ? named[0] : undefined
}
