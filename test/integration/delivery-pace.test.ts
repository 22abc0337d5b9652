import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ChannelId } from '../../api/chat/inbound.ts'
import { LIMITS, penalise, purgePace, reserve } from '../../api/db/pace.ts'
import { inTransaction } from '../../api/db/transaction.ts'
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

describe('the limit of a channel', () => {
  it('holds in every sliding second, whatever three processes ask when', async () => {
    const moments = fc.array(fc.integer({ min: 0, max: 2_500 }), { minLength: 40, maxLength: 120 })
    await fc.assert(
      fc.asyncProperty(moments, moments, moments, async (a, b, c) => {
        await test.truncate()
        const asks = [a, b, c]
          .flatMap((all, process) => all.map((ms, i) => ({ ms, chatKey: `${process}-${i}` })))
          .toSorted((x, y) => x.ms - y.ms)
        const times = (await taken('telegram', asks)).map(({ ms }) => ms)
        expect(most(times, 1_000)).toBeLessThanOrEqual(30)
      }),
      { seed: 20261123, numRuns: 8 },
    )
  })

  it('is used to 95 % by those who always ask', async () => {
    const asks = Array.from({ length: 1_000 }, (_, i) => ({ ms: i * 3, chatKey: `c${i}` }))
    const times = (await taken('telegram', asks)).map(({ ms }) => ms)
    expect(most(times, 1_000)).toBeLessThanOrEqual(30)
    expect(times.length).toBeGreaterThanOrEqual(3 * 30 * 0.95)
  })

  it('says how long to wait, and the wait is enough', async () => {
    expect(await ask('telegram', 'a', 0)).toEqual({ ok: true })
    const refused = await ask('telegram', 'b', 1)
    if (refused.ok) throw new Error('expected to wait')
    expect(refused.reason).toBe('pace')
    expect(await ask('telegram', 'b', 1 + refused.waitMs)).toEqual({ ok: true })
  })
})

describe('the limit of a chat', () => {
  it('lets three through at once and one a second after that, and holds no other chat up', async () => {
    const asks = Array.from({ length: 100 }, (_, i) => ({ ms: i * 100, chatKey: 'a' }))
    const times = (await taken('telegram', asks)).map(({ ms }) => ms)
    expect(times.filter((ms) => ms <= 200)).toHaveLength(3)
    expect(most(times, 3_000)).toBeLessThanOrEqual(5)
    expect(times.length).toBeGreaterThanOrEqual(10)
    expect(await ask('telegram', 'b', 10_000)).toEqual({ ok: true })
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
    expect(await ask('telegram', 'b', 7_100)).toEqual({ ok: true })
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
