import { fold } from '../../../core/text.ts'
import type { TopicKind } from '../schema.ts'

/** Words that name a kind, folded; with marks where the folded form means something else ("bão" and "báo"). */
const KINDS: readonly (readonly [TopicKind, RegExp, RegExp?])[] = [
  [
    'flood',
    /\b(lut|lu|ngap|muc nuoc|nuoc (song )?len|bao dong|song (bo|huong|o lau|truoi)|flood(s|ing)?|water level)\b/,
  ],
  ['storm', /\b(mua (lon|to)|ap thap|con bao|storms?|typhoons?|heavy rain)\b/, /bão/iu],
  ['air', /\b(khong khi|bui min|aqi|air( quality)?)\b/],
  ['health', /\b(dich benh|y te|sot xuat huyet|tiem (chung|ngua)|health|vaccin\w*)\b/],
  ['utilities', /\b((cup|mat|cat) (dien|nuoc)|lich (dien|nuoc)|sua duong|power|outages?)\b/],
  ['guides', /\b(lua dao|ky nang so|scams?)\b/],
  ['notices', /\b(thong bao|loa xa|hop dan|notices?|announcements?)\b/],
]

/** The kind of message that a sentence names; undefined when it names none, or two. */
export function kindIn(text: string): TopicKind | undefined {
  const folded = fold(text.slice(0, 400))
  const named = KINDS.filter(
    ([, plain, marked]) => plain.test(folded) || marked?.test(text.normalize('NFC')) === true,
  )
  return named.length === 1 ? named[0]?.[0] : undefined
}

/** Folded words of a level, the highest first: `báo động 2`, `bđ3`, "cấp 2"; of air the bands of QĐ 1459. */
const ALARM = /\b(?:bao dong|bd|cap|muc|level|alarm)(?: do)? ?([1-4])\b/
const AIR: readonly (readonly [number, RegExp])[] = [
  [4, /\b(nguy hai|hazardous)\b/],
  [3, /\b(rat xau|qua xau|very bad)\b/],
  [2, /\b(xau|bad)\b/],
]

/** From which level on a sentence wants warnings of a kind; 1: it says none. */
export function levelIn(kind: TopicKind, text: string): number {
  const folded = fold(text.slice(0, 400))
  if (kind === 'air') return AIR.find(([, pattern]) => pattern.test(folded))?.[0] ?? 1
  if (kind !== 'flood' && kind !== 'storm') return 1
  return Number(ALARM.exec(folded)?.[1] ?? 1)
}
