import { dice, seedOf } from './random.ts'
import { ENGLISH_SLOTS, SLOTS } from './slots.ts'

/** A line of the training texts, and what it stands for. */
export type Pattern = { text: string; label: string }

/** Most sentences that are made of one line. */
const MOST = 7
const GROUP = /\[([^\]]*)\]/g
const SLOT = /\{(\w+)\}/g
const VIETNAMESE =
  /[^\x20-\x7e]|\b(?:khong|ko|duong|nuoc|toi|tui|roi|nha|cua|xin|cho|voi|nguoi|hoai|co)\b/

/** How many sentences a line is worth: the wider it is, the more. */
function variety(text: string): number {
  let ways = 1
  for (const match of text.matchAll(GROUP)) ways *= (match[1] ?? '').split('|').length
  for (const _ of text.matchAll(SLOT)) ways *= 3
  return ways === 1 ? 1 : Math.min(MOST, 2 + Math.floor(Math.log2(ways)))
}

export const isVietnamese = (text: string): boolean =>
  VIETNAMESE.test(text) || text.includes('{c_') || !/[a-z]{3}/.test(text)

/** Sentences of one line: `[a|b]` is one of them, `{slot}` is filled; deterministic. `most`: how many at most. */
export function expand(text: string, most = variety(text)): string[] {
  const d = dice(seedOf(text))
  const slots = isVietnamese(text) ? SLOTS : ENGLISH_SLOTS
  const out = new Set<string>()
  for (let i = 0; i < most * 2 && out.size < most; i++) {
    const chosen = text
      .replace(GROUP, (_all, options: string) => d.pick(options.split('|')))
      .replace(SLOT, (_all, name: string) => slots[name]?.(d) ?? '')
    out.add(
      chosen
        .replace(/\s+/g, ' ')
        .replace(/ ,/g, ',')
        .replace(/[ ,:]+$/, '')
        .trim(),
    )
  }
  return [...out].filter((sentence) => sentence !== '')
}

/** Lines of one file; `#` begins a remark. */
export const linesOf = (file: string): string[] =>
  file
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('# '))
