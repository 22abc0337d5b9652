import { understand } from '../../understanding/index.ts'
import { measure } from '../../understanding/train/measure.ts'
import { areaNames } from './areas.ts'
import { measuredLines } from './measured.ts'

/** `npm run understanding:measure [-- --misses]`: how well messages are read that were never trained on. */
const gazetteer = areaNames()
const messages = measuredLines().map((line) => ({
  ...line,
  read: understand(line.text, gazetteer),
}))
process.stdout.write(measure(messages, process.argv.includes('--misses')))
