import { fold } from '../../../../core/text.ts'
import {
  BIRTH_ORDER,
  FAMILY_NAMES,
  MARKED_TITLES,
  MIDDLE_NAMES,
  PLACE_WORDS,
  PLAIN_FAMILY_NAMES,
  PLAIN_PLACE_WORDS,
  PLAIN_TITLES,
  ROLES,
  SELF_PHRASES,
  SOFT_MIDDLE_NAMES,
  STREETS,
  SURE_FAMILY_NAMES,
} from '../../data/names.ts'

const MASK = '•••'
const MAX_NAME_WORDS = 5

type Word = {
  start: number
  end: number
  text: string
  folded: string
  isCapital: boolean
  /** What stands between it and the word before. */
  gap: string
}

function wordsOf(text: string): Word[] {
  const found = [...text.matchAll(/[\p{L}\p{M}]+/gu)]
  const letters = found.map(([word]) => word).join('')
  // Where everything is written large, size says nothing.
  const isLoud =
    letters.length > 12 && letters.replace(/\P{Lu}/gu, '').length > letters.length * 0.6
  let end = 0
  return found.map((match) => {
    const [word] = match
    const word_: Word = {
      start: match.index,
      end: match.index + word.length,
      text: word.toLowerCase(),
      folded: fold(word),
      isCapital: !isLoud && /^\p{Lu}/u.test(word),
      gap: text.slice(end, match.index),
    }
    end = word_.end
    return word_
  })
}

const isJoined = (word: Word | undefined): word is Word =>
  word !== undefined && /^[ \u00A0]+$/.test(word.gap)

/** How many words from `at` on are a name written with capitals; 0 when none is. */
function capitals(words: readonly Word[], at: number): number {
  let count = 0
  while (count < MAX_NAME_WORDS) {
    const word = words[at + count]
    if (word === undefined || !word.isCapital) break
    if (count > 0 && !isJoined(word)) break
    count += 1
  }
  return count
}

const hasMarks = (word: Word): boolean => word.text !== word.folded

/** "Đô" of "đô thị" is no "Đỗ": a word that has its marks must have the name's. */
function isFamily(word: Word | undefined): word is Word {
  if (word === undefined) return false
  if (hasMarks(word)) return FAMILY_NAMES.has(word.text)
  return (word.isCapital ? PLAIN_FAMILY_NAMES : SURE_FAMILY_NAMES).has(word.folded)
}

/** A name in small letters: family name, middle name, given name ("nguyen van tam", "lê thị hoài an"). */
function small(words: readonly Word[], at: number): number {
  const [family, middle, given] = words.slice(at, at + 3)
  if (!isFamily(family)) return 0
  if (!isJoined(middle) || !SOFT_MIDDLE_NAMES.has(middle.folded) || !isJoined(given)) return 0
  return 3
}

/** Family name, Văn or Thị, given names: a person wherever it stands, unless a place is called so. */
function fullName(words: readonly Word[], at: number): number {
  const [family, middle, given, more] = words.slice(at, at + 4)
  if (!isFamily(family)) return 0
  if (!isJoined(middle) || !MIDDLE_NAMES.has(middle.text) || !isJoined(given)) return 0
  const isBig = family.isCapital && middle.isCapital && given.isCapital
  if (!isBig && (family.isCapital || middle.isCapital)) return 0
  return isBig && isJoined(more) && more.isCapital ? 4 : 3
}

/** A word that makes a place of the name after it, numbers in between allowed ("kiệt 5 Bà Triệu"). */
const followsPlace = (words: readonly Word[], at: number): boolean => {
  const before = words[at - 1]
  const gap = words[at]?.gap ?? ''
  const isPlace =
    before !== undefined && (PLACE_WORDS.has(before.text) || PLAIN_PLACE_WORDS.has(before.text))
  return isPlace && /^[\s\d/.-]+$/.test(gap)
}

const isCalled = (words: readonly Word[], at: number, name: string): boolean => {
  const parts = name.split(' ')
  return parts.every((part, i) => words[at + i]?.folded === part && words[at + i]?.isCapital)
}

function isTitle(words: readonly Word[], at: number, isMarked: boolean): boolean {
  const word = words[at]
  if (word === undefined || followsPlace(words, at)) return false
  if (word.isCapital && STREETS.some((street) => isCalled(words, at + 1, street))) return false
  return (
    (isMarked && MARKED_TITLES.has(word.text)) ||
    ((!isMarked || word.text === word.folded) && PLAIN_TITLES.has(word.text))
  )
}

/** Words of a name after the title at `at`. */
function named(words: readonly Word[], at: number, isMarked: boolean): number {
  const next = words[at + 1]
  const title = words[at]
  if (title === undefined || !isJoined(next)) return 0
  const pair = `${next.folded} ${words[at + 2]?.folded ?? ''}`
  if (ROLES.has(pair)) return 0
  const count = capitals(words, at + 1)
  // "nhà Nguyễn" is a dynasty, "hộ Lê" nobody: these need a whole name.
  const needed = title.text === 'nhà' || title.text === 'hộ' ? 2 : 1
  if (count >= needed) return count
  const lower = small(words, at + 1)
  if (lower > 0) return lower
  // "ba nam" without marks is "ba năm", three years.
  const isCount = title.folded === 'ba' && title.text === 'ba' && !isMarked
  const isAged = ['ong', 'ba', 'mu', 'me', 'on', 'o'].includes(title.folded)
  return isAged && !isCount && BIRTH_ORDER.has(next.folded) ? 1 : 0
}

/** Words of the sender's own name after "tôi là", "họ tên:", "ký tên". */
function ownName(words: readonly Word[], at: number): number {
  const phrase = (length: number) =>
    words
      .slice(Math.max(0, at - length), at)
      .map((word) => word.folded)
      .join(' ')
  const isSelf = [4, 3, 2].some((length) => at >= length && SELF_PHRASES.has(phrase(length)))
  if (!isSelf || !/^[\s:,.–-]*$/.test(words[at]?.gap ?? 'x')) return 0
  const count = capitals(words, at)
  const saysName = ['ten', 'ten la'].some((end) => phrase(3).endsWith(end))
  return count >= (saysName ? 1 : 2) ? count : small(words, at)
}

/** Words to hide from `at` on: a name and nothing before it; 0 when there is none. */
function nameAt(words: readonly Word[], at: number, isMarked: boolean): number {
  const own = ownName(words, at)
  if (own > 0) return own
  if (at > 0 && isTitle(words, at - 1, isMarked)) {
    const count = named(words, at - 1, isMarked)
    if (count > 0) return count
  }
  const role = `${words[at - 2]?.folded ?? ''} ${words[at - 1]?.folded ?? ''}`
  if (ROLES.has(role) && isJoined(words[at])) {
    const count = capitals(words, at)
    if (count >= 2 && isFamily(words[at])) return count
  }
  return followsPlace(words, at) ? 0 : fullName(words, at)
}

/**
 * Names of people as dots: after a title or a role, after "tôi là" and the like, and full names with Văn or Thị; with
 * marks and without. Streets, bridges and schools called after people stay.
 */
export function maskNames(text: string): string {
  const words = wordsOf(text)
  const isMarked = fold(text) !== text.toLowerCase().replace(/\s+/g, ' ').trim()
  let out = ''
  let from = 0
  for (let at = 0; at < words.length; at++) {
    const count = nameAt(words, at, isMarked)
    const first = words[at]
    const last = words[at + count - 1]
    if (count === 0 || first === undefined || last === undefined) continue
    out += text.slice(from, first.start) + MASK
    from = last.end
    at += count - 1
  }
  return out + text.slice(from)
}
