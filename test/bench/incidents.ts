import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { type Kysely, sql } from 'kysely'
import type { Actor, Ctx, Db } from '../../api/context.ts'
import { newPublicCode } from '../../api/core/ids.ts'
import { addDays, localDate } from '../../api/core/time.ts'
import type { Database } from '../../api/db/schema.ts'
import { createCountKeeper } from '../../api/rooms/console/inbox/counts.ts'
import { listWorkItems, readInbox } from '../../api/rooms/console/index.ts'
import { readMap } from '../../api/rooms/console/map/service.ts'
import { readNumbers } from '../../api/rooms/console/numbers/service.ts'
import { BENCH_AGENCY, fillIncidents } from './fill.ts'
import { type Figures, line, measure, medianRatio } from './measure.ts'

type Target = { request: (path: string, init?: RequestInit) => Response | Promise<Response> }
const ROUNDS = 3
const WINDOW = '107.5,16.35,107.7,16.6'
/** The middle of the town where most of them lie. */
const DENSE = { category: 'road', lng: 107.6, lat: 16.46 } as const

const SIMILAR: RequestInit = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    category: DENSE.category,
    place: { source: 'pin', lng: DENSE.lng, lat: DENSE.lat },
  }),
}

/** Reads with the same queries' least: one row by its key, a fixed body, one page in order. No rules, no masks. */
function bareReads(db: Kysely<Database>, body: Uint8Array<ArrayBuffer>) {
  return new Hono()
    .get('/one/:code', async (c) => {
      const code = c.req.param('code')
      const row = await db
        .selectFrom('incident')
        .selectAll()
        .where('publicCode', '=', code)
        .executeTakeFirst()
      return c.json(row ?? {})
    })
    .get('/fixed', (c) => c.body(body, 200, { 'Content-Type': 'application/geo+json' }))
    .get('/nothing', (c) => c.body(null, 304))
    .get('/near', async (c) => {
      const rows = await db
        .selectFrom('incident')
        .selectAll()
        .where('category', '=', DENSE.category)
        .where('lng', '>=', DENSE.lng - 0.0014)
        .where('lng', '<=', DENSE.lng + 0.0014)
        .where('lat', '>=', DENSE.lat - 0.00135)
        .where('lat', '<=', DENSE.lat + 0.00135)
        .orderBy('id', 'desc')
        .limit(5)
        .execute()
      return c.json(rows)
    })
    .get('/page', async (c) => {
      const rows = await db
        .selectFrom('incident')
        .selectAll()
        .where('state', 'not in', ['closed', 'refused', 'duplicate', 'withdrawn'])
        .orderBy('urgency', 'desc')
        .orderBy('dueDate')
        .orderBy('id')
        .limit(50)
        .execute()
      return c.json(rows)
    })
}

async function fetchOk(target: Target, path: string, init?: RequestInit): Promise<Response> {
  const answer = await target.request(path, init)
  if (answer.status >= 400) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer
}

type Case = {
  title: string
  count: number
  /** How many at once, where it is not as many as in the whole run. */
  callers?: number
  ours: (n: number) => Promise<unknown>
  bare: (n: number) => Promise<unknown>
}

