import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createApp } from '../../api/app.ts'
import type { Actor, Ctx } from '../../api/context.ts'
import { idFactory } from '../../api/core/ids.ts'
import { importHamlets, saveAgency } from '../../api/rooms/areas/index.ts'
import { seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { incidentFlows, saveRoute } from '../../api/rooms/incidents/index.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { startServer } from '../e2e/server.ts'
import { openPglite, type TestDb, testCtx, testPorts } from '../harness.ts'
import { testDeps } from '../harness-app.ts'
import { createTestDatabase, openPostgres } from '../harness-pg.ts'
import { setup as startPostgres } from '../harness-pg-setup.ts'
import { bareApp } from './bare.ts'
import { benchReads } from './incidents.ts'
import { type Figures, line, measure, medianRatio } from './measure.ts'

/**
 * One incident created and one chat turn, each against a bare Hono handler that writes the same rows, in one run, on
 * both databases; then the memory of a running server. Read the ratios: absolute figures belong to the machine.
 */
const ROUNDS = 3
const say = (text: string) => process.stdout.write(`${text}\n`)

async function prepare(ctx: Ctx): Promise<void> {
  await seedConsentTexts(ctx.db, ctx.now())
  await saveAgency(ctx, {
    code: '19867.kt',
    unitCode: '19867',
    nameVi: 'Phòng',
    nameEn: 'Office',
    kind: 'department',
    validFrom: '2025-07-01',
  })
  await importHamlets(
    ctx,
    [
      {
        unitCode: '19867',
        name: 'Phước Yên',
        kind: 'thon',
        lng: 107.5,
        lat: 16.55,
        validFrom: '2025-07-01',
      },
    ],
    { source: 'bench' },
  )
  await saveRoute(ctx, { category: 'flood', unitCode: null, agencyCode: '19867.kt' })
}

async function benchDatabase(
  name: string,
  database: TestDb,
  size: { count: number; callers: number; incidents: number },
): Promise<void> {
  const { db } = database
  const clock = { now: () => new Date(), set: () => {}, advance: () => {} }
  const ports = testPorts({ limits: { take: async () => ({ ok: true }) } })
  await prepare(testCtx(db, { clock, ports }))
  const turn = createTurn({ entries: incidentFlows, knowledge: areaKnowledge })
  const app = createApp(testDeps(db, clock, { ports, turn }))
  const bare = bareApp({ db, newId: idFactory(clock.now, ports.random), random: ports.random })

  const post = async (
    target: { request: (path: string, init: RequestInit) => Response | Promise<Response> },
    path: string,
    body: unknown,
  ) => {
    const response = await target.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }
  const description = 'ngap o phuoc yen toi goi roi'
  const incidentAt = (lng: number, lat: number) => ({
    category: 'flood',
    description,
    consentVersion: 1,
    place: { source: 'pin', lng, lat, text: 'thôn Phước Yên' },
  })
  /** Over a commune of about 5 by 5 km, each some 25 m from the next. */
  const spread = (n: number) => {
    const [east, north] = [(n * 7919) % 200, (n * 104_729) % 211]
    return incidentAt(107.48 + east * 0.00025, 16.53 + north * 0.00025)
  }
  const conversations = Array.from({ length: 50 }, () => randomBytes(32).toString('base64url'))
  const chatOf = (n: number) => conversations[Math.abs(n) % conversations.length] ?? ''
  const cases: [string, (n: number) => Promise<void>, (n: number) => Promise<void>][] = [
    [
      'create an incident, all over a commune',
      (n) => post(app, '/api/v1/incidents', spread(Math.abs(n))),
      () => post(bare, '/incident', { description }),
    ],
    [
      'create an incident, all at one spot',
      () => post(app, '/api/v1/incidents', incidentAt(107.5, 16.55)),
      () => post(bare, '/incident', { description }),
    ],
    [
      'one chat turn',
      (n) => post(app, '/api/v1/chat', { conversation: chatOf(n), id: randomUUID(), text: 'menu' }),
      (n) => post(bare, '/turn', { id: randomUUID(), chatKey: chatOf(n) }),
    ],
  ]
  say(`\n${name}, ${size.callers} at once`)
  for (const [title, ours, theirs] of cases) {
    const pairs: [Figures, Figures][] = []
    for (let round = 0; round < ROUNDS; round++) {
      const mine = await measure(ours, size)
      const bareFigures = await measure(theirs, size)
      pairs.push([mine, bareFigures])
      say(line(`${title}`, mine))
      say(line(`  bare handler, same inserts`, bareFigures))
    }
    say(`${title}: ${medianRatio(pairs).toFixed(2)} of the bare handler (median of ${ROUNDS})`)
  }
  const as = (actor: Actor) => testCtx(db, { actor, clock, ports })
  await benchReads(name, { db, app, as }, size, say)
}

/** Resident memory of the product as it runs, idle and after 300 chat turns. */
async function benchMemory(name: string, env: Record<string, string>): Promise<void> {
  const server = await startServer({ env })
  const read = (field: string) => {
    const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8')
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  }
  try {
    const idle = read('VmRSS')
    for (let n = 0; n < 300; n++) {
      await fetch(`${server.url}/api/v1/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          conversation: randomBytes(32).toString('base64url'),
          id: randomUUID(),
          text: 'menu',
        }),
      })
    }
    const figures = [idle, read('VmRSS'), read('VmHWM')].map((mb) => mb.toFixed(0))
    say(
      `${name}: ${figures[0]} MB resident idle, ${figures[1]} after 300 chat turns, ${figures[2]} at the most`,
    )
  } finally {
    await server.stop()
  }
}

const pglite = await openPglite()
await benchDatabase('embedded (PGlite)', pglite, { count: 300, callers: 1, incidents: 20_000 })
await pglite.close()
const stopPostgres = await startPostgres()
const postgres = await openPostgres()
const isLarge = process.env.LOA_BENCH_LARGE === '1'
await benchDatabase('PostgreSQL', postgres, {
  count: 1500,
  callers: 8,
  incidents: isLarge ? 1_000_000 : 100_000,
})
await postgres.close()
say('')
await benchMemory('server, embedded database', {})
const { url } = await createTestDatabase()
const secret = randomBytes(32).toString('hex')
await benchMemory('server, PostgreSQL', {
  DATABASE_URL: url,
  APP_SECRET: secret,
  HOME_UNIT: '19867',
})
stopPostgres()
