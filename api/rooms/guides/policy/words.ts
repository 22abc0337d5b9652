import { fold, toneFold } from '../../../core/text.ts'

/** Said another way in Huế, in short forms and by slips that are common: what a lesson says instead. Folded. */
const SAME: readonly (readonly [string, string])[] = [
  ['hues', 'hue s'],
  ['vnied', 'vneid'],
  ['vneid2', 'vneid muc 2'],
  ['dvc', 'dich vu cong'],
  ['dichvucong', 'dich vu cong'],
  ['gov vn', 'cong dich vu cong'],
  ['muc hai', 'muc 2'],
  ['level two', 'muc 2'],
  ['level 2', 'muc 2'],
  ['can cuoc cong dan', 'can cuoc'],
  ['cmnd', 'can cuoc'],
  ['goi anh', 'gui anh'],
  ['dang ki', 'dang ky'],
  ['nick', 'tai khoan'],
  ['acc', 'tai khoan'],
  ['account', 'tai khoan'],
  ['pass', 'mat khau'],
  ['hinh', 'anh'],
  ['xai', 'dung'],
  ['lut', 'lu'],
  ['smartphone', 'dien thoai'],
  ['dt', 'dien thoai'],
  ['ck', 'chuyen khoan'],
  ['momo', 'vi dien tu'],
  ['zalopay', 'vi dien tu'],
  ['viettel money', 'vi dien tu'],
  ['online', 'truc tuyen'],
  ['qua mang', 'truc tuyen'],
  ['tren mang', 'truc tuyen'],
  ['applications', 'application'],
  ['scammed', 'scam'],
  ['scams', 'scam'],
  ['scammer', 'scam'],
]

/** Said around what is wanted, in plain speech, in Huế's and in English; they tell nothing of which lesson. */
const FILLERS: ReadonlySet<string> = new Set(
  fold(
    `làm sao thế nào như răng rứa hè hỉ đây mô chi gì là cái cho tôi tui con mình em ông bà muốn hỏi về với ạ dạ thì mà có
    được không phải ở đâu nớ ni chừ cách hướng dẫn kiểu bước các của và trên vào vô một rồi hay đi bị thiệt nên cần để cũng
    hôm nay khi nếu những ra cứ hết khỏi người ta ai sẽ đã đang chưa lên bằng bao nhiêu các này kia đó sau trước cả
    how do i can to the a an my on is it in of for with what where should me want need does your you and or be this that`,
  ).split(/\s+/),
)

/** Words of a text without marks, in the lessons' own terms. */
export function wordsOf(text: string): string[] {
  const plain = ` ${fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ')} `
  const said = SAME.reduce((all, [from, to]) => all.replaceAll(` ${from} `, ` ${to} `), plain)
  return said
    .trim()
    .split(' ')
    .filter((word) => word !== '')
}

export const isFiller = (word: string): boolean => FILLERS.has(word)

/** Single words that say something, and pairs of neighbours: Vietnamese words mostly have two syllables. */
export function termsOf(text: string): string[] {
  const words = wordsOf(text)
  const pairs = words.slice(1).map((word, i) => `${words[i]} ${word}`)
  const isTelling = (pair: string) => !pair.split(' ').every(isFiller)
  return [...words.filter((word) => !isFiller(word)), ...pairs.filter(isTelling)]
}

/** Whether two words differ by one letter left out, added, changed, or by two swapped. */
export function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  const [restA, restB] = [a.slice(start), b.slice(start)]
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  )
}

/** Words as written, marks and all, in one tone style. */
export const markedWordsOf = (text: string): string[] =>
  toneFold(text)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