/** Reads of incidents at a size, each against a bare handler in the same run. */
export async function benchReads(
  name: string,
  bench: { db: Db; app: Target; as: (actor: Actor) => Ctx },
  size: { incidents: number; callers: number; count: number },
  say: (text: string) => void,
): Promise<void> {
  const { db, app, as } = bench
  const started = performance.now()
  await fillIncidents(db, size.incidents)
  say(
    `\n${name}, ${size.incidents} incidents (written in ${Math.round((performance.now() - started) / 1000)} s), ${size.callers} at once`,
  )
  const codes = await publicCodes(db)
  const map = `/api/v1/incidents.geojson?bbox=${WINDOW}`
  const window = await fetchOk(app, map)
  const etag = window.headers.get('etag') ?? ''
  const body = new Uint8Array(await window.arrayBuffer())
  say(`a window of 1,000 cases: ${(body.length / 1024).toFixed(0)} kB`)
  const bare = bareReads(db, body)
  const desk: Actor = {
    kind: 'official',
    officialId: '00000000-0000-7000-8000-000000000001',
    roles: ['dispatcher'],
    capabilities: [],
    unitCode: null,
    agencyCode: null,
  }
  const officer: Actor = {
    ...desk,
    roles: ['officer'],
    unitCode: '19710',
    agencyCode: BENCH_AGENCY,
  }
  const commune: Actor = { ...desk, unitCode: '19710' }
  // No window twice, so that none is kept.
  let windows = 0
  const next = () => ++windows
  const codeOf = (n: number) => codes[Math.abs(n) % codes.length] ?? ''
  const read = async (target: Target, path: string, init?: RequestInit) =>
    (await fetchOk(target, path, init)).arrayBuffer()
  const work = (actor: Actor) => () => listWorkItems(as(actor), { scope: 'open', limit: 50 })
  const inbox = (actor: Actor) => () => readInbox(as(actor), { limit: 50 })
  const keeper = createCountKeeper()
  const kept = (actor: Actor) => () => readInbox(as(actor), { limit: 50 }, keeper)
  const map50 = (actor: Actor) => () => readMap(as(actor), {})
  const today = localDate(new Date())
  const sums = (actor: Actor) => () =>
    readNumbers(as(actor), { from: addDays(today, -89), to: today, by: 'agency' })
  const page = () => read(bare, '/page')
  const cases: Case[] = [
    {
      title: 'read one',
      count: size.count,
      ours: (n) => read(app, `/api/v1/incidents/${codeOf(n)}`),
      bare: (n) => read(bare, `/one/${codeOf(n)}`),
    },
    {
      title: 'map window of 1,000, the same for all',
      count: size.count * 6,
      ours: () => read(app, map),
      bare: () => read(bare, '/fixed'),
    },
    {
      title: '… with If-None-Match',
      count: size.count * 6,
      ours: () => read(app, map, { headers: { 'If-None-Match': etag } }),
      bare: () => read(bare, '/nothing'),
    },
    {
      title: '… another window each time',
      count: 60,
      ours: (n) => read(app, `/api/v1/incidents.geojson?bbox=${other(n)}`),
      bare: () => read(bare, '/fixed'),
    },
    {
      title: 'map by squares, whole city',
      count: 20,
      ours: () =>
        read(
          app,
          `/api/v1/incidents.geojson?bbox=106.9,15.9,108.3,${(16.85 + next() / 10_000).toFixed(4)}&grid=true`,
        ),
      bare: () => read(bare, '/fixed'),
    },
    {
      title: 'public list near a point',
      count: 200,
      ours: (n) =>
        read(app, `/api/v1/incidents?lat=${16.46 + (n % 50) / 1000}&lng=107.6&radiusM=500`),
      bare: page,
    },
    {
      title: 'similar cases at a dense point',
      count: 200,
      ours: () => read(app, '/api/v1/incidents/similar', SIMILAR),
      bare: () => read(bare, '/near'),
    },
    { title: 'work list of the city desk, with counts', count: 60, ours: work(desk), bare: page },
    { title: 'work list of a commune, with counts', count: 200, ours: work(commune), bare: page },
    { title: 'inbox of the city desk', count: 60, ours: inbox(desk), bare: page },
    { title: '… read again at the same place of the log', count: 60, ours: kept(desk), bare: page },
    { title: 'inbox of a commune', count: 200, ours: inbox(commune), bare: page },
    { title: 'map of open cases, city desk', count: 20, ours: map50(desk), bare: page },
    { title: 'numbers of 90 days by agency, city desk', count: 20, ours: sums(desk), bare: page },
    { title: 'work list of an agency, with counts', count: 60, ours: work(officer), bare: page },
  ]
  const lists = cases.filter(({ title }) => /^(work list|inbox)/.test(title))
  // Nobody waits behind another: one reader for each of two cores.
  const unhindered = lists.map((one) => ({ ...one, title: `${one.title}, 2 at once`, callers: 2 }))
  const all = size.callers > 2 ? [...cases, ...unhindered] : cases
  for (const one of all) await compare(one, one.callers ?? size.callers, say)
}

/** Windows of the same size, a little apart, so that none is kept. */
const other = (n: number) => {
  const shift = (Math.abs(n) % 500) / 5_000
  return `${(107.5 + shift).toFixed(4)},16.35,${(107.7 + shift).toFixed(4)},16.6`
}

async function compare(one: Case, callers: number, say: (text: string) => void): Promise<void> {
  const pairs: [Figures, Figures][] = []
  const run = (work: (n: number) => Promise<unknown>) =>
    measure(
      async (n) => {
        await work(n)
      },
      { count: one.count, callers },
    )
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await run(one.ours)
    pairs.push([ours, await run(one.bare)])
  }
  const [median] = pairs
    .map(([ours]) => ours)
    .sort((a, b) => a.p50Ms - b.p50Ms)
    .slice(1)
  if (median !== undefined)
    say(`${line(one.title, median)}   ${medianRatio(pairs).toFixed(2)} of bare`)
}

/** Gives the newest public cases codes that people can type (they have steps, too). */
async function publicCodes(db: Db): Promise<string[]> {
  const random = (length: number) => new Uint8Array(randomBytes(length))
  const codes = Array.from({ length: 1_000 }, () => newPublicCode(random))
  await sql`
    update incident set public_code = drawn.code
    from (
      select id, (${codes}::text[])[row_number() over (order by id desc)] as code from (
        select id from incident where state in ('accepted', 'answered', 'closed', 'in_progress')
        order by id desc limit ${codes.length}::integer) as newest
    ) as drawn
    where drawn.id = incident.id`.execute(db)
  return codes
}
