import { clean } from '../../../core/text.ts'

const MAX_WORDS = 12

/** Stars by place, not by length: they tell nothing of the word. */
const STARS = { family: '***', middle: '**', given: '' } as const

/** "Nguyễn Văn An" → "N*** V** A": first letters only. */
export function maskName(name: string): string {
  const initials = clean(name)
    .split(/\s+/)
    .flatMap((word) => word.toLocaleUpperCase('vi').match(/\p{L}\p{M}*/u)?.[0] ?? [])
    .slice(0, MAX_WORDS)
  return initials
    .map((initial, i) => {
      if (i === 0) return `${initial}${STARS.family}`
      return `${initial}${i === initials.length - 1 ? STARS.given : STARS.middle}`
    })
    .join(' ')
}

/** The last four digits of a phone or identity number; undefined when there are fewer. */
export function lastFour(number: string): string | undefined {
  const digits = number.normalize('NFKC').replace(/\D/g, '')
  return digits.length < 4 ? undefined : digits.slice(-4)
}
