import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../../api/context.ts'
import { penalise, release, reserve } from '../../api/db/pace.ts'
import { createTestDatabase, openUrl } from '../harness-pg.ts'

/** Three pools stand for three processes; all times below are the database's. */
let processes: Db[]
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await createTestDatabase()
  drop = database.drop
  processes = [1, 2, 3].map(() => openUrl(database.url))
  await sql`create table taken (at timestamptz not null)`.execute(first())
})
afterAll(async () => {
  await Promise.all(processes.map((db) => db.destroy()))
  await drop()
})

const NOW = new Date('2026-11-23T02:00:00Z')
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const first = (): Db => {
  const [db] = processes
  if (db === undefined) throw new Error('no pool')
  return db
}

/** Asks without pause for `forMs`; resolves to how often it was let through. */
async function hammer(db: Db, name: string, forMs: number): Promise<number> {
  let taken = 0
  const end = performance.now() + forMs
  for (let i = 0; performance.now() < end; i++) {
    const one = await reserve(db, { channel: 'telegram', chatKey: `${name}-${i}`, now: NOW })
    if (one.ok && one.slot !== undefined) {
      taken += 1
      if (one.slot.startInMs > 0) await sleep(Math.ceil(one.slot.startInMs) + 1)
      // Arrives at the far side before it is answered.
      await sql`insert into taken values (clock_timestamp())`.execute(db)
      await release(db, one.slot, { now: NOW })
    }
    if (!one.ok) await sleep(Math.min(one.waitMs, Math.max(0, end - performance.now())))
  }
  return taken
}

/** Every call that arrived, in milliseconds of the database's clock. */
async function recorded(): Promise<number[]> {
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from at) * 1000)::float8 as ms from taken order by at`.execute(first())
  return rows.map(({ ms }) => ms)
}

/** Three processes ask for `forMs`; the share of the limit that they got. */
async function round(forMs: number): Promise<number> {
  await sql`truncate taken`.execute(first())
  await Promise.all(processes.map((db, i) => hammer(db, `p${i}`, forMs)))
  const times = await recorded()
  for (const [i, from] of times.entries()) {
    const beyond = times[i + 30]
    if (beyond !== undefined) expect(beyond - from).toBeGreaterThanOrEqual(1_000)
  }
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0)
  return (times.length - 1) / (span / 1_000) / 30
}

it('three processes at once never send more than 30 in any second', async () => {
  await hammer(first(), 'warm', 50)
  expect(await round(3_000)).toBeGreaterThan(0)
})

it('a 429 met by one process stops all of them for as long as it says', async () => {
  await sql`truncate taken`.execute(first())
  const saidAt = await sql<{ ms: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(first())
  await penalise(first(), { channel: 'telegram', retryAfterMs: 700, now: NOW })
  await Promise.all(processes.map((db, i) => hammer(db, `q${i}`, 1_500)))
  const [begin = Number.NaN] = await recorded()
  expect(begin - (saidAt.rows[0]?.ms ?? 0)).toBeGreaterThanOrEqual(700)
  expect(begin - (saidAt.rows[0]?.ms ?? 0)).toBeLessThan(1_500)
})
