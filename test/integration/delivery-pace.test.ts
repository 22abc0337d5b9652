import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ChannelId } from '../../api/chat/inbound.ts'
import { type HeldSlot, LIMITS, penalise, purgePace, release, reserve } from '../../api/db/pace.ts'
import { inTransaction } from '../../api/db/transaction.ts'
import { isFull } from '../full.ts'
import { openDatabase, type TestDb, testCtx } from '../harness.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(() => test.truncate())
afterAll(() => test.close())

const START = Date.parse('2026-11-23T02:00:00.000Z')
const ask = (channel: ChannelId, chatKey: string, ms: number) =>
  reserve(test.db, { channel, chatKey, now: new Date(START + ms), clock: 'given' })

/** Times that were let through when this chat is asked for at `times` (ms from the start, ascending). */
async function taken(channel: ChannelId, asks: readonly { ms: number; chatKey: string }[]) {
  const out: { ms: number; chatKey: string }[] = []
  for (const one of asks) if ((await ask(channel, one.chatKey, one.ms)).ok) out.push(one)
  return out
}

/** The most that lie in one window of `windowMs` (the end does not count). */
const most = (times: readonly number[], windowMs: number): number =>
  Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
  )

/** How long the line takes to answer a call, and how much of that until it has arrived (0..1). */
type Line = { answerMs: number; share: number }

/**
 * Processes that ask for a channel without pause until `untilMs`, by the clock of the test; when each call arrived at
 * the far side, in order.
 */
async function arrivals(processes: number, untilMs: number, line: (n: number) => Line) {
  const askAt = Array.from({ length: processes }, (_, i) => i)
  const arrived: number[] = []
  let answers: { slot: HeldSlot; ms: number }[] = []
  for (let n = 0; ; n++) {
    const [ms = 0, who = 0] =
      askAt.map((at, i) => [at, i] as const).toSorted((x, y) => x[0] - y[0])[0] ?? []
    if (ms >= untilMs) return arrived.toSorted((x, y) => x - y)
    for (const { slot, ms: at } of answers
      .filter((answer) => answer.ms <= ms)
      .toSorted((x, y) => x.ms - y.ms))
      await release(test.db, slot, { now: new Date(START + at), clock: 'given' })
    answers = answers.filter((answer) => answer.ms > ms)
    const got = await ask('telegram', `${who}-${n}`, ms)
    if (!got.ok) {
      askAt[who] = ms + got.waitMs
      continue
    }
    if (got.slot === undefined) throw new Error('expected a slot')
    const { answerMs, share } = line(n)
    const startMs = ms + Math.ceil(got.slot.startInMs)
    arrived.push(startMs + answerMs * share)
    answers.push({ slot: got.slot, ms: startMs + answerMs })
    askAt[who] = startMs
  }
}

