import type { LngLat } from '../../../core/geo.ts'
import { roundForPublic } from '../../../core/geo.ts'
import { redactText } from '../../../core/redact.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { State } from '../schema.ts'
import { isOpen } from './table.ts'

const MASK = '•••'
const MARKS = /\[(?:bot-token|phone|id-number|email|coordinate|credentials)\]/g
/** How people sign: "tôi là Trần Thị Mận", "họ tên: Lê An", "my name is …"; two to five capitalised words follow. */
const SELF =
  /((?:(?:[Tt]ôi|[Tt]ui|[Ee]m|[Cc]on|[Cc]háu|[Mm]ệ|[Mm]ình|[Nn]gười (?:gửi|báo|phản ánh))\s+(?:tên\s+là|tên|là)|[Hh]ọ (?:và )?tên|[Mm]y name is|I am)\s*:?\s*)\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*){1,4}/gu

/** A resident's words as the public may read them: numbers, addresses and how the sender signs become dots. */
export const publicText = (text: string): string =>
  redactText(text).replace(MARKS, MASK).replace(SELF, `$1${MASK}`)

/** A place as the public may see it; of a private one only its surroundings (~100 m), never its words. */
export function publicPlace(place: {
  at: LngLat | undefined
  text: string
  isPrivate: boolean
  around: string
}): (LngLat & { text: string }) | undefined {
  if (place.at === undefined) return undefined
  return place.isPrivate
    ? { ...roundForPublic(place.at), text: place.around }
    : { ...place.at, text: publicText(place.text) }
}

/** Late: the day has passed and the office still owes the answer; or the answer came after it. */
export function isLate(
  c: { state: State; dueDate: LocalDate | null; answeredOn: LocalDate | null },
  today: LocalDate,
): boolean {
  if (c.dueDate === null) return false
  if (c.answeredOn !== null) return c.answeredOn > c.dueDate
  return isOpen(c.state) && today > c.dueDate
}
