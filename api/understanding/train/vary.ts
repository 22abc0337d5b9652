import { fold } from '../../core/text.ts'
import { SPELLINGS } from '../data/spellings.ts'
import { type Dice, dice, seedOf } from './random.ts'
import { SLOTS } from './slots.ts'

const list = (text: string): readonly string[] => text.split('|')

/** Said before or after anything, by anybody: they must not mean anything to a model. */
const HELLOS = list(
  'alo|alo ad|dạ|dạ cho em hỏi|cho tôi hỏi|cho tui hỏi cái|loa ơi|ad ơi|chào loa|xin chào|chào anh chị|kính gửi UBND xã|thưa cán bộ|em chào ad|ê|này|mấy chú ơi|o ơi|anh ơi|chị ơi|bác ơi|hi ad|hello|dạ thưa|ủa|trời ơi|bà con ơi|xã ơi|cán bộ ơi|cho mình hỏi|nhờ ad|kính thưa quý cơ quan|a lô',
)
const BYES = list(
  'ạ|với ạ|nhé|nghe|hỉ|hè|với|giùm|giúp em với ạ|cảm ơn|xin cảm ơn|em cảm ơn ạ|cảm ơn nhiều|ad|ad ơi|nha|nha ad|đi|đó|luôn|mong sớm trả lời|mong xã xem giúp|trân trọng|tks|thanks ad|cảm ơn loa|dùm em|dùm tui với|nhé ad|hả ad|vậy ad|rứa|ợ',
)
const CLAUSES: readonly string[] = list(
  'tui là dân ở {bare}|nhà tui ở {bare}|tôi ở {bare}|em ở {bare}|tui già rồi không rành chữ nghĩa|con tui nhắn giùm|mệ nhờ cháu nhắn|nói thiệt với mấy chú|hôm nay tôi xin nói một chuyện|tui nói thiệt là bực lắm rồi|tui gọi hoài không ai nghe máy|mắt tui kém có chi sai bỏ qua cho|tên tôi là Lan|tôi là giáo viên về hưu|tui buôn bán ngoài chợ|trời thì mưa|hồi sáng tui đi chợ về|cả xóm ai cũng nói|số tôi là {phone}|gọi lại cho tôi số {phone}|không biết nhắn ri có đúng không|mong được trả lời|tui hỏi giùm hàng xóm|em là sinh viên mới về {bare}|chuyện là ri|số là như này',
)
/** What people tell around what they want; each may stand before or after anything. */
const STORIES: readonly string[] = list(
  'nhà tui ở vùng trũng gần sông|hôm nay mưa cả ngày|trời thì tối|tôi năm nay bảy mươi tuổi|con cái đi làm xa hết|nhà chỉ có hai ông bà già|em đang làm việc ở Bình Dương không về được|ba mẹ em ngoài quê đã lớn tuổi|mấy hôm trước bị lụt đồ đạc hư hết|vợ chồng tui làm ruộng|nhà có con nhỏ với mẹ già|tôi có lên xã hỏi mà người này chỉ người kia|hỏi hàng xóm thì ai cũng nói không biết|nghe loa nói mà không rõ|coi trên mạng thấy họ nói lung tung|đất đai của ông bà để lại|con đường trước nhà dạo này xe cộ đông|xóm tui mấy chục hộ|ngày mô tui cũng đi ngang đó|năm ngoái cũng như rứa|tui có đứa con học lớp ba|máy điện thoại của tui cũ lắm|đi làm về mệt mà còn gặp chuyện|nói ra thì dài|anh chị thông cảm|cả nhà ai cũng lo|trước đây ở huyện thì làm được|từ ngày sáp nhập tới chừ|mẹ tôi vừa được cho cái điện thoại|năm ngoái ủy ban có xuống coi|tui lùa mấy con bò lên chỗ cao rồi|bà con ở đây hiền lành|nghĩ lại vẫn thấy vui|hồi nãy có người gọi cho tui|trên biên nhận có ghi ngày|em đã đọc trên trang web rồi|tui sợ làm không đúng|gia đình tôi đã ở đây ba đời|lúc đó tôi có chụp ba tấm hình|bên nớ họ hẹn rồi để đó',
)
const ENGLISH_STORIES = list(
  'i live in hue with my family|my parents are old|i am a foreigner here|it rained all day|i work far away|we have small children|our house is near the river|i asked the neighbours but nobody knows',
)
const ENGLISH_HELLOS = list('hi|hello|excuse me|hey|good morning|dear officer|please')
const ENGLISH_BYES = list('please|thanks|thank you|asap|pls|sir|thx')
const EMOJI = list('😭|🙏|😡|😢|🆘|!!!|!!|???|...|..|😤|👍|❤️|:(|:((|=))|?|!')

