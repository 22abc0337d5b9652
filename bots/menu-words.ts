import { wordKey } from '../api/chat/match.ts'

/**
 * Short commands between flows, folded, in both languages, and what Telegram users expect behind a slash. Longer
 * wishes go through understanding.
 */
const WORDS: readonly (readonly [intent: string, words: readonly string[]])[] = [
  ['menu', ['menu', '0', 'thuc don', 'danh muc', 'trang chinh', 'main menu', 'ket thuc', 'back']],
  ['menu', ['quay lai', 'bat dau lai', 'huy', 'thoi', 'cancel', 'restart']],
  ['help', ['tro giup', 'giup', 'giup do', 'huong dan', 'help', '?']],
  ['greeting', ['bat dau', 'start']],
  ['language', ['ngon ngu', 'doi ngon ngu', 'language', 'lang']],
  ['lang-en', ['tieng anh', 'english', 'en']],
  ['lang-vi', ['tieng viet', 'vietnamese', 'vi']],
  ['report_incident', ['gui phan anh', 'phan anh', 'bao su co', 'report']],
  ['track_report', ['theo doi', 'theo doi phan anh', 'tra cuu', 'status', 'track']],
  ['contact', ['duong day nong', 'hotline', 'goi', 'lien he', 'contact']],
  ['active_alerts', ['canh bao', 'warnings', 'alerts']],
  ['subscribe', ['dang ky', 'dang ky nhan tin', 'subscribe']],
  ['subscriptions', ['dang ky cua toi', 'tin toi dang ky', 'tin toi nhan', 'my subscriptions']],
  ['inbox', ['tin nhan cua toi', 'tin nhan cua tui', 'hop thu', 'inbox', 'my messages']],
  ['why', ['vi sao toi nhan tin nay', 'tai sao toi nhan tin nay', 'vi sao', 'why']],
  ['why', ['sao toi nhan tin nay', 'why did i get this', 'why do i get this']],
  ['quiet', ['gio yen lang', 'doi gio yen lang', 'quiet hours', 'quiet']],
  ['quiet_off', ['tat gio yen lang', 'bo gio yen lang', 'no quiet hours']],
  ['channel', ['kenh nhan tin', 'doi kenh', 'doi kenh nhan tin', 'my channel', 'channel']],
  ['link', ['noi kenh', 'ket noi kenh', 'lien ket', 'them kenh', 'link', 'link code']],
  ['unlink', ['go kenh nay', 'go kenh', 'huy lien ket', 'unlink', 'unlink this chat']],
  ['learning', ['bai da hoc', 'bai toi da hoc', 'toi da hoc gi', 'my lessons']],
  [
    'export',
    ['lay du lieu cua toi', 'lay du lieu cua tui', 'tai du lieu', 'export my data', 'export'],
  ],
  [
    'erase',
    [
      'xoa du lieu cua toi',
      'xoa du lieu cua tui',
      'xoa du lieu',
      'delete my data',
      'erase my data',
    ],
  ],
  [
    'privacy',
    [
      'du lieu cua toi',
      'quyen rieng tu',
      'dong y cua toi',
      'rut lai dong y',
      'my data',
      'my consent',
      'privacy',
    ],
  ],
]

const BY_WORD: ReadonlyMap<string, string> = new Map(
  WORDS.flatMap(([intent, words]) => words.map((word) => [word, intent] as const)),
)

/** The command that the whole text is; undefined for anything longer. */
export const menuWord = (text: string): string | undefined => BY_WORD.get(wordKey(text))

/** The language that the whole text asks for. */
export function languageWord(text: string): 'vi' | 'en' | undefined {
  const word = menuWord(text)
  return word === 'lang-en' ? 'en' : word === 'lang-vi' ? 'vi' : undefined
}
