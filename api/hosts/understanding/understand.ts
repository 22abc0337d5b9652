import { createInterface } from 'node:readline'
import { understand } from '../../understanding/index.ts'
import { areaNames } from './areas.ts'

/** `npm run --silent understand`: one message a line in, one JSON line out. */
const gazetteer = areaNames()
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { intent, category = null, confidence, entities } = understand(line, gazetteer)
  process.stdout.write(`${JSON.stringify({ intent, category, confidence, entities })}\n`)
}