describe('the limit of a channel', () => {
  it('holds in every sliding second at the far side, however long the line takes', async () => {
    const lines = fc.array(
      fc.record({
        answerMs: fc.integer({ min: 0, max: 900 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 20, maxLength: 60 },
    )
    await fc.assert(
      fc.asyncProperty(lines, async (all) => {
        await test.truncate()
        const line = (n: number) => all[n % all.length] ?? { answerMs: 0, share: 0 }
        const times = await arrivals(3, isFull ? 4_000 : 1_500, line)
        expect(times.length).toBeGreaterThan(30)
        expect(most(times, 1_000)).toBeLessThanOrEqual(30)
      }),
      { seed: 20261123, numRuns: isFull ? 40 : 2, endOnFailure: true },
    )
  })

  it.each([1, 3])(
    'is used by %i processes to 99 in a hundred, on a line that answers in 5 ms',
    async (count) => {
      const times = await arrivals(count, 4_000, () => ({ answerMs: 5, share: 0.5 }))
      expect(most(times, 1_000)).toBeLessThanOrEqual(30)
      const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0)
      // The first thirty go at once; after that the pace is that of the slots.
      expect((times.length - 30) / (spanMs / 1_000) / 30).toBeGreaterThanOrEqual(0.99)
    },
  )

  it('the slot of a process that died comes back, and its late answer frees nobody', async () => {
    const limits = { all: { slots: 1, windowMs: 1_000 } }
    const one = (ms: number) =>
      reserve(test.db, {
        channel: 'telegram',
        chatKey: 'a',
        now: new Date(START + ms),
        clock: 'given',
        limits,
      })
    const first = await one(0)
    expect(await one(19_000)).toEqual({ ok: false, reason: 'pace', waitMs: 100 })
    const second = await one(20_000)
    expect(second).toMatchObject({ ok: true, slot: { n: 1, startInMs: 0 } })
    if (!first.ok || first.slot === undefined) throw new Error('expected a slot')
    await release(test.db, first.slot, { now: new Date(START + 20_001), clock: 'given', limits })
    expect(await one(21_500)).toMatchObject({ ok: false })
    if (!second.ok || second.slot === undefined) throw new Error('expected a slot')
    await release(test.db, second.slot, { now: new Date(START + 22_000), clock: 'given', limits })
    expect(await one(22_990)).toMatchObject({ ok: false, waitMs: 5 })
    expect(await one(22_997)).toMatchObject({ ok: true, slot: { startInMs: 3 } })
  })
})

describe('the limit of a chat', () => {
  it('lets three through at once and one a second after that, and holds no other chat up', async () => {
    const asks = Array.from({ length: 100 }, (_, i) => ({ ms: i * 100, chatKey: 'a' }))
    const times = (await taken('telegram', asks)).map(({ ms }) => ms)
    expect(times.filter((ms) => ms <= 200)).toHaveLength(3)
    expect(most(times, 3_000)).toBeLessThanOrEqual(5)
    expect(times.length).toBeGreaterThanOrEqual(10)
    expect(await ask('telegram', 'b', 10_000)).toMatchObject({ ok: true })
  })

  it('of a group is twenty in any minute', async () => {
    const asks = Array.from({ length: 300 }, (_, i) => ({ ms: i * 500, chatKey: '-1001' }))
    const times = (await taken('telegram', asks)).map(({ ms }) => ms)
    expect(most(times, 60_000)).toBeLessThanOrEqual(20)
    expect(times.length).toBeGreaterThan(40)
  })

  it('that refuses takes nothing from the channel', async () => {
    for (let i = 0; i < 3; i++) await ask('telegram', 'a', i * 40)
    const before = await test.db.selectFrom('channelPace').selectAll().orderBy('key').execute()
    expect((await ask('telegram', 'a', 200)).ok).toBe(false)
    expect(await test.db.selectFrom('channelPace').selectAll().orderBy('key').execute()).toEqual(
      before,
    )
  })
})

describe('a 429', () => {
  it('stops everybody for exactly as long as it says', async () => {
    await ask('telegram', 'a', 0)
    await penalise(test.db, {
      channel: 'telegram',
      retryAfterMs: 7_000,
      now: new Date(START + 100),
      clock: 'given',
    })
    expect(await ask('telegram', 'b', 7_099)).toEqual({ ok: false, waitMs: 1, reason: 'pace' })
    expect(await ask('telegram', 'b', 7_100)).toMatchObject({ ok: true })
  })

  it('that is shorter than one that holds shortens nothing', async () => {
    const stop = (retryAfterMs: number) =>
      penalise(test.db, {
        channel: 'zalo-oa',
        retryAfterMs,
        now: new Date(START),
        clock: 'given',
      })
    await stop(5_000)
    await stop(1_000)
    expect((await ask('zalo-oa', 'a', 4_999)).ok).toBe(false)
    expect((await ask('zalo-oa', 'a', 5_000)).ok).toBe(true)
  })

  it('of one chat leaves the others alone', async () => {
    await penalise(test.db, {
      channel: 'telegram',
      chatKey: 'a',
      retryAfterMs: 3_000,
      now: new Date(START),
      clock: 'given',
    })
    expect((await ask('telegram', 'a', 10)).ok).toBe(false)
    expect((await ask('telegram', 'b', 10)).ok).toBe(true)
  })
})

describe('a monthly quota', () => {
  const limits = { monthly: 2 }
  const send = (iso: string) =>
    reserve(test.db, {
      channel: 'zalo-bot',
      chatKey: 'a',
      now: new Date(iso),
      clock: 'given',
      limits,
    })

  it('is counted by the local month, and the wait ends with it', async () => {
    expect((await send('2026-11-23T02:00:00Z')).ok).toBe(true)
    expect((await send('2026-11-23T02:00:01Z')).ok).toBe(true)
    expect(await send('2026-11-30T16:59:59.000Z')).toEqual({
      ok: false,
      waitMs: 1_000,
      reason: 'quota',
    })
    expect((await send('2026-11-30T17:00:00Z')).ok).toBe(true)
  })
})

it('a channel without limits always may, and leaves no row', async () => {
  expect(LIMITS.web).toEqual({})
  expect(await ask('web', 'a', 0)).toEqual({ ok: true })
  expect(await test.db.selectFrom('channelPace').selectAll().execute()).toEqual([])
})

it('by the database’s own clock, two in a row are told apart', async () => {
  const now = new Date(START)
  const one = await reserve(test.db, { channel: 'telegram', chatKey: 'a', now })
  const two = await reserve(test.db, { channel: 'telegram', chatKey: 'b', now })
  expect(one.ok).toBe(true)
  if (!two.ok) expect(two.waitMs).toBeLessThan(1_000)
  const [row] = await test.db.selectFrom('channelPace').selectAll().execute()
  expect(Math.abs(Date.parse(row?.nextAt ?? '') - START)).toBeGreaterThan(0)
})

it('inside a transaction it refuses to hold everybody up', async () => {
  const held = inTransaction(testCtx(test.db), (tx) =>
    reserve(tx.db, { channel: 'telegram', chatKey: 'a', now: new Date(START) }),
  )
  await expect(held).rejects.toThrow(TypeError)
})

it('rows that nobody needs any more are purged, those of today stay', async () => {
  await ask('telegram', 'a', 0)
  expect(await purgePace(test.db, new Date(START + 60_000))).toBe(0)
  expect(await purgePace(test.db, new Date(START + 80 * 86_400_000))).toBe(2)
})
