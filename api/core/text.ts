const ZERO_WIDTH = /[\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF\u00AD]/g
const MARKS = /[\u0300-\u036f]/g
const SPACES = /[\s\u00A0]+/g

/** What is stored: NFC, no zero-width signs, no control signs but line breaks, ends trimmed. */
export const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(ZERO_WIDTH, '')
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control signs are what is removed
    .replace(/[\u0000-\u0009\u000B-\u001F\u007F]/g, ' ')
    .trim()

/** What is compared: no marks, đ→d, lower case, single spaces ("Đường  Hoà Bình" → "duong hoa binh"). */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[đĐ]/g, 'd')
    .replace(ZERO_WIDTH, '')
    .toLowerCase()
    .replace(SPACES, ' ')
    .trim()

/** Tone mark moved from the second vowel (new style) to the first (old style), by base pair. */
const TONES = '\u0300\u0301\u0303\u0309\u0323' // huyền sắc ngã hỏi nặng
const NEW_STYLE = new RegExp(
  `(?<!q)(o)([ae])([${TONES}])(?![\\p{L}\\p{M}])|(?<!q)(u)(y)([${TONES}])(?![\\p{L}\\p{M}])`,
  'giu',
)

/**
 * One tone style for display-preserving equality: oà→òa, oé→óe, uý→úy, only where the syllable ends and not after q
 * ("quý" stays). Two spellings that differ only in style fold to the same text; marks are kept.
 */
export const toneFold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(NEW_STYLE, (_all, o, ae, t1, u, y, t2) => (o ? `${o}${t1}${ae}` : `${u}${t2}${y}`))
    .normalize('NFC')

/** Cuts at a sign boundary, never inside a surrogate pair, and says so with "…". */
export function truncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const cut = text.slice(0, maxLength - 1)
  const last = cut.charCodeAt(cut.length - 1)
  return `${last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut}…`
}
