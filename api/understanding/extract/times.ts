/** When something happens or happened, relative to the message: whoever knows the clock resolves it. */
export type TimeMention = {
  text: string
  /** Days from today: 0 today, -1 yesterday, 1 tomorrow. */
  dayOffset?: number
  /** Day of the month, month and year as written. */
  date?: { day: number; month: number; year?: number }
  hour?: number
  minute?: number
  part?: 'morning' | 'noon' | 'afternoon' | 'evening' | 'night'
  /** So long before now. */
  minutesAgo?: number
  /** It has gone on since then. */
  isSince?: true
  isNow?: true
}

const DAYS: readonly (readonly [pattern: string, offset: number])[] = [
  ['hom nay|bua ni|bua nay|hnay|ngay ni|today', 0],
  ['hom qua|bua qua|bua tru|hqua|toi qua|dem qua|chieu qua|sang qua|yesterday|last night', -1],
  ['hom kia|hom tru|bua kia|bua te', -2],
  ['ngay mai|sang mai|chieu mai|mai nay|bua mai|tomorrow', 1],
  ['ngay kia|ngay mot|mot mai', 2],
  [
    '(?:rang sang|sang som|tinh mo)(?: (?:nay|ni))?|hoi (?:sang|khuya|trua|chieu|toi|dem|hom)|sang (?:nay|ni)|trua (?:nay|ni)|chieu (?:nay|ni)|toi (?:nay|ni)|khi (?:sang|chieu|toi|hoi|khuya)|this morning|tonight',
    0,
  ],
]
const PARTS: readonly (readonly [pattern: RegExp, part: NonNullable<TimeMention['part']>])[] = [
  [/sang|morning/, 'morning'],
  [/trua|noon/, 'noon'],
  [/chieu|afternoon/, 'afternoon'],
  [/khuya|dem|night/, 'night'],
  [/toi|evening/, 'evening'],
]
const SINCE = '(tu (?:hoi |luc |khi |toi )?|ke tu |suot tu |since )?'
const DAY = new RegExp(`(?<![a-z])${SINCE}(${DAYS.map(([p]) => p).join('|')})(?![a-z])`, 'g')
const CLOCK =
  /(?<![\d/.,-])(tu (?:luc )?|luc |khoang |since |at )?([01]?\d|2[0-3]) ?(?:(?:h|g|gio|gioi)(?: ?([0-5]?\d)(?!\d))?( ruoi)?|:([0-5]\d))(?![a-z\d])(?: (sang|trua|chieu|toi|dem|khuya))?/g
const AM_PM = /(?<![\d/])(1[0-2]|[1-9])(?::([0-5]\d))? ?(am|pm)(?![a-z])/g
const AGO =
  /(?<![a-z0-9])(?<!thu )(?:cach day |hon |khoang )?(\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua) (phut|p|tieng|gio dong ho|gio|ngay|bua|hom|tuan|thang)(?: (truoc|qua|roi|nay|ni|lien)|(?<=cach day [a-z0-9 ]{1,16}))(?![a-z])/g
const DATE =
  /(?<![\d/.-])(?:ngay |mung |hom |bua )?([0-3]?\d)[/.-]([01]?\d)(?:[/.-](20\d\d|\d\d))?(?![\d/])/g
const NOW =
  /(?<![a-z])(bay gio|bay chu|chu ni|hien gio|hien tai|ngay luc nay|luc nay|dang|vua moi|moi day|right now|now|giờ ni)(?![a-z])/
const UNIT_MINUTES: Readonly<Record<string, number>> = {
  phut: 1,
  p: 1,
  tieng: 60,
  gio: 60,
  'gio dong ho': 60,
  ngay: 1440,
  bua: 1440,
  hom: 1440,
  tuan: 10_080,
  thang: 43_200,
}
const COUNT = 'khong mot hai ba bon nam sau bay tam chin muoi'.split(' ')
const MAX_TIMES = 8
const AFTERNOON = /chieu|toi|dem|khuya/

/** Times in a flat text, in order, at most eight; `original` is cut for `text`. */
export function findTimes(text: string, original: string): TimeMention[] {
  const found: (TimeMention & { at: number; end: number })[] = []
  const add = (match: RegExpMatchArray, time: Omit<TimeMention, 'text'>) => {
    const at = match.index ?? 0
    const end = at + match[0].length
    if (found.some((f) => f.at < end && at < f.end)) return
    found.push({ text: original.slice(at, end).trim(), ...time, at, end })
  }
  for (const match of text.matchAll(AGO)) {
    const [, count = '', unit = '', kind] = match
    const n = count === 'nua' ? 0.5 : /\d/.test(count) ? Number(count) : COUNT.indexOf(count)
    const minutesAgo = Math.round(n * (UNIT_MINUTES[unit] ?? 1))
    add(match, {
      minutesAgo,
      ...(kind === undefined || kind === 'truoc' || kind === 'qua' ? {} : { isSince: true }),
    })
  }
  for (const match of text.matchAll(CLOCK)) {
    const [all, before = '', h = '', m, half, colon, part] = match
    const hour =
      Number(h) < 12 && part !== undefined && AFTERNOON.test(part) ? Number(h) + 12 : Number(h)
    const minute = half === undefined ? Number(m ?? colon ?? 0) : 30
    // "2 giờ" without a cue may be a length of time.
    const isLength =
      / gio$| gio /.test(all) && before === '' && part === undefined && half === undefined
    if (isLength && m === undefined) continue
    add(match, {
      hour: hour % 24,
      minute,
      ...(/^(?:tu|since)/.test(before) ? { isSince: true } : {}),
    })
  }
  for (const match of text.matchAll(AM_PM)) {
    const hour = (Number(match[1]) % 12) + (match[3] === 'pm' ? 12 : 0)
    add(match, { hour, minute: Number(match[2] ?? 0) })
  }
  for (const match of text.matchAll(DATE)) {
    const [all, d = '', m = '', y] = match
    const [day, month] = [Number(d), Number(m)]
    if (day < 1 || day > 31 || month < 1 || month > 12) continue
    // "kiệt 12/3" is an address.
    if (/(?:kiet|k|so|nha|hem|ngo) ?$/.test(text.slice(Math.max(0, match.index - 6), match.index)))
      continue
    if (y === undefined && !/^(?:ngay|mung|hom|bua)/.test(all)) continue
    const year = y === undefined ? {} : { year: y.length === 2 ? 2000 + Number(y) : Number(y) }
    add(match, { date: { day, month, ...year } })
  }
  for (const match of text.matchAll(DAY)) {
    const [, since, words = ''] = match
    const offset = DAYS.find(([p]) => new RegExp(`^(?:${p})$`).test(words))?.[1] ?? 0
    const part = PARTS.find(([p]) => p.test(words))?.[1]
    add(match, {
      dayOffset: offset,
      ...(part === undefined ? {} : { part }),
      ...(since === undefined ? {} : { isSince: true }),
    })
  }
  const now = NOW.exec(text)
  if (now !== null) add(now, { isNow: true })
  return found
    .sort((a, b) => a.at - b.at)
    .slice(0, MAX_TIMES)
    .map(({ at: _at, end: _end, ...time }) => time)
}
