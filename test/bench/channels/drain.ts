import { Agent, request } from 'node:http'
import type { Sender } from '../../../api/chat/sender.ts'
import type { Ctx } from '../../../api/context.ts'
import { drainOutbox } from '../../../bots/drain.ts'
import { type TestDb, testCtx } from '../../harness.ts'
import { median } from '../measure.ts'
import { clock, farSide, print, queue, telegram, WORDS } from './kit.ts'

/** As many as the drain has under way at most. */
const AT_ONCE = 24
const ROUNDS = 5

/** As many posts as messages, as many at once, over kept-alive connections, and nothing else. */
async function rawLoop(port: number, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const body = JSON.stringify({
    chat_id: 1,
    text: WORDS,
  })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const post = () =>
    new Promise<void>((resolve, reject) => {
      const options = {
        port,
        host: '127.0.0.1',
        path: '/bot7:bench/sendMessage',
        method: 'POST',
        agent,
        headers,
      }
      const sent = request(options, (response) => {
        response.resume()
        response.on('end', resolve)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const started = performance.now()
  let left = count
  const caller = async () => {
    while (left-- > 0) await post()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, caller))
  agent.destroy()
  return (count * 1_000) / (performance.now() - started)
}

/** Messages a second out of the outbox, with the limits lifted (the web chat has none). */
async function drained(ctx: Ctx, sender: Sender<never>, count: number): Promise<number> {
  await queue(ctx.db, 'web', count)
  const started = performance.now()
  await drainOutbox(ctx, [{ ...sender, channel: 'web' }], { limit: count })
  return (count * 1_000) / (performance.now() - started)
}

export async function benchDrain(name: string, { db }: TestDb, count: number): Promise<void> {
  for (const latencyMs of [0, 20]) {
    const far = await farSide(latencyMs)
    const ctx = testCtx(db, { clock })
    const sender = telegram(far.url) as Sender<never>
    await drained(ctx, sender, 200)
    await rawLoop(far.port, 200)
    const ratios: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const ours = await drained(ctx, sender, count)
      const raw = await rawLoop(far.port, count)
      ratios.push(ours / raw)
      print(
        `drain, ${name}, answers after ${latencyMs} ms: ${ours.toFixed(0)}/s; raw loop ${raw.toFixed(0)}/s`,
      )
    }
    print(
      `drain, ${name}, ${latencyMs} ms: ${median(ratios).toFixed(2)} of the raw loop (median of ${ROUNDS})`,
    )
    far.stop()
  }
}
