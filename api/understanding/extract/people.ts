import { NUMBER, readNumber } from './flat.ts'

/** Whom help must reach first. */
export const VULNERABLE = ['elderly', 'child', 'pregnant', 'sick', 'disabled'] as const
export type Vulnerable = (typeof VULNERABLE)[number]

export type People = { count: number; text: string }

const WHO =
  'nguoi|ng|ba bau|san phu|dua(?: nho| con| chau)?|chau|em be|be|tre(?: em| nho)?|nhan khau|khau|mang|cu gia|cu|ong ba|ba chau|me con|cha con|bo con|vo chong|anh em|chi em|ba con|thanh vien|nguoi lon|con nit|con nho|people|persons?|adults?|kids?|children|of us'
const COUNT = new RegExp(
  `(?<![a-z0-9/.,-])(${NUMBER}) (?:may |nguoi )?(${WHO})(?![a-z])(?! ?(?:dan|ta|trong so))`,
  'g',
)
const WHOLE =
  /(?<![a-z])(?:ca nha|nha|gia dinh|tong cong|co|con) (?:co |toi co |tui co |con )?(\d{1,2}) (?:nguoi|ng|khau|nhan khau|mang|dua)(?![a-z])/
const PAIR =
  /(?<![a-z])(?:2|hai) (?:vo chong|ong ba|me con|cha con|bo con|ba chau|anh em|chi em)(?![a-z])/
const ALONE =
  /(?<![a-z])(?:(?:co |con )?(?:mot minh|mot than)|minh toi|mình tui|alone|by myself)(?![a-z])/
/** Not a count of people at a place. */
const NOT_THEM = /(?:gia|gio|ngay|lan|thu|so|cap|lop|nam|tang) ?$/
/** "5 khẩu, 2 cụ già": the two are among the five; "3 người với 2 cháu" are five. */
const WHOLE_HOUSE = /^(?:nguoi|ng|nhan khau|khau|mang|thanh vien|people|persons?)$/
const AND = /(?<![a-z])(?:voi|va|cong|them|cung|and|plus)(?![a-z])/
/** A crowd beyond this is no household. */
const MAX_COUNT = 999

/** How many people a message says are there: the whole household if named, else the sum of those counted. */
export function findPeople(text: string, original: string): People | undefined {
  const cut = (m: RegExpMatchArray) =>
    original.slice(m.index ?? 0, (m.index ?? 0) + m[0].length).trim()
  const whole = WHOLE.exec(text)
  if (whole !== null) return { count: Number(whole[1]), text: cut(whole) }
  let sum = 0
  let household: { count: number; end: number } | undefined
  const parts: string[] = []
  for (const match of text.matchAll(COUNT)) {
    const count = readNumber(match[1] ?? '')
    if (count === undefined || count <= 0 || count > MAX_COUNT) continue
    if (NOT_THEM.test(text.slice(Math.max(0, match.index - 5), match.index))) continue
    const isOfThem =
      household !== undefined &&
      count <= household.count &&
      !AND.test(text.slice(household.end, match.index))
    if (isOfThem) continue
    sum += count
    parts.push(cut(match))
    const isWhole =
      WHOLE_HOUSE.test(match[2] ?? '') &&
      !/^ ?(?:lon|gia)/.test(text.slice(match.index + match[0].length))
    if (isWhole) household ??= { count, end: match.index + match[0].length }
  }
  if (sum > 0) return { count: sum, text: parts.join(', ') }
  const pair = PAIR.exec(text)
  if (pair !== null) return { count: 2, text: cut(pair) }
  const alone = ALONE.exec(text)
  return alone === null ? undefined : { count: 1, text: cut(alone) }
}

const WORDS: readonly (readonly [kind: Vulnerable, pattern: RegExp])[] = [
  [
    'elderly',
    /(?<![a-z])(?:nguoi gia|gia yeu|ong gia|ba gia|cu gia|ca gia|cu (?:ong|ba)|ong ba (?:gia|noi|ngoai)|ba me gia|cha me gia|me gia|ma gia|nguoi cao tuoi|cao tuoi|lon tuoi|on mu|on me|me mu|on gia|nguoi gia ca|vo chong gia|elderly|old (?:man|woman|people|mother|father|parents|person)|grandm\w+|grandfather|grandpa)(?![a-z])/,
  ],
  [
    'child',
    /(?<![a-z])(?:tre (?:em|nho|con|so sinh)|con nit|con nho|em be|be (?:gai|trai|nho|so sinh)|so sinh|dua (?:nho|be|con nit|tre)|chau (?:nho|be|noi|ngoai|gai|trai)|con (?:tho|dai)|thang tuoi|chau be|hoc sinh|tre|bab(?:y|ies)|child(?:ren)?|kids?|infant|toddler|newborn)(?![a-z])/,
  ],
  [
    'pregnant',
    /(?<![a-z])(?:ba bau|co bau|mang bau|mang thai|san phu|sap sinh|sap de|chuyen da|dau de|thai phu|co chua|bung mang da chua|co thai|bau (?:\d|may|gan|sap)|vo bau|chi bau|em bau|pregnant|in labou?r|giving birth)(?![a-z])/,
  ],
  [
    'sick',
    /(?<![a-z])(?:nguoi benh|benh nhan|benh nang|bi benh|dau nang|om nang|dang om|dang benh|chay than|tho oxy|tho o xy|may tho|dot quy|tai bien|dau tim|nhoi mau|ung thu|sot cao|kho tho|hen suyen|lên cơn|len con|co giat|bi thuong|gay chan|gay tay|nam lien giuong|bat tinh|ngat|sick|ill|heart attack|stroke|injured|wounded|dialysis|oxygen|unconscious)(?![a-z])/,
  ],
  [
    'disabled',
    /(?<![a-z])(?:khuyet tat|tan tat|xe lan|bi liet|liet giuong|liet nua nguoi|nguoi liet|nguoi mu|bi mu|mu loa|cam diec|bi diec|khong di (?:duoc|lai duoc)|ko di dc|khong tu di|cut chan|thieu nang|tam than|disabled|wheelchair|blind|deaf|paraly[sz]ed|cannot walk|can't walk)(?![a-z])/,
  ],
]
const AGE = /(?<![a-z0-9])(\d{1,3}) (?:tuoi|t\b|years? old)/g
const ELDERLY_FROM = 60
const CHILD_BELOW = 16

/** Kinds of vulnerable people that a message names, by word or by age. */
export function findVulnerable(text: string): Vulnerable[] {
  const kinds = new Set(WORDS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind))
  for (const match of text.matchAll(AGE)) {
    const age = Number(match[1])
    if (age >= ELDERLY_FROM && age < 120) kinds.add('elderly')
    if (age < CHILD_BELOW) kinds.add('child')
  }
  return VULNERABLE.filter((kind) => kinds.has(kind))
}
