import { NUMBER, readNumber } from './flat.ts'

export type Depth = { depthCm: number; minCm: number; maxCm: number; text: string }

/** Marks on a body, a vehicle or a house, folded: likely height and its range in cm, for a grown person and a house of the plain. */
const MARKS: readonly (readonly [words: string, cm: number, minCm: number, maxCm: number])[] = [
  ['mat ca(?: chan)?|co chan|ankles?', 10, 5, 15],
  ['(?:mu |lung )?ban chan', 8, 3, 12],
  ['ong (?:chan|quyen|dong)|bap (?:chan|chuoi|ve)|cang chan|calf|shins?', 30, 20, 40],
  ['(?:dau )?goi|(?:troc|trooc|dau) (?:goi|cui)|knees?', 50, 40, 60],
  ['tren (?:dau )?goi', 60, 50, 70],
  ['dui|bap dui|thighs?', 70, 60, 85],
  ['ben|hang', 80, 70, 90],
  ['hong|mong|lung quan|hips?', 85, 75, 95],
  ['nua (?:cai )?nguoi|nua than', 90, 75, 110],
  ['that lung|bung|ron|eo|waists?', 100, 85, 110],
  ['nguc|chest', 120, 110, 135],
  ['vai|nach|shoulders?', 135, 125, 145],
  ['co|necks?', 140, 130, 150],
  ['cam|mieng|chin', 145, 135, 155],
  ['mui|tran|mat', 150, 140, 160],
  ['dau|heads?', 165, 150, 180],
  ['(?:nua|nua cai) banh(?: xe(?: may| dap)?)?', 30, 20, 35],
  ['banh xe(?: may| dap)?', 55, 45, 65],
  ['(?:ong )?(?:po|bo)(?: xe)?', 25, 15, 30],
  ['yen xe(?: may)?|yen', 75, 65, 85],
  ['tay lai|ghi dong', 100, 90, 110],
  ['bac them|them nha|them|tam cap', 35, 20, 60],
  ['mep giuong|giuong', 45, 35, 60],
  ['mat ban|ban tho|ban', 80, 70, 120],
  ['(?:be |bac )?cua so', 100, 85, 130],
  ['nua (?:cai )?nha|nua vach|nua tuong', 150, 100, 200],
  ['(?:ca |mot )gang(?: tay)?', 20, 15, 25],
  ['la phong|la phông|tran nha', 280, 240, 320],
  ['(?:mai|noc)(?: nha| ton)?|roofs?', 300, 250, 400],
]
const TO =
  '(?:toi|den|ngang|qua|len|lut|nua|ngap|sau|tam|gan|hon|het|mep|cao|up to(?: the| my| our)?|to the)'
const COUNTED = new RegExp(
  `(?<![a-z0-9])(${NUMBER})(?: ?(?:-|toi|den|hoac) ?(${NUMBER})|(?<=\\d) (\\d{1,3})|(?<=[a-z]) (\\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin))?( chuc)? ?(phan|cm|xang|xen|xentimet|centimet|centimeters?|tac|gang(?: tay)?|met(?:ers?|res?)?|thuoc|m|feet|foot|ft|inch(?:es)?)(?: ?(ruoi|\\d{1,2}|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin))?(?![a-z0-9])`,
  'g',
)
const HALF = /(?<![a-z])(?:nua|half a?) ?(met|thuoc|m|meter|metre|foot)(?![a-z0-9])/
const AND_HALF = /(?<![a-z])(?:met|thuoc) ruoi(?![a-z])/
const ABOUT_WATER =
  /(?<![a-z])(?:ngap|nuoc|nuc|nuoc|nc|nac|lut|lu|sau|dang|flood\w*|deep|depth|water|trieu|tran|bun|muc)(?![a-z])/
/** "nước cao chừng 60 phân" is a depth, "cây cao 5m" is none. */
const HIGH_WATER =
  /(?<![a-z])(?:nuoc|nc|nac|lu|lut|ngap|muc nuoc)(?: (?!cay|nha|tru|cot)[a-z]+){0,2} (?:cao|hon|tren|them)\s*(?:khoang|chung|tam|co|gan|hon)?\s*$/
/** Other lengths than a depth, right before a number. */
const OTHER_LENGTH =
  /(?:rong|dai|cach|cao|duong kinh|day|doan|khoang cach|kich thuoc|nang|gia|ban kinh|moi|tren|them|hon)\s*(?:khoang|chung|tam|co|gan|hon)?\s*$/
const UNIT_CM: Readonly<Record<string, number>> = {
  tac: 10,
  gang: 20,
  'gang tay': 20,
  met: 100,
  thuoc: 100,
  m: 100,
  meter: 100,
  meters: 100,
  metre: 100,
  metres: 100,
  feet: 30.48,
  foot: 30.48,
  ft: 30.48,
  inch: 2.54,
  inches: 2.54,
}
/** Deeper than any water on land: another number. */
const MAX_CM = 1_000
/** A number that somebody guessed. */
const SPREAD = 0.15

const around = (cm: number, text: string): Depth => ({
  depthCm: Math.round(cm),
  minCm: Math.round(cm * (1 - SPREAD)),
  maxCm: Math.round(cm * (1 + SPREAD)),
  text,
})

