import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { say } from '../../api/chat/message.ts'
import type { Sender } from '../../api/chat/sender.ts'
import type { Ctx, Db } from '../../api/context.ts'
import { createTelegramChannel } from '../../api/hosts/channels/telegram.ts'
import { seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { drainOutbox } from '../../bots/drain.ts'
import { createTelegramSender } from '../../bots/telegram/send.ts'
import { startServer } from '../e2e/server.ts'
import { DEFAULTS, startZaloOaFake } from '../fakes/zalo-oa.ts'
import { openPglite, silentLog, type TestDb, testCtx } from '../harness.ts'
import { createTestDatabase, openPostgres, openUrl } from '../harness-pg.ts'
import { setup as startPostgres } from '../harness-pg-setup.ts'
import { type Figures, line, measure, medianRatio } from './measure.ts'

/** The channels' ways in and out, each against the least that could do it, in one run. Read the ratios. */
const ROUNDS = 3
/** As many as the drain has under way at most. */
const AT_ONCE = 24
const SECRET = 'bench-webhook-secret'
const print = (text: string) => process.stdout.write(`${text}\n`)
const clock = { now: () => new Date(), set: () => {}, advance: () => {} }

async function farSide(latencyMs: number) {
  const child = fork(fileURLToPath(new URL('far-side.ts', import.meta.url)), [String(latencyMs)])
  const port = await new Promise<number>((resolve) =>
    child.once('message', (n) => resolve(Number(n))),
  )
  const url = `http://127.0.0.1:${port}`
  const arrivals = async (): Promise<number[]> => (await fetch(url)).json() as Promise<number[]>
  return { url, port, arrivals, stop: () => child.kill() }
}

const telegram = (apiRoot: string) => createTelegramSender({ token: '7:bench', apiRoot })

async function queue(db: Db, channel: string, count: number): Promise<void> {
  await db.deleteFrom('outbox').execute()
  const now = new Date(Date.now() - 1_000)
  const message = JSON.stringify(say('Nước sông đang lên. Ông/bà đưa đồ đạc lên cao giúp.'))
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

/** As many posts as messages, as many at once, over kept-alive connections, and nothing else. */
async function rawLoop(port: number, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const body = JSON.stringify({
    chat_id: 1,
    text: 'Nước sông đang lên. Ông/bà đưa đồ đạc lên cao giúp.',
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

async function benchDrain(name: string, { db }: TestDb, count: number): Promise<void> {
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

const median = (all: readonly number[]) =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0

/** How much of 30 a second is used, and the busiest second that the far side saw. */
async function benchPace(dbs: readonly Db[], count: number): Promise<void> {
  const far = await farSide(0)
  const [first] = dbs
  if (first === undefined) return
  await queue(first, 'telegram', count)
  const work = dbs.map((db) =>
    drainOutbox(testCtx(db, { clock }), [telegram(far.url)], { limit: count }),
  )
  await Promise.all(work)
  const times = (await far.arrivals()).toSorted((a, b) => a - b)
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0)
  const busiest = Math.max(
    ...times.map((from, i) => times.slice(i, i + 61).filter((at) => at < from + 1_000).length),
  )
  const share = (times.length - 30) / (spanMs / 1_000) / 30
  print(
    `pace, ${dbs.length} at once: ${(share * 100).toFixed(1)} % of 30/s used over ${(spanMs / 1_000).toFixed(1)} s, busiest second ${busiest}`,
  )
  far.stop()
}

let updates = 0
const update = () => {
  const id = 5_100_000_000 + (++updates % 50)
  const from = { id, is_bot: false, first_name: 'A' }
  const message = {
    message_id: updates,
    date: 1,
    chat: { id, type: 'private' },
    from,
    text: 'menu',
  }
  return JSON.stringify({ update_id: 1_000_000 + updates, message })
}

/** Telegram's webhook to the committed turn, against one insert behind a bare handler. */
async function benchWebhooks(
  name: string,
  { db }: TestDb,
  size: { count: number; callers: number },
) {
  const ctx = testCtx(db, { clock })
  await seedConsentTexts(db, ctx.now())
  const { receive } = createTelegramChannel(
    {
      publicUrl: 'https://loa.test',
      telegram: { botToken: '7:bench', webhookSecret: SECRET, apiRoot: null, proxy: null },
    },
    {
      ctx: () => ctx,
      turn: createTurn({ entries: incidentFlows, knowledge: areaKnowledge }),
      background: () => {},
      log: silentLog,
      count: () => {},
      sealer: { seal: (_, text) => text, unseal: (_, sealed) => sealed },
    },
  )
  const bare = new Hono().post('/', async (c) => {
    const body = await c.req.json<{ update_id: number }>()
    const row = {
      channel: 'bare',
      eventId: String(body.update_id),
      bodyHash: '',
      state: 'processed' as const,
    }
    await db
      .insertInto('inboundEvent')
      .values({ ...row, body: JSON.stringify(body), crashes: 0, receivedAt: new Date() })
      .execute()
    return c.body(null, 200)
  })
  const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET }
  const ok = async (response: Response | Promise<Response>) => {
    const { status } = await response
    if (status !== 200) throw new Error(`webhook: ${status}`)
  }
  const post = () => new Request('https://loa.test/', { method: 'POST', headers, body: update() })
  const pairs: [Figures, Figures][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await measure(() => ok(receive(post())), size)
    const theirs = await measure(() => ok(bare.request(post())), size)
    pairs.push([ours, theirs])
    print(line(`webhook to committed turn, ${name}`, ours))
    print(line('  bare handler, one insert', theirs))
  }
  print(
    `webhook, ${name}: ${medianRatio(pairs).toFixed(2)} of the bare insert (median of ${ROUNDS})`,
  )
}

/** Webhooks arrive at a fixed rate, whatever becomes of the earlier ones; how long each waits for its 200. */
async function benchZaloOa(
  name: string,
  env: Record<string, string>,
  seconds: number,
): Promise<void> {
  const oa = await startZaloOaFake()
  const server = await startServer({
    env: {
      ...env,
      DEMO_SEND: '1',
      PUBLIC_URL: 'http://loa.test',
      ZALO_APP_ID: DEFAULTS.appId,
      ZALO_APP_SECRET: DEFAULTS.appSecret,
      ZALO_OA_ID: DEFAULTS.oaId,
      ZALO_OA_SECRET_KEY: DEFAULTS.oaSecretKey,
      ZALO_OA_REFRESH_TOKEN: DEFAULTS.refreshToken,
      ZALO_API_ROOT: oa.url,
      ZALO_OAUTH_ROOT: oa.url,
      ZALO_GRAPH_ROOT: oa.url,
    },
  })
  const times: number[] = []
  const failed: number[] = []
  const one = async (n: number) => {
    const body = {
      app_id: DEFAULTS.appId,
      event_name: 'user_send_text',
      timestamp: String(Date.now()),
      sender: { id: `2468455${n % 400}` },
      recipient: { id: DEFAULTS.oaId },
      message: { text: 'xin chào', msg_id: `bench-${n}` },
    }
    const at = performance.now()
    const answer = oa.post(`${server.url}/webhooks/zalo-oa`, body)
    const [status = 0] = await answer.catch(() => [0])
    times.push(performance.now() - at)
    if (status !== 200) failed.push(status)
  }
  const perSecond = 200
  const started = performance.now()
  const all: Promise<void>[] = []
  for (let n = 0; n < perSecond * seconds; n++) {
    const waitMs = started + (n * 1_000) / perSecond - performance.now()
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs))
    all.push(one(n))
  }
  await Promise.all(all)
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(0)
  print(
    `Zalo OA, ${name}, ${perSecond} webhooks/s for ${seconds} s: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms, not 200: ${failed.length}`,
  )
  await server.stop()
  await oa.stop()
}

const stopPostgres = await startPostgres()
const postgres = await openPostgres()
await benchDrain('PostgreSQL', postgres, 3_000)
await benchWebhooks('PostgreSQL', postgres, { count: 1_500, callers: 8 })
await postgres.close()
const pglite = await openPglite()
await benchDrain('embedded', pglite, 1_000)
await benchWebhooks('embedded', pglite, { count: 300, callers: 1 })
await pglite.close()
const shared = await createTestDatabase()
const pools = [1, 2, 3].map(() => openUrl(shared.url))
await benchPace(pools.slice(0, 1), 300)
await benchPace(pools, 300)
await Promise.all(pools.map((db) => db.destroy()))
const { url } = await createTestDatabase()
const APP_SECRET = randomBytes(32).toString('hex')
await benchZaloOa('PostgreSQL', { DATABASE_URL: url, APP_SECRET }, 15)
stopPostgres()
process.exit()
