import { sql } from 'kysely'
import { say as message } from '../../api/chat/message.ts'
import { saveMode } from '../../api/rooms/alerts/index.ts'
import { createDispatch, planDispatch, steerDispatch } from '../../api/rooms/delivery/index.ts'
import { createStationKey, saveStation } from '../../api/rooms/readings/index.ts'
import { testCtx, testPorts } from '../harness.ts'
import { createTestDatabase, openUrl } from '../harness-pg.ts'
import { setup as startPostgres } from '../harness-pg-setup.ts'
import { startHost } from '../hosts/host.ts'
import { farSide } from './channels/kit.ts'
import { fillPeople } from './people.ts'

/**
 * A river crosses a level at a running Node host on PostgreSQL: from the logger's post to the first message at the
 * platform and to everybody planned, among 10,000 and `PEOPLE` (100,000) subscribers; then planning `MANY` (1,000,000)
 * recipients of one notice.
 */
const PEOPLE = Number(process.env.PEOPLE ?? 100_000)
const MANY = Number(process.env.MANY ?? 1_000_000)
const UNIT = '19867'
const LOOK_MS = 10
const say = (text: string) => process.stdout.write(`${text}\n`)
const clock = { now: () => new Date(), set: () => {}, advance: () => {} }
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const stopPostgres = await startPostgres()
const { url, drop } = await createTestDatabase()
const db = openUrl(url)
const far = await farSide(20)
const host = await startHost({
  ...{ DATABASE_URL: url, PUBLIC_URL: 'https://loa.test', DEMO_SEND: '1' },
  ...{
    APP_SECRET: 'only-for-this-run-0123456789abcdef',
    TELEGRAM_WEBHOOK_SECRET: 'only-for-this-run',
  },
  ...{
    TELEGRAM_BOT_TOKEN: '7000000001:AAFakeFakeFakeFakeFakeFakeFakeFake000',
    TELEGRAM_API_ROOT: far.url,
  },
})
const ctx = testCtx(db, { clock, ports: testPorts() })

/** What the round before left is no load of the next one. */
async function clear(): Promise<void> {
  const open = await db.selectFrom('dispatch').select('id').where('state', '=', 'running').execute()
  for (const { id } of open) await steerDispatch(ctx, { dispatchId: id, wish: 'cancel' })
  await sleep(3_000)
  await far.arrivals()
}

let stations = 0
/** A river of its own that rises over its first level: ms to the first message, and to everybody's plan. */
async function crossing(people: number): Promise<{ firstMs: number; plannedMs: number }> {
  const code = `bench-${stations++}`
  await saveStation(ctx, {
    ...{ code, kind: 'river', nameVi: code, nameEn: code, riverVi: 'Bồ', unitCodes: [UNIT] },
    ...{ operatorVi: 'x', operatorEn: 'x', source: 'bench', validFrom: '2020-01-01' },
    alarmLevels: [{ stage: 1, levelCm: 150, validFrom: '2020-01-01', source: 'bench' }],
  })
  await saveMode(ctx, { stationCode: code, isAutomatic: true })
  const { key } = await createStationKey(ctx, { label: code, stationCodes: [code] })
  const post = async (value: number, agoMs: number) => {
    const at = new Date(Date.now() - agoMs).toISOString()
    const json = { readings: [{ station: code, property: 'water_level', at, value }] }
    const headers = { 'X-Station-Key': key }
    const answer = await host.fetch('/api/v1/readings', { method: 'POST', headers, json })
    if (answer.status !== 200) throw new Error(await answer.text())
  }
  await post(120, 600_000)
  await clear()
  const started = performance.now()
  const wall = performance.timeOrigin + started
  await post(160, 0)
  let [firstMs, plannedMs] = [0, 0]
  while (firstMs === 0 || plannedMs === 0) {
    await sleep(LOOK_MS)
    const [first] = firstMs === 0 ? await far.arrivals() : []
    if (first !== undefined) firstMs = first - wall
    if (plannedMs > 0) continue
    const { rows } = await sql<{
      n: number
    }>`select coalesce(sum(c.n), 0)::integer as n from dispatch_count c
      join dispatch d on d.id = c.dispatch_id where d.state <> 'cancelled'`.execute(db)
    if ((rows[0]?.n ?? 0) >= people) plannedMs = performance.now() - started
  }
  return { firstMs, plannedMs }
}

async function rounds(people: number, count: number): Promise<void> {
  await fillPeople(db, people, UNIT)
  const all = []
  for (let n = 0; n < count; n++) all.push(await crossing(people))
  const first = all.map(({ firstMs }) => firstMs).toSorted((a, b) => a - b)
  const planned = all.map(({ plannedMs }) => plannedMs).toSorted((a, b) => a - b)
  const at = (list: number[], share: number) =>
    Math.round(list[Math.floor(list.length * share)] ?? 0)
  say(
    `crossing, ${people} subscribers, ${count} times: first message p50 ${at(first, 0.5)} ms, p95 ${at(first, 0.95)} ms; all planned p50 ${at(planned, 0.5)} ms`,
  )
}

await rounds(10_000, 21)
await rounds(PEOPLE, 5)
await host.end('SIGTERM')
await clear()

await fillPeople(db, MANY, UNIT)
const dispatchId = await createDispatch(ctx, {
  subject: { kind: 'bench', id: ctx.newId() },
  lane: 'notice',
  audience: { kind: 'flood', places: [{ unitCode: UNIT }] },
  message: () => message('Cúp nước từ 8 giờ đến 11 giờ.'),
})
const before = process.memoryUsage().rss
const started = performance.now()
const { planned } = await planDispatch(ctx, { dispatchId })
const seconds = (performance.now() - started) / 1000
say(
  `planning ${planned} recipients: ${seconds.toFixed(1)} s, ${Math.round(planned / seconds)}/s, memory +${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB`,
)
far.stop()
await db.destroy()
await drop()
stopPostgres()
