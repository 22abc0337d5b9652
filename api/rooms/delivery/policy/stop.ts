import { clean, fold } from '../../../core/text.ts'

/** With marks exactly these; "đúng" (right), "đừng" and "dùng" fold to the same letters and are no stop. */
const MARKED = new Set(['dừng', 'ngừng', 'hủy đăng ký', 'huỷ đăng ký', 'dừng nhận tin'])
const UNMARKED = new Set(['stop', 'dung', 'ngung', 'huy dang ky', 'dung nhan tin', 'unsubscribe'])

/** The one-word stop, alone in a message, in any case, with or without marks. */
export function isStopWord(text: string): boolean {
  const word = clean(text)
    .toLowerCase()
    .replace(/[.!?,;:"'“”]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return MARKED.has(word) || (word === fold(word) && UNMARKED.has(word))
}
