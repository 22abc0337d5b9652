import { expect, it } from 'vitest'
import { createKeeper } from './keeper.ts'

it('makes a thing once for a version, also for two who ask at once, and anew for another', async () => {
  const keeper = createKeeper()
  let made = 0
  const make = async () => (made += 1)
  expect(await Promise.all([keeper('a', '1', make), keeper('a', '1', make)])).toEqual([1, 1])
  expect(await keeper('b', '1', make)).toBe(2)
  expect(await keeper('a', '2', make)).toBe(3)
  expect(await keeper('a', '2', make)).toBe(3)
  expect(await keeper('b', '1', make)).toBe(2)
})

it('keeps no failure', async () => {
  const keeper = createKeeper()
  const fail = async () => {
    throw new Error('no')
  }
  await expect(keeper('a', '1', fail)).rejects.toThrow('no')
  expect(await keeper('a', '1', async () => 'yes')).toBe('yes')
})
