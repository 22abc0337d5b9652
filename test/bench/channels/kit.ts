import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { say } from '../../../api/chat/message.ts'
import type { Db } from '../../../api/context.ts'
import { createNodeFetch } from '../../../api/hosts/node-fetch.ts'
import { createTelegramSender } from '../../../bots/telegram/send.ts'

export const print = (text: string) => process.stdout.write(`${text}\n`)
export const clock = { now: () => new Date(), set: () => {}, advance: () => {} }
export const WORDS = 'Nước sông đang lên. Ông/bà đưa đồ đạc lên cao giúp.'

export async function farSide(latencyMs: number) {
  const child = fork(fileURLToPath(new URL('far-side.ts', import.meta.url)), [String(latencyMs)])
  const port = await new Promise<number>((resolve) =>
    child.once('message', (n) => resolve(Number(n))),
  )
  const url = `http://127.0.0.1:${port}`
  const arrivals = async (): Promise<number[]> => (await fetch(url)).json() as Promise<number[]>
  return { url, port, arrivals, stop: () => child.kill() }
}

/** As the Node host makes it. */
export const telegram = (apiRoot: string) =>
  createTelegramSender({ token: '7:bench', apiRoot, fetch: createNodeFetch(null) })

export async function queue(db: Db, channel: string, count: number): Promise<void> {
  await db.deleteFrom('outbox').execute()
  const now = new Date(Date.now() - 1_000)
  const message = JSON.stringify(say(WORDS))
  for (let from = 0; from < count; from += 500) {
    const rows = Array.from({ length: Math.min(500, count - from) }, (_, i) => ({
      id: crypto.randomUUID(),
      channel,
      chatKey: String(5_000_000_000 + from + i),
      lane: 'notice' as const,
      dedupeKey: `bench-${channel}-${from + i}`,
      message,
      language: 'vi' as const,
      state: 'queued' as const,
      runAt: now,
      createdAt: now,
    }))
    await db.insertInto('outbox').values(rows).execute()
  }
}
