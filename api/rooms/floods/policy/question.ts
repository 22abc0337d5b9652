import { fold } from '../../../core/text.ts'

/** Politeness and dialect at the end of a question. */
const TAIL =
  '(?: (?:vay|rua|ha|he|a|em|anh|chi|ad|loa|day|ri|the|nhi|nua|hien tai|bay gio|gio|chu|bua ni|hom nay|roi|phan|met|may o|o nao))*$'
const WHERE = '(?:nao|mo|dau)'
const PLACE = '(?:duong|cho|noi|doan|khuc|cau|ngam|tran|nga (?:ba|tu)|hem|kiet|tuyen)'
const NOT = '(?:khong|ko|k|hong|hok|hem|chua)'
const WATER = '(?:ngap|lut|nuoc)'

/** Which roads are under water: "đường nào ngập", "ngập chỗ mô", "chừ đường mô đi được". */
const ANYWHERE = [
  new RegExp(
    `(?:^| )${PLACE} ${WHERE} (?:(?:dang|con|bi|co|hay) )*(?:ngap|lut|di duoc|qua duoc|di dc|cam)(?: |$)`,
  ),
  new RegExp(`(?:^| )(?:ngap|lut) (?:o )?(?:${PLACE} )?${WHERE}${TAIL}`),
  new RegExp(
    `^(?:bua ni |hom nay |gio |bay gio |chu )?(?:mo|dau) (?:dang |bi |con )?(?:ngap|lut)${TAIL}`,
  ),
  /(?:^| )(?:diem|cac diem) ngap(?: nuoc)?(?: hien| o| cua|$)/,
  /(?:^| )(?:which|what) (?:roads?|streets?|places?) (?:are |is )?(?:flooded|closed|passable|under water)/,
]

/** One place: "hùng vương ngập không", "cầu Tuần đi được chưa", "phước yên nước ngập mấy rồi". */
const ONE = [
  new RegExp(
    `(?:^| )(?:co |bi |dang |con )*(?:ngap|ngap nuoc)(?: nuoc| nhieu| sau| to)? ${NOT}${TAIL}`,
  ),
  new RegExp(
    `(?:^| )(?:ngap|nuoc ngap)(?: sau| toi| den)? (?:may|bao nhieu|toi dau|den dau|toi mo)${TAIL}`,
  ),
  new RegExp(
    `(?:^| )(?:duong|cau|ngam|tran|nga (?:ba|tu)|dap)(?: [a-z0-9]+){1,5} (?:co |bi |con )*(?:lut|(?:di|qua|chay)(?: lai)? (?:duoc|dc)) ${NOT}${TAIL}`,
  ),
  /(?:^| )(?:is|are) [a-z0-9 ]{2,40} (?:flooded|passable|open to traffic|under water)\b/,
  /(?:^| )can (?:i|we|you) (?:pass|cross|get through|drive (?:through|on|along|over)) [a-z0-9 ]{2,40}$/,
]
/** Nothing before the verb: "có ngập không" asks about the water in general. */
const NO_PLACE = new RegExp(
  `^(?:(?:bua ni|hom nay|gio|o day|ngoai troi|troi|nuoc) )?(?:co |bi |dang )*${WATER}`,
)

const plain = (words: string): string =>
  fold(words.slice(0, 200))
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()

/** Whether the words ask for the depth at a place or for the roads under water; a report of water asks nothing. */
export function asksForPoints(words: string): boolean {
  const said = plain(words)
  if (ANYWHERE.some((pattern) => pattern.test(said))) return true
  return !NO_PLACE.test(said) && ONE.some((pattern) => pattern.test(said))
}

/** Kinds that a name begins with and people leave out. */
const KIND =
  /^(?:duong|cau|nga ba|nga tu|ngam|tran|dap|cho|doan|khu vuc|hem|kiet|quoc lo|tinh lo|ql|tl|dt) /
/** Too short to be found in a sentence by itself. */
const SHORTEST = 4

/** The parts of a point's names that a sentence may hold. */
function partsOf(names: readonly string[]): string[] {
  return names
    .flatMap((name) => [name, ...name.split(/[-–—,()/:;]+/)])
    .map(plain)
    .map((part) => {
      const bare = part.replace(KIND, '')
      return bare.length >= SHORTEST ? bare : part
    })
    .filter((part) => part.length >= SHORTEST)
}

/** Points that the words name, whole names and parts of them ("Ngã tư Hùng Vương – Bà Triệu" by either street). */
export function named<P extends { name: string; otherNames: readonly string[] }>(
  points: readonly P[],
  words: string,
): P[] {
  const said = ` ${plain(words)} `
  return points.filter(({ name, otherNames }) =>
    partsOf([name, ...otherNames]).some((part) => said.includes(` ${part} `)),
  )
}
