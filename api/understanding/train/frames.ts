import { INTENTS, type Intent } from '../classify/labels.ts'
import { dice, seedOf } from './random.ts'
import type { Line } from './train.ts'

/** Sentences that stand well inside another: no single cries, no stories, no patterns of many ways. */
const MIN_WORDS = 3
const MAX_WORDS = 14
const ENGLISH = /\b(?:the|is|are|my|he|she|and|with|please|help|need|fire|on|in)\b/i
/** Frames that each such sentence is put into: a call for rescue into one, every third report too. */
const FRAMES_OF_SOS = 1
const REPORTS_IN = 3

const isOf = (slot: 'sos' | 'report', line: Line): boolean => {
  const words = line.text.split(' ').length
  const isKind = slot === 'sos' ? line.intent === 'sos' : line.intent === 'report_incident'
  return isKind && words >= MIN_WORDS && words <= MAX_WORDS && !/[[{?]/.test(line.text)
}

/**
 * Lines that tell of a danger or a report inside another sentence ("nghe đồn …, có đúng không"): what stands around it
 * decides. `frames` are `intent | words with {sos} or {report}`; deterministic.
 */
export function framedLines(frames: readonly string[], lines: readonly Line[]): Line[] {
  const read = frames.map((frame) => {
    const [name = '', text = ''] = frame.split(' | ')
    const intent = INTENTS.find((one) => one === name)
    if (intent === undefined) throw new Error(`${name}: no intent of this name`)
    return { intent, text }
  })
  const put = (slot: 'sos' | 'report', line: Line, count: number): Line[] => {
    const d = dice(seedOf(line.text) ^ 0x5eed)
    const fitting = read.filter(({ text }) => text.includes(`{${slot}}`))
    return Array.from({ length: count }, () => d.pick(fitting)).map(({ intent, text }) =>
      filled(line, intent, text.replace(`{${slot}}`, line.text)),
    )
  }
  const vietnamese = lines.filter(({ text }) => !ENGLISH.test(text))
  return [
    ...vietnamese.filter((line) => isOf('sos', line)).flatMap((l) => put('sos', l, FRAMES_OF_SOS)),
    ...vietnamese
      .filter((line, i) => isOf('report', line) && i % REPORTS_IN === 0)
      .flatMap((line) => put('report', line, 1)),
  ]
}

/** The category stays where the frame is still about the matter itself. */
const filled = ({ intent: was, category }: Line, intent: Intent, text: string): Line => ({
  text,
  intent,
  ...(category === undefined || intent !== was ? {} : { category }),
})
