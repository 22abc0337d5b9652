import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { renewMeasured, saveMode } from '../../api/rooms/alerts/index.ts'
import { isFull } from '../full.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openAlerts } from './alerts-kit.ts'

/** Minutes between readings; the whole six days pass as fast as the machine can. */
const STEP_MINUTES = isFull ? 10 : 30
const HOUR_MS = 3_600_000
const HOURS = 140

type Curve = readonly (readonly [hour: number, cm: number])[]
/** After the flood of 26 October to 1 November 2025: peaks as measured, the way between them made up. */
const BO: Curve = [
  [0, 90],
  [44, 522],
  [64, 425],
  [87, 497],
  [130, 90],
  [HOURS, 90],
]
const HUONG: Curve = [
  [0, 40],
  [38, 505],
  [60, 385],
  [87, 457],
  [135, 40],
  [HOURS, 40],
]

/** The water at an hour: between two points it turns gently, as a river does. */
function levelAt(curve: Curve, hour: number): number {
  const next = Math.max(
    1,
    curve.findIndex(([at]) => at >= hour),
  )
  const [[fromHour, fromCm], [toHour, toCm]] = [curve[next - 1] ?? [0, 0], curve[next] ?? [1, 0]]
  const share = (hour - fromHour) / (toHour - fromHour)
  return fromCm + (toCm - fromCm) * (3 * share ** 2 - 2 * share ** 3)
}

/** The same numbers in each run, from 0 to under 1. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

type Sent = { station: string; property: string; at: string; value: number; unit?: string }

/** What a logger sends of a curve: with noise, gaps, a stuck sensor, wrong units, a clock ahead, and some things late or twice. */
function* logger(station: string, curve: Curve, startMs: number, seed: number): Generator<Sent[]> {
  const draw = draws(seed)
  let held: Sent[] = []
  let ripe: Sent[] = []
  let stuck: number | undefined
  for (let hour = 0; hour <= HOURS; hour += STEP_MINUTES / 60) {
    const noise = Math.round((draw() - 0.5) * 5)
    const isStuck = hour >= 20 && hour < 22
    stuck = isStuck ? (stuck ?? Math.round(levelAt(curve, hour))) : undefined
    const value = stuck ?? Math.round(levelAt(curve, hour)) + noise
    const reading = (more: Partial<Sent> = {}): Sent => ({
      station,
      property: 'water_level',
      at: new Date(startMs + hour * HOUR_MS).toISOString(),
      value,
      ...more,
    })
    const fate = draw()
    if (hour >= 30 && hour < 33) yield []
    else if (fate < 0.05) yield []
    else if (fate < 0.08) {
      held = [...held, reading()]
      yield []
    } else if (fate < 0.1) yield [reading({ value: value / 100 })]
    else if (fate < 0.12) yield [reading({ value: -value })]
    else if (fate < 0.14)
      yield [reading({ at: new Date(startMs + (hour + 26) * HOUR_MS).toISOString() })]
    else {
      yield [...ripe, reading(), reading()]
      ripe = held
      held = []
    }
  }
}

let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
})
beforeEach(() => database.truncate())
afterAll(() => database.close())

it('a flood of six days: each level once, nobody outside, all clear at the end', async () => {
  const room = await openAlerts(database.db)
  for (const stationCode of ['phu-oc', 'kim-long'])
    await saveMode(room.system, { stationCode, isAutomatic: true })
  const [byTheBo, byTheHuong, elsewhere] = await Promise.all(
    ['19867', '19774', '20179'].map((unitCode) =>
      room.people.subscriber([{ kind: 'flood', unitCode }]),
    ),
  )
  const startMs = room.clock.now().getTime()
  const heard: string[] = []
  /** A channel that takes at once what may ring; at night that is what saves lives. */
  const carry = async () => {
    const taken = await database.db
      .updateTable('outbox')
      .set({ state: 'sent' })
      .where('state', '=', 'queued')
      .where('runAt', '<=', room.clock.now().toISOString())
      .returning('chatKey')
      .execute()
    heard.push(...taken.map(({ chatKey }) => chatKey))
  }
  const timesHeard = (one: typeof byTheBo) =>
    heard.filter((chatKey) => chatKey === one?.chat.chatKey).length
  let renewals = 0
  const rivers = [logger('phu-oc', BO, startMs, 7), logger('kim-long', HUONG, startMs, 11)]
  for (;;) {
    const sent = rivers.map((river) => river.next())
    if (sent.every(({ done }) => done)) break
    const readings = sent.flatMap(({ value }) => value ?? [])
    if (readings.length > 0) await room.rivers.put(...readings)
    await room.settle()
    await carry()
    renewals += await renewMeasured(room.system)
    room.clock.advance(STEP_MINUTES * 60)
  }

  const rows = await room.rows()
  const story = (station: string) =>
    rows
      .filter(({ stationCode }) => stationCode === station)
      // One that only holds for longer has no messages of its own.
      .filter(({ dispatchId }) => dispatchId !== null)
      .map(({ messageType, level }) => `${messageType} ${level}`)
  expect(story('phu-oc')).toEqual([
    ...['alert 1', 'update 2', 'update 3'],
    ...['update 2', 'update 3'],
    ...['update 2', 'update 1', 'all_clear 1'],
  ])
  expect(story('kim-long')).toEqual([
    ...['alert 1', 'update 2', 'update 3', 'update 2', 'update 1', 'all_clear 1'],
  ])
  expect(renewals).toBeGreaterThan(4)
  expect(await room.inForce()).toEqual([])
  expect(timesHeard(byTheBo)).toBe(story('phu-oc').length)
  expect(timesHeard(byTheHuong)).toBe(story('kim-long').length)
  expect(timesHeard(elsewhere)).toBe(0)
  const doubted = (await room.rivers.qualities()).map(([, quality]) => quality)
  for (const quality of ['future', 'late', 'jump', 'wrong_unit'] as const)
    expect(doubted).toContain(quality)
}, 300_000)
