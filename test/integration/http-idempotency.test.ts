import { afterEach, beforeAll, expect, it } from 'vitest'
import { purgeIdempotency, withIdempotency } from '../../api/db/idempotency.ts'
import { openDatabase, type TestDb, testClock, testCtx } from '../harness.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
  return () => test.close()
})
afterEach(() => test.truncate())

const KEY = 'b1946ac92492d2347c6235b4'
const request = (more: Partial<{ scope: string; key: string; body: unknown }> = {}) => ({
  scope: 'notes.add',
  key: KEY,
  body: { a: 1, b: { c: 2, d: 3 } },
  ...more,
})

/** Work with an effect in the database, counted there. */
const counter = () => {
  let runs = 0
  return {
    runs: () => runs,
    work: async () => {
      runs += 1
      return { secret: `one-time-${runs}` }
    },
  }
}

it('the same key and body get the first answer, in whatever order the members stand', async () => {
  const ctx = testCtx(test.db)
  const { runs, work } = counter()
  const first = await withIdempotency(ctx, request(), work)
  const again = await withIdempotency(ctx, request({ body: { b: { d: 3, c: 2 }, a: 1 } }), work)
  expect([again, runs()]).toEqual([first, 1])
})

it('another body under the same key is refused and not run', async () => {
  const ctx = testCtx(test.db)
  const { runs, work } = counter()
  await withIdempotency(ctx, request(), work)
  await expect(withIdempotency(ctx, request({ body: { a: 2 } }), work)).rejects.toMatchObject({
    code: 'http.idempotency_mismatch',
  })
  expect(runs()).toBe(1)
})

it('another scope or no key is other work', async () => {
  const ctx = testCtx(test.db)
  const { runs, work } = counter()
  await withIdempotency(ctx, request(), work)
  await withIdempotency(ctx, request({ scope: 'notes.drop' }), work)
  await withIdempotency(ctx, { ...request(), key: undefined }, work)
  await withIdempotency(ctx, { ...request(), key: undefined }, work)
  expect(runs()).toBe(4)
})

it('a key that could be guessed is refused', async () => {
  const { work } = counter()
  for (const key of ['1', 'x'.repeat(129), 'with space in the key']) {
    await expect(withIdempotency(testCtx(test.db), request({ key }), work)).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
  }
})

it('twins that come at once do the work once and get the same answer', async () => {
  const ctx = testCtx(test.db)
  const { runs, work } = counter()
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => withIdempotency(ctx, request(), work)),
  )
  expect(runs()).toBe(1)
  expect(new Set(answers.map((a) => a.secret)).size).toBe(1)
})

it('work that fails leaves the key free', async () => {
  const ctx = testCtx(test.db)
  const { work } = counter()
  const fail = async () => {
    throw new Error('no')
  }
  await expect(withIdempotency(ctx, request(), fail)).rejects.toThrow('no')
  expect(await withIdempotency(ctx, request(), work)).toEqual({ secret: 'one-time-1' })
})

it('the table holds neither the key nor what was answered in the clear', async () => {
  await withIdempotency(testCtx(test.db), request(), counter().work)
  const rows = JSON.stringify(await test.db.selectFrom('idempotency').selectAll().execute())
  expect(rows).not.toContain(KEY)
  expect(rows).not.toContain('one-time')
})

it('after 30 days the answer is gone and the work is still not done twice', async () => {
  const clock = testClock()
  const ctx = testCtx(test.db, { clock })
  const { runs, work } = counter()
  await withIdempotency(ctx, request(), work)
  clock.advance(29 * 86_400)
  expect(await purgeIdempotency(ctx)).toBe(0)
  clock.advance(2 * 86_400)
  expect([await purgeIdempotency(ctx), await purgeIdempotency(ctx)]).toEqual([1, 0])
  await expect(withIdempotency(ctx, request(), work)).rejects.toMatchObject({
    code: 'http.conflict',
  })
  expect(runs()).toBe(1)
})
