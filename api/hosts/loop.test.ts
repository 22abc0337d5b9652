import { expect, it } from 'vitest'
import { startLoop } from './loop.ts'

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const until = async (isTrue: () => boolean) => {
  for (let i = 0; i < 500 && !isTrue(); i++) await new Promise((resolve) => setTimeout(resolve, 2))
  expect(isTrue()).toBe(true)
}

it('goes on at once while there is work, and rests until woken', async () => {
  const left = [3, 2, 1]
  let runs = 0
  const work = async () => {
    runs += 1
    return left.shift() ?? 0
  }
  const loop = startLoop('test', work, { pollMs: 60_000, log })
  await until(() => runs === 4)
  loop.wake()
  await until(() => runs === 5)
  await loop.stop()
  loop.wake()
  expect(runs).toBe(5)
})

it('a hint during a run is not lost', async () => {
  let runs = 0
  let finish = () => {}
  const work = () => {
    runs += 1
    return new Promise<number>((resolve) => {
      finish = () => resolve(0)
    })
  }
  const loop = startLoop('test', work, { pollMs: 60_000, log })
  await until(() => runs === 1)
  loop.wake()
  finish()
  await until(() => runs === 2)
  const stopped = loop.stop()
  finish()
  await stopped
})

it('a failure neither ends it nor spins it', async () => {
  let runs = 0
  const work = async () => {
    runs += 1
    if (runs === 1) throw new Error('once')
    return 0
  }
  const loop = startLoop('test', work, { pollMs: 5, log })
  await until(() => runs >= 3)
  await loop.stop()
})

it('stop waits for the run under way', async () => {
  let isDone = false
  const work = async () => {
    await new Promise((resolve) => setTimeout(resolve, 30))
    isDone = true
    return 0
  }
  const loop = startLoop('test', work, { pollMs: 60_000, log })
  await loop.stop()
  expect(isDone).toBe(true)
})
