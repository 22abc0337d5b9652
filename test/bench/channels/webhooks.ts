import { Hono } from 'hono'
import { createTelegramChannel } from '../../../api/hosts/channels/telegram.ts'
import { seedConsentTexts } from '../../../api/rooms/identity/index.ts'
import { incidentFlows } from '../../../api/rooms/incidents/index.ts'
import { areaKnowledge } from '../../../bots/area-knowledge.ts'
import { createTurn } from '../../../bots/conversation.ts'
import { silentLog, type TestDb, testCtx } from '../../harness.ts'
import { bareApp } from '../bare.ts'
import { type Figures, line, measure, medianRatio } from '../measure.ts'
import { clock, print } from './kit.ts'

const ROUNDS = 3
const SECRET = 'bench-webhook-secret'

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

/** Telegram's webhook to the committed turn, against a bare handler with one insert, and with the same rows. */
export async function benchWebhooks(
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
  const sameRows = bareApp({ db, newId: ctx.newId, random: ctx.ports.random })
  const turn = () =>
    new Request('https://loa.test/turn', {
      method: 'POST',
      headers,
      body: JSON.stringify({ id: crypto.randomUUID(), chatKey: `bare-${++updates % 50}` }),
    })
  const pairs: [Figures, Figures][] = []
  const fairPairs: [Figures, Figures][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await measure(() => ok(receive(post())), size)
    const theirs = await measure(() => ok(bare.request(post())), size)
    const fair = await measure(() => ok(sameRows.request(turn())), size)
    pairs.push([ours, theirs])
    fairPairs.push([ours, fair])
    print(line(`webhook to committed turn, ${name}`, ours))
    print(line('  bare handler, one insert', theirs))
    print(line('  bare handler, the same rows', fair))
  }
  print(
    `webhook, ${name}: ${medianRatio(pairs).toFixed(2)} of the bare insert, ${medianRatio(fairPairs).toFixed(2)} of the same rows (medians of ${ROUNDS})`,
  )
}
