import { fold } from '../../../core/text.ts'

/** As people in Huế write them: "kiệt 15/15 Đống Đa", "52 Thân Trọng Một", "đường Lê Lợi", "số 3 hẻm 7". */
const ADDRESS =
  /^(?:(?:so|nha so|sn)\s*)?\d+[a-z]?(?:\/\d+[a-z]?)*\s+\p{L}|(?:^|[\s,])(?:kiet|hem|ngo|ngach|k)\s*\d|(?:^|[\s,])(?:duong|pho)\s+\p{L}/u

/** Whether the words are those of an address: a number with a street, an alley, or a street by name. */
export const isAddress = (text: string): boolean => ADDRESS.test(fold(text))

/**
 * Texts in which to look for the commune of an address, the likeliest first: its last part, then more from the right,
 * then all of it. Streets carry names of wards, so the whole is read last.
 */
export function areaParts(text: string): string[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const tails = parts.map((_part, i) => parts.slice(parts.length - 1 - i).join(', '))
  // The city at the end names no unit of ours by itself.
  return tails.length === 0 ? [text] : tails
}
