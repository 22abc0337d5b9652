import { expect, it } from 'vitest'
import { createMemoryLimiter } from './limits.ts'

it('lets through up to the limit, then says how long to wait, then forgets', async () => {
  let at = Date.parse('2026-11-23T02:00:40Z')
  const limiter = createMemoryLimiter(() => new Date(at))
  const take = () => limiter.take('a', 2, 60)
  expect([await take(), await take()]).toEqual([{ ok: true }, { ok: true }])
  expect(await take()).toEqual({ ok: false, retryAfterSeconds: 20 })
  expect(await limiter.take('b', 2, 60)).toEqual({ ok: true })
  at += 20_000
  expect(await take()).toEqual({ ok: true })
})

it('a flood of keys neither grows without bound nor resets a recent key', async () => {
  const limiter = createMemoryLimiter(() => new Date(0), 100)
  for (let i = 0; i < 95; i++) await limiter.take(`flood:${i}`, 1, 60)
  await limiter.take('mine', 1, 60)
  for (let i = 95; i < 110; i++) await limiter.take(`flood:${i}`, 1, 60)
  expect((await limiter.take('mine', 1, 60)).ok).toBe(false)
  expect((await limiter.take('flood:0', 1, 60)).ok).toBe(true)
})
