import { areaNames } from '../../api/hosts/understanding/areas.ts'
import { measuredLines } from '../../api/hosts/understanding/measured.ts'
import { understand } from '../../api/understanding/index.ts'

/** How long one message takes to be understood: the measured messages in turn, and the longest one that is read. */
const ROUNDS = 5
const gazetteer = areaNames()
const messages = measuredLines().map(({ text }) => text)

function millisecondsEach(texts: readonly string[]): number {
  const started = performance.now()
  for (const text of texts) understand(text, gazetteer)
  return (performance.now() - started) / texts.length
}

const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
const each = (texts: readonly string[]): string =>
  median(Array.from({ length: ROUNDS }, () => millisecondsEach(texts))).toFixed(2)

millisecondsEach(messages)
const longest = Array.from({ length: 20 }, () => `${messages.join(' ')} `.slice(0, 8_000))
process.stdout.write(
  `understanding: ${each(messages)} ms a message (${messages.length} measured ones), ${each(longest)} ms for 8,000 signs\n`,
)
