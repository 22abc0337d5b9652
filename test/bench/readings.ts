import { execFileSync } from 'node:child_process'
import { sql } from 'kysely'
import { createApp } from '../../api/app.ts'
import { ingestReadings, type StationInput, saveStation } from '../../api/rooms/readings/index.ts'
import { testCtx, testPorts } from '../harness.ts'
import { testDeps } from '../harness-app.ts'
import { createTestDatabase, openUrl } from '../harness-pg.ts'
import { setup as startPostgres } from '../harness-pg-setup.ts'
import { line, measure } from './measure.ts'

/**
 * Readings on PostgreSQL: a batch of 5,000 against raw COPY of the same rows, then the newest of all stations and a
 * station's day and month among `READINGS` (10,000,000) older ones. Needs `psql`.
 */
const READINGS = Number(process.env.READINGS ?? 10_000_000)
const STATIONS = 100
const BATCH = 5_000
const BATCHES = 20
const STEP_MS = 600_000
const say = (text: string) => process.stdout.write(`${text}\n`)
const clock = { now: () => new Date(), set: () => {}, advance: () => {} }

const stationOf = (n: number): StationInput => ({
  ...{ code: `bench-${n}`, kind: 'river', nameVi: `Trạm ${n}`, nameEn: `Station ${n}` },
  ...{ unitCodes: ['19867'], operatorVi: 'x', operatorEn: 'x', source: 'bench' },
  ...{ validFrom: '2020-01-01', lng: 107.5, lat: 16.5 },
  alarmLevels: [{ stage: 1, levelCm: 150, validFrom: '2020-01-01', source: 'bench' }],
})
const codes = Array.from({ length: STATIONS }, (_, n) => stationOf(n).code)

const seconds = async (work: () => Promise<unknown> | unknown): Promise<number> => {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
const perSecond = (rows: number, took: number) => Math.round(rows / took)

const stopPostgres = await startPostgres()
const { url, drop } = await createTestDatabase()
const db = openUrl(url)
const ctx = testCtx(db, { clock, ports: testPorts() })
for (let n = 0; n < STATIONS; n++) await saveStation(ctx, stationOf(n))

/** One value for each of a hundred stations at fifty moments, ten minutes apart: a backlog of eight hours. */
const newest = Math.floor(Date.now() / STEP_MS) * STEP_MS
const batchOf = (batch: number) =>
  Array.from({ length: BATCH }, (_, i) => ({
    station: codes[i % STATIONS] ?? '',
    property: 'water_level',
    // One batch lies before the other.
    at: new Date(newest - (batch * (BATCH / STATIONS) + Math.floor(i / STATIONS)) * STEP_MS),
    value: 60 + (i % 7),
  })).map((reading) => ({ ...reading, at: reading.at.toISOString() }))

const batches = Array.from({ length: BATCHES }, (_, n) => batchOf(BATCHES - 1 - n))
const taken = await seconds(async () => {
  for (const readings of batches) await ingestReadings(ctx, { readings })
})
const again = await seconds(async () => {
  for (const readings of batches) await ingestReadings(ctx, { readings })
})
const csv = batches
  .flat()
  .map(({ station, at, value }) => `${station.slice(6)},${at},${value},ok,${at}`)
  .join('\n')
await sql`create table bare (series_id integer, at timestamptz, value float8, quality text, received_at timestamptz,
  primary key (series_id, at))`.execute(db)
const copied = await seconds(() =>
  execFileSync('psql', [url, '-qc', 'copy bare from stdin (format csv)'], { input: csv }),
)
const rows = BATCH * BATCHES
say(
  `take ${rows} readings, ${BATCH} a batch: ${perSecond(rows, taken)}/s, ${(copied / taken).toFixed(2)} of raw COPY (${perSecond(rows, copied)}/s); the same again ${perSecond(rows, again)}/s`,
)

const history = Math.ceil(READINGS / STATIONS)
const filled = await seconds(() =>
  sql`insert into reading (series_id, at, value, quality, received_at)
    select s.id, to_timestamp(${newest / 1000}) - interval '7 days' - n * interval '10 minutes',
      60 + 30 * sin(n / 500.0), 'good', now()
    from reading_series s, generate_series(1, ${history}::integer) as n
    order by n desc, s.id`.execute(db),
)
say(`${READINGS} older readings written in ${filled.toFixed(0)} s`)
await sql`analyze reading`.execute(db)

const app = createApp(
  testDeps(db, clock, { ports: testPorts({ limits: { take: async () => ({ ok: true }) } }) }),
)
const look = async (name: string, count: number, pathOf: (n: number) => string) => {
  const work = async (n: number) => {
    const answer = await app.request(`/api/v1/${pathOf(n)}`)
    if (answer.status !== 200) throw new Error(await answer.text())
    await answer.arrayBuffer()
  }
  say(line(name, await measure(work, { count, callers: 4 })))
}
const seriesOf = (n: number) => `stations/${codes[Math.abs(n) % STATIONS]}/series`
const monthAgo = new Date(newest - 30 * 86_400_000).toISOString()
await look(`newest of ${STATIONS} stations`, 40, () => 'readings/latest')
await look('a day of one station', 400, seriesOf)
await look('the month of one station', 40, (n) => `${seriesOf(n)}?from=${monthAgo}`)
await db.destroy()
await drop()
stopPostgres()
