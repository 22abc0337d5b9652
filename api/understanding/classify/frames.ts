/** Classes (see data/concepts.ts) that may be danger to somebody now. */
const DANGERS = ['peril', 'plea', 'body_sign', 'stuck', 'silent', 'afloat', 'water', 'high', 'body']
/** Classes that tell what words of danger are there for: a memory, a fear, a joke, news, a question, a trade. */
const FRAMES = [
  'past',
  'maybe',
  'someday',
  'safe',
  'calm',
  'jest',
  'asks',
  'wants',
  'now',
  'fun',
  'study',
  'work',
  'love',
  'buying',
  'cooking',
  'world',
  'rumour',
  'mood',
  'kids',
  'pets',
  'gadgets',
  'looks',
  'luck',
  'learn',
  'gratitude',
  'resolved',
  'retract',
  'follow',
  'schedule',
  'scam',
  'number_wanted',
  'order_wanted',
]

/** Said after a question without a meaning of their own. */
const TRAILING = new Set(
  'a ad oi voi nhe nghe nha hi he hen vay rua ri di loa em anh chi o ban xa ta the ti u cai giup gium'.split(
    ' ',
  ),
)
const ASKING = new Set(
  'khong chua sao rang mo dau chi gi may nao ai ha nhieu nhiu khi hong right true real open now'.split(
    ' ',
  ),
)
const WHETHER = /(?<![a-z])(?:co|da|duoc|phai)(?: [a-z0-9]+){1,7} (?:khong|chua)(?![a-z])(?! ai)/

/**
 * What a whole message is about its words of danger, however far apart they stand: a danger in each frame that the
 * message has, or in none; and how it ends as a question, with what it asks about.
 */
export function framesOf(words: readonly string[], concepts: ReadonlySet<string>): string[] {
  const has = (concept: string) => concepts.has(`is ${concept}`)
  const dangers = DANGERS.filter(has)
  const frames = FRAMES.filter(has)
  const out = dangers.flatMap((danger) =>
    frames.length === 0 ? [`${danger} bare`] : frames.map((frame) => `${danger} within ${frame}`),
  )
  if (dangers.length > 0 && frames.length === 0) out.push(`bare ${Math.min(3, dangers.length)}`)
  const tail = words.findLast((word) => !TRAILING.has(word))
  const asked = tail !== undefined && ASKING.has(tail) ? `tail ${tail}` : 'tells'
  const whether = WHETHER.test(words.join(' '))
  out.push(asked, whether ? 'whether' : 'plain')
  if (asked === 'tells' && !whether) return out
  for (const concept of concepts) if (concept.startsWith('is ')) out.push(`asked ${concept}`)
  return out
}
