import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { say } from '../../api/chat/message.ts'
import {
  claimMessages,
  enqueueMessages,
  expireMessages,
  type Lane,
  LEASE_SECONDS,
  type NewMessage,
  noteProgress,
  type OutboxRow,
  settleMessage,
} from '../../api/db/outbox.ts'
import { openDatabase, type TestDb, testClock, testCtx } from '../harness.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(() => test.truncate())
afterAll(() => test.close())

const message = (chatKey: string, n: number, lane: Lane = 'reply'): NewMessage => ({
  channel: 'web',
  chatKey,
  lane,
  dedupeKey: `${chatKey}:${lane}:${n}`,
  message: say(`${n}`),
  language: 'vi',
})
const setUp = () => {
  const clock = testClock()
  const ctx = testCtx(test.db, { clock })
  const claim = (limit = 10) =>
    claimMessages(test.db, { channels: ['web'], limit, now: clock.now() })
  return { clock, ctx, claim }
}
const keys = (rows: readonly OutboxRow[]) => rows.map((row) => row.dedupeKey)
const only = (rows: readonly OutboxRow[]): OutboxRow => {
  const [row] = rows
  if (row === undefined || rows.length !== 1)
    throw new Error(`expected one row, got ${rows.length}`)
  return row
}

it('the same key is the same message', async () => {
  const { ctx, claim } = setUp()
  await enqueueMessages(ctx, [message('a', 1)])
  await enqueueMessages(ctx, [message('a', 1)])
  expect(keys(await claim())).toEqual(['a:reply:1'])
})

it('messages of one chat go one at a time, in order', async () => {
  const { ctx, claim, clock } = setUp()
  await enqueueMessages(ctx, [message('a', 1), message('a', 2), message('b', 1)])
  const first = await claim()
  expect(keys(first)).toEqual(['a:reply:1', 'b:reply:1'])
  expect(await claim()).toEqual([])
  for (const row of first) await settleMessage(test.db, row, { kind: 'sent' }, clock.now())
  expect(keys(await claim())).toEqual(['a:reply:2'])
})

it('replies overtake notices, and alerts keep a share while replies queue up', async () => {
  const { ctx, claim } = setUp()
  const many = Array.from({ length: 8 }, (_, i) => message(`r${i}`, 1))
  await enqueueMessages(ctx, [message('n', 1, 'notice'), message('x', 1, 'alert'), ...many])
  const taken = await claim(4)
  expect(taken.map((row) => row.lane).sort()).toEqual(['alert', 'reply', 'reply', 'reply'])
  expect((await claim(20)).map((row) => row.lane).filter((lane) => lane === 'notice')).toEqual([
    'notice',
  ])
})

it('a lease that ran out is sent once more, marked, and then given up', async () => {
  const { ctx, claim, clock } = setUp()
  await enqueueMessages(ctx, [message('a', 1)])
  const first = only(await claim())
  expect(first.maybeDoubled).toBe(false)
  clock.advance(LEASE_SECONDS + 1)
  const second = only(await claim())
  expect(second.maybeDoubled).toBe(true)
  expect(await settleMessage(test.db, first, { kind: 'sent' }, clock.now())).toBe(false)
  clock.advance(LEASE_SECONDS + 1)
  expect(await claim()).toEqual([])
  await expireMessages(test.db, clock.now())
  const row = await test.db.selectFrom('outbox').select(['state', 'errorCode']).executeTakeFirst()
  expect(row).toEqual({ state: 'rejected', errorCode: 'unknown_twice' })
})

it('a retry keeps what was already sent and waits its time', async () => {
  const { ctx, claim, clock } = setUp()
  await enqueueMessages(ctx, [message('a', 1)])
  const first = only(await claim())
  expect(await noteProgress(test.db, first, 1)).toBe(true)
  await settleMessage(
    test.db,
    first,
    { kind: 'retry', afterMs: 3000, code: 'http.503' },
    clock.now(),
  )
  expect(await claim()).toEqual([])
  clock.advance(3)
  expect(only(await claim())).toMatchObject({ callsDone: 1, attempts: 2, maybeDoubled: false })
})

it('nothing expired is sent', async () => {
  const { ctx, claim, clock } = setUp()
  await enqueueMessages(ctx, [
    { ...message('a', 1, 'alert'), expiresAt: new Date(clock.now().getTime() + 1000) },
  ])
  clock.advance(1)
  expect(await expireMessages(test.db, clock.now())).toBe(1)
  expect(await claim()).toEqual([])
})

it('an unknown outcome is tried once more and marked', async () => {
  const { ctx, claim, clock } = setUp()
  await enqueueMessages(ctx, [message('a', 1)])
  await settleMessage(
    test.db,
    only(await claim()),
    { kind: 'unknown', code: 'timeout' },
    clock.now(),
  )
  clock.advance(10)
  const again = only(await claim())
  expect(again.maybeDoubled).toBe(true)
  await settleMessage(test.db, again, { kind: 'unknown', code: 'timeout' }, clock.now())
  clock.advance(10)
  expect(await claim()).toEqual([])
})
