const MASK = '•••'

/** A digit in any dress: full width, keycap, or a letter O typed for a nought between digits. */
const D = '(?:[0-9０-９]\\uFE0F?\\u20E3?|(?<=\\d[ .-]?)[oO](?=[ .-]?\\d))'
const GAP = '[\\s.()_*~–—-]{0,3}'
const START = '(?<![\\p{L}\\d０-９])'
const END = '(?![0-9０-９])'
const not = (what: string) => `(?!${what})`
/** `05.12.2026 15h` has the digits of a telephone number. */
const DATE = '\\d{1,2}[./-]\\d{1,2}[./-](?:19|20)\\d\\d'
const MONEY = '\\s*(?:đ(?![\\p{L}])|đồng|dong|vnđ|vnd|₫|triệu|tỷ)'

/** Vietnamese numbers as they are read out: "không chín một hai …", with marks and without. */
const WORD =
  '(?:không|khong|một|mot|mốt|hai|ba|bốn|bon|tư|tu|năm|nam|lăm|sáu|sau|bảy|bay|tám|tam|chín|chin)'

const plain = (source: string) => new RegExp(source, 'giu')

/** Digits of a landline of an office (0234 …). Hotlines (19001075, 1022, 114) never match as telephones. */
const LANDLINE = /^(?:00)?(?:84|0)2\d{8,9}$/
const TELEPHONE = plain(
  `${START}${not(DATE)}\\(?(?:(?:\\+|00)?${GAP}84|[0０Oo]\\uFE0F?\\u20E3?(?=${GAP}[0-9０-９]))\\)?(?:${GAP}${D}){8,10}${END}`,
)
const SPOKEN = plain(
  `(?<![\\p{L}])(?:không|khong)(?:[\\s,.-]+${WORD}(?![\\p{L}])){7,11}(?![\\p{L}])`,
)
const ADDRESS = plain('(?<![\\w.+-])[\\w.+-]+\\s?(?:@|\\(at\\)|\\[at\\])\\s?[\\w-]+(?:\\.[\\w-]+)+')
/** Personal pages and chats; an office's own address is no such link. */
const PROFILE = plain(
  '(?:https?://)?(?:www\\.|m\\.)?(?:facebook\\.com|fb\\.com|fb\\.me|m\\.me|zalo\\.me|t\\.me|instagram\\.com|tiktok\\.com|wa\\.me)/[^\\s,;]+',
)
/** Number of an account, an identity card, a customer: what follows its name. */
const NAMED = plain(
  `(?<![\\p{L}])((?:stk|số tài khoản|so tai khoan|tài khoản|tai khoan|tk|cccd|cmnd|cmt|căn cước|can cuoc|hộ chiếu|ho chieu|mã khách hàng|ma khach hang|mst|vietcombank|vcb|agribank|bidv|vietinbank|techcombank|mb bank|momo)(?:[\\s:.-]+(?:là|la|số|so))?[\\s:.#-]*)[\\p{Lu}]{0,2}\\d(?:[\\s.-]?\\d){5,18}(?!\\d)`,
)
/** Identity cards, accounts, meters: nobody writes a number that long about a pothole, except of money. */
const LONG = plain(`${START}\\d{9,19}${END}(?!${MONEY})`)
const IDENTITY = plain(`${START}0(?:[\\s.-]?\\d){11}${END}`)
/** `75F1-123.45`, `75A 12345`, and the old four-digit ones after a word for them. */
const PLATE = plain(
  `${START}(?:1[1-9]|[2-9]\\d)\\s?-?\\s?[A-Z](?:[A-Z]|\\d)?\\s?[-.–]?\\s?\\d{3}\\.?\\d{2}(?!\\d)`,
)
const NAMED_PLATE = plain(
  `((?:biển số|bien so|biển|bks|bsx|bs)(?: xe)?[\\s:]*)\\d{2}\\s?-?\\s?[A-Z](?:[A-Z]|\\d)?\\s?[-.–]?\\s?\\d{3,4}\\.?\\d{0,2}(?!\\d)`,
)
const POINT = plain('(?<!\\d)1[5-7][.,]\\d{4,}[°\\s,;NnBb]+10[5-9][.,]\\d{3,}[°EeĐđ]?')
const COORDINATE = plain('(?<![\\d.,])(?:10[5-9]|1[5-7])\\.\\d{4,}(?!\\d)')
const MAP_LINK = plain(
  '(?:https?://)?(?:maps\\.app\\.goo\\.gl|goo\\.gl/maps|(?:www\\.)?google\\.[a-z.]+/maps|maps\\.google\\.[a-z.]+)/?[^\\s]*',
)

const WHOLE = [ADDRESS, PROFILE, SPOKEN, IDENTITY]
const LATER = [PLATE, POINT, COORDINATE, MAP_LINK]

/** House number and lane: which house it is. Only hidden where the place is private. */
const HOUSE = plain(
  '(?<![\\p{L}\\d])(?:(?:số nhà|so nha|nhà số|nha so|nhà|nha|số|so|căn hộ|can ho|phòng|phong)\\s*(?:số\\s*|so\\s*)?\\d[\\d/]*[a-zA-Z]?(?![\\p{L}\\d])(?!\\s*(?:m|cm|km|giờ|h|ngày|người|lần|cái|con|xe|phút)(?![\\p{L}])))(?:[\\s,]*(?:kiệt|kiet|hẻm|hem|ngõ|ngo|ngách|ngach)\\s*\\d[\\d/]*)?|(?<![\\p{L}\\d])(?:kiệt|kiet|hẻm|hem|ngõ|ngo|ngách|ngach)\\s*\\d[\\d/]*',
)

/** Numbers and addresses that lead to a person, as dots. `keepsLandlines`: the words are an office's own. */
export function maskNumbers(text: string, options: { keepsLandlines: boolean }): string {
  let out = text
  for (const pattern of WHOLE) out = out.replace(pattern, MASK)
  out = out.replace(NAMED_PLATE, `$1${MASK}`).replace(NAMED, `$1${MASK}`)
  const isOffices = (digits: string) => options.keepsLandlines && LANDLINE.test(digits)
  out = out.replace(TELEPHONE, (shown) => (isOffices(shown.replace(/\D/g, '')) ? shown : MASK))
  out = out.replace(LONG, (digits) => (isOffices(digits) ? digits : MASK))
  for (const pattern of LATER) out = out.replace(pattern, MASK)
  return out
}

/** Which house, in the words of a report about a private place. */
export const maskHouse = (text: string): string => text.replace(HOUSE, MASK)
