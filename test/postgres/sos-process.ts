import { createInterface } from 'node:readline'
import { tellDueRounds } from '../../api/rooms/sos/index.ts'
import { testClock, testCtx } from '../harness.ts'
import { openUrl } from '../harness-pg.ts'

/** A process of its own over a database (its first argument): for each time on its input it tells due rounds; how many. */
const db = openUrl(process.argv[2] ?? '')
const clock = testClock()
const ctx = testCtx(db, { clock })
process.stdout.write('ready\n')
for await (const at of createInterface({ input: process.stdin })) {
  clock.set(at)
  process.stdout.write(`${await tellDueRounds(ctx)}\n`)
}
await db.destroy()