const TEEN: ReadonlyMap<string, readonly string[]> = [...SPELLINGS].reduce(
  (map, [short, common]) => {
    map.set(common, [...(map.get(common) ?? []), short])
    return map
  },
  new Map<string, string[]>(),
)

const HUE: ReadonlyMap<string, string> = new Map(
  list(
    'đâu=mô|sao=răng|vậy=rứa|này=ni|gì=chi|tôi=tui|nước=nác|bà=mệ|làm=mần|kia=tê|thế=rứa|ông=ôn|mẹ=mạ|đường=đàng|thật=thiệt|nay=ni|đấy=nớ|nhỉ=hè|về=dìa|nói=noái|vào=vô|lắm=dữ|nó=hắn|giờ=chừ|bảo=biểu|giúp=giùm|bố=ba|rồi=rồi tề',
  ).map((pair) => pair.split('=') as [string, string]),
)

const TELEX_TONES: Readonly<Record<string, string>> = {
  '\u0300': 'f',
  '\u0301': 's',
  '\u0309': 'r',
  '\u0303': 'x',
  '\u0323': 'j',
}
const TELEX_SHAPES: Readonly<Record<string, string>> = { '\u0306': 'w', '\u031B': 'w' }
const VNI: Readonly<Record<string, string>> = {
  '\u0300': '2',
  '\u0301': '1',
  '\u0309': '3',
  '\u0303': '4',
  '\u0323': '5',
  '\u0302': '6',
  '\u031B': '7',
  '\u0306': '8',
}

/** A word as its keys were struck, when the typing program was off. */
function keys(word: string, method: 'telex' | 'vni'): string {
  let out = ''
  let tone = ''
  let last = ''
  for (const sign of word.normalize('NFD').replace(/đ/g, method === 'telex' ? 'dd' : 'd9')) {
    if (method === 'vni' && VNI[sign] !== undefined) {
      if (sign >= '\u0302' && sign !== '\u0303' && sign !== '\u0309' && sign !== '\u0323')
        out += VNI[sign]
      else tone = VNI[sign]
    } else if (TELEX_TONES[sign] !== undefined) tone = TELEX_TONES[sign]
    else if (sign === '\u0302') out += last
    else if (TELEX_SHAPES[sign] !== undefined) out += TELEX_SHAPES[sign]
    else {
      out += sign
      last = sign
    }
  }
  return out + tone
}

const NEAR: Readonly<Record<string, string>> = {
  a: 'sq',
  b: 'vn',
  c: 'xv',
  d: 'sf',
  e: 'wr',
  g: 'fh',
  h: 'gj',
  i: 'uo',
  k: 'jl',
  l: 'k',
  m: 'n',
  n: 'bm',
  o: 'ip',
  p: 'o',
  r: 'et',
  t: 'ry',
  u: 'yi',
  v: 'cb',
  x: 'zc',
  y: 'tu',
}

function slip(word: string, d: Dice): string {
  if (word.length < 3 || /\d/.test(word)) return word
  const at = d.below(word.length - 1) + 1
  const sign = word.charAt(at)
  const [before, after] = [word.slice(0, at), word.slice(at + 1)]
  switch (d.below(4)) {
    case 0:
      return before + after
    case 1:
      return before + sign + sign + after
    case 2:
      return word.slice(0, at - 1) + sign + word.charAt(at - 1) + after
    default:
      return before + (NEAR[sign] === undefined ? sign : d.pick([...NEAR[sign]])) + after
  }
}

/** Plain letters, the case kept. */
const unmark = (text: string): string =>
  text
    .split(' ')
    .map((word) => fold(word))
    .join(' ')

const eachWord = (text: string, change: (word: string) => string): string =>
  text.split(' ').map(change).join(' ')

type Style = (text: string, d: Dice) => string