/**
 * How deep the water stands, in cm with a range; `original` is cut for `text`. Only where the message speaks of water,
 * so that "đường rộng 3m" and "tôi gọi" are none.
 */
export function findDepth(text: string, original: string): Depth | undefined {
  if (!ABOUT_WATER.test(text)) return undefined
  return counted(text, original) ?? half(text, original) ?? byMark(text, original)
}

function counted(text: string, original: string): Depth | undefined {
  for (const match of text.matchAll(COUNTED)) {
    const [all, first = '', upper, digits, word, chuc, unit = '', rest] = match
    const before = text.slice(Math.max(0, match.index - 30), match.index)
    const until = upper ?? digits ?? word
    // "sâu 40 phân" and "sâu bốn tấc": deep, not six.
    const isDeep =
      first === 'sau' && word !== undefined && !((readNumber(word) ?? 0) > 6 && !/\d/.test(word))
    const value = isDeep ? readNumber(word) : readNumber(first)
    if (value === undefined || (OTHER_LENGTH.test(before) && !HIGH_WATER.test(before))) continue
    const each = (UNIT_CM[unit] ?? 1) * (chuc === undefined ? 1 : 10)
    const words = original.slice(match.index, match.index + all.length)
    const to = until === undefined || isDeep ? undefined : readNumber(until)
    if (to !== undefined && to > value && each * to <= MAX_CM) {
      const [minCm, maxCm] = [value * each, to * each].map(Math.round)
      if (minCm === undefined || maxCm === undefined) continue
      return { depthCm: Math.round((minCm + maxCm) / 2), minCm, maxCm, text: words }
    }
    const cm = value * each + tail(rest, each)
    if (cm > 0 && cm <= MAX_CM) return around(cm, words)
  }
  return undefined
}

/** The part after the unit: "1m2" is 120 cm, "1m25" 125, "2 met ruoi" 250. */
function tail(rest: string | undefined, each: number): number {
  if (rest === undefined) return 0
  if (rest === 'ruoi') return each / 2
  const value = readNumber(rest) ?? 0
  return each === 100 ? (value < 10 ? value * 10 : value) : 0
}

function half(text: string, original: string): Depth | undefined {
  const match = HALF.exec(text)
  const more = AND_HALF.exec(text)
  const hit = match ?? more
  if (hit === null) return undefined
  return around(hit === match ? 50 : 150, original.slice(hit.index, hit.index + hit[0].length))
}

const BY_MARK = MARKS.map(
  ([words, cm, minCm, maxCm]) =>
    [
      new RegExp(
        `(?<![a-z])(?:${TO} (?:duoc |gan |qua |hon |lut |ca |tan )?)?(?:${words})(?![a-z])`,
        'g',
      ),
      { depthCm: cm, minCm, maxCm },
    ] as const,
)
const CUE = new RegExp(`^${TO}(?![a-z])`)
const ENGLISH = /(?:deep|high|ankle|knee|thigh|waist|chest|neck|roof|hips?|calf)/
const WATER_NEAR =
  /(?<![a-z])(?:ngap|nuoc|nc|nac|lut|lu|len|dang|sau|vo|vao|tran|flood\w*|water|deep)(?![a-z])/
/** "toi co 3 nguoi", "toi goi hoai": "tôi", not "tới". */
const I_DO =
  /^(?:toi (?:co|goi|dau|mat|ban|vai|mui|tran))(?= (?:\d|hoai|dien|cho|ma|may|so|mot|hai|ba|bon|nam|nguoi|con|nha|me|cha|ong|nhieu|khong|the|dong|thay|nho|biet|da|ra|xa|uy|cong|11|19|thuong|roi mà)(?![a-z]))/
const NOT_MARK = /(?<!\p{L})(?:tôi|gọi|có|đâu|bán|bạn|vài|thêm)(?!\p{L})/u
/** Words that are a mark only with a cue before them. */
const PLAIN =
  /^(?:co|dau|mat|ban|vai|mui|tran|cam|mieng|hong|mong|hang|ben|eo|them|yen|po|bo|ron|mai|noc)\b/

function byMark(text: string, original: string): Depth | undefined {
  let best: (Depth & { at: number }) | undefined
  for (const [pattern, size] of BY_MARK) {
    for (const match of text.matchAll(pattern)) {
      const hit = match[0]
      const at = match.index
      const hasCue = CUE.test(hit) || /^(?:nua|tren)/.test(hit)
      if (!hasCue && (PLAIN.test(hit) || !ENGLISH.test(text.slice(at, at + hit.length + 6))))
        continue
      if (!WATER_NEAR.test(text.slice(Math.max(0, at - 60), at + hit.length + 12))) continue
      if (I_DO.test(text.slice(at, at + 30))) continue
      const words = original.slice(at, at + hit.length)
      // Marks decide what folding hides: "tôi có" is no "tới cổ", "gọi" no "gối".
      if (NOT_MARK.test(words.toLowerCase())) continue
      // "nửa bánh xe" is longer than "bánh xe" and says more.
      if (best === undefined || at < best.at || (at === best.at && hit.length > best.text.length))
        best = { ...size, text: words, at }
    }
  }
  if (best === undefined) return undefined
  const { at: _, ...depth } = best
  return depth
}