const STYLES: readonly Style[] = [
  (text, d) => eachWord(unmark(text), (w) => (d.chance(0.7) ? d.pick(TEEN.get(w) ?? [w]) : w)),
  (text, d) => eachWord(text, (w) => (d.chance(0.7) ? d.pick(TEEN.get(fold(w)) ?? [w]) : w)),
  (text, d) => eachWord(text, (w) => (d.chance(0.75) ? (HUE.get(w.toLowerCase()) ?? w) : w)),
  (text, d) =>
    unmark(eachWord(text, (w) => (d.chance(0.75) ? (HUE.get(w.toLowerCase()) ?? w) : w))),
  (text, d) => eachWord(unmark(text), (w) => (d.chance(0.25) ? slip(w, d) : w)),
  (text, d) => eachWord(text, (w) => (d.chance(0.2) ? slip(w, d) : w)),
  (text, d) => eachWord(text.toLowerCase(), (w) => (d.chance(0.5) ? keys(w, 'telex') : w)),
  (text, d) => eachWord(text.toLowerCase(), (w) => (d.chance(0.5) ? keys(w, 'vni') : w)),
  (text, d) => unmark(text).replace(/ /g, () => (d.chance(0.35) ? '' : ' ')),
  (text) => unmark(text).replace(/ /g, ''),
  (text, d) => eachWord(text, (w) => (d.chance(0.5) ? fold(w) : w)),
  (text, d) => (d.chance(0.5) ? text : unmark(text)).toUpperCase(),
  (text, d) => `${d.chance(0.5) ? text : unmark(text)} ${d.pick(EMOJI)}`,
]

const isEnglish = (text: string): boolean =>
  /\b(?:the|is|are|my|of|to|in|on|a|i|we|how|what|please|no|need|there)\b/i.test(text) &&
  !/[^\x20-\x7e]/.test(text) &&
  !/\b(?:khong|ko|duong|nuoc|toi|tui|roi|nha|cua|xin|cho|voi|nguoi)\b/.test(text)

function framed(text: string, d: Dice): string {
  if (isEnglish(text)) {
    const before = d.chance(0.5) ? `${d.pick(ENGLISH_HELLOS)} ` : ''
    return `${before}${text}${before === '' || d.chance(0.3) ? ` ${d.pick(ENGLISH_BYES)}` : ''}`
  }
  const comma = d.chance(0.5) ? ', ' : ' '
  const before = d.chance(0.6) ? d.pick(HELLOS) + comma : ''
  const after = before === '' || d.chance(0.4) ? ` ${d.pick(BYES)}` : ''
  return before + text + after
}

function longer(text: string, d: Dice): string {
  const clause = () =>
    d
      .pick(d.chance(0.65) ? STORIES : CLAUSES)
      .replace(/\{(\w+)\}/g, (_all, slot: string) => SLOTS[slot]?.(d) ?? '')
  const mark = d.pick([', ', '. ', ' ', ' ', ' mà '])
  const parts = [text]
  for (let i = d.below(4); i >= 0; i--)
    d.chance(0.6) ? parts.unshift(clause()) : parts.push(clause())
  const out = parts.join(mark)
  return d.chance(0.4) ? `${d.pick(HELLOS)} ${out} ${d.pick(BYES)}` : out
}

const longerEnglish = (text: string, d: Dice): string =>
  d.chance(0.5) ? `${d.pick(ENGLISH_STORIES)}. ${text}` : `${text}, ${d.pick(ENGLISH_STORIES)}`

/** Words of a message that is more than a command. */
const LONG_ENOUGH = 3

/**
 * A sentence as different people would type it, the sentence itself among them: without marks, in short forms, with
 * slips of the finger, with and without politeness, in the middle of a story. Deterministic.
 */
export function vary(text: string, salt: number): string[] {
  const d = dice(seedOf(text) ^ salt)
  const isStory = text.split(' ').length >= LONG_ENOUGH
  const plain = unmark(text)
  const out = [text, plain]
  out.push(d.pick(STYLES)(text, d))
  if (!isStory) {
    out.push(framed(text, d), text.toUpperCase(), plain.replace(/ /g, ''))
    return [...new Set(out)]
  }
  const polite = framed(text, d)
  out.push(d.pick(STYLES)(polite, d))
  const story = isEnglish(text) ? longerEnglish(text, d) : longer(text, d)
  out.push(d.chance(0.5) ? story : d.pick(STYLES)(story, d))
  return [...new Set(out)]
}
