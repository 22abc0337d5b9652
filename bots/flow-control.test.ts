import { expect, it } from 'vitest'
import type { OutboxRow } from '../api/db/outbox.ts'
import { keepFlowing, LINES } from './flow-control.ts'

const row = (id: number, lane: OutboxRow['lane'] = 'notice') => ({ id: `${id}`, lane }) as OutboxRow
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(i))
/** Lets everything run that is not waiting for something of the test. */
const rest = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}
const settled = Promise.resolve()

/** A source that hands out what it has, and lines whose calls end when the test says so. */
function setUp(all: OutboxRow[]) {
  const open = new Map<string, () => void>()
  const claims: number[] = []
  return {
    open,
    claims,
    claim: async (limit: number) => {
      claims.push(limit)
      return all.splice(0, limit)
    },
    deliver: (one: OutboxRow) =>
      new Promise<{ settled: Promise<void> }>((resolve) =>
        open.set(one.id, () => {
          open.delete(one.id)
          resolve({ settled })
        }),
      ),
    answer: async (count = open.size) => {
      for (const end of [...open.values()].slice(0, count)) end()
      await rest()
    },
  }
}

it('has as many calls under way as there are lines, and the next at once when one is done', async () => {
  const { open, answer, ...flow } = setUp(rows(100))
  const end = keepFlowing({ ...flow, limit: 100 })
  await rest()
  while (open.size > 0) {
    const before = open.size
    expect(before).toBeLessThanOrEqual(LINES)
    await answer(5)
    if (before === LINES && open.size < LINES) break
  }
  while (open.size > 0) await answer()
  expect(await end).toBe(100)
})

it('claims little ahead while it goes slowly, and more the faster it goes', async () => {
  const { open, answer, claims, ...flow } = setUp(rows(2_000))
  const end = keepFlowing({ ...flow, limit: 2_000 })
  await rest()
  expect(claims).toEqual([LINES + 8])
  await answer(1)
  expect(claims).toHaveLength(1)
  while (open.size > 0) await answer()
  expect(await end).toBe(2_000)
  expect(claims.length).toBeLessThan(2_000 / LINES)
})

it('goes on while the end of a message is being written, and waits for it at the end', async () => {
  const written: (() => void)[] = []
  const all = rows(LINES * 2)
  let isOver = false
  const end = keepFlowing({
    limit: 100,
    claim: async (limit) => all.splice(0, limit),
    deliver: async () => ({ settled: new Promise((resolve) => written.push(resolve)) }),
  }).finally(() => {
    isOver = true
  })
  await rest()
  expect(written).toHaveLength(LINES * 2)
  expect(isOver).toBe(false)
  for (const done of written) done()
  expect(await end).toBe(LINES * 2)
})

it('sends what is more urgent first of what it holds', async () => {
  const all = rows(LINES + 8)
  const { answer, open, ...flow } = setUp(all)
  const end = keepFlowing({ ...flow, limit: 100 })
  await rest()
  all.push(row(90, 'alert'), row(91, 'reply'))
  await answer(5)
  await answer(2)
  expect([...open.keys()].slice(-2)).toEqual(['91', '90'])
  while (open.size > 0) await answer()
  await end
})

it('with a call that hangs it takes what comes when it hears of it', async () => {
  const all = [row(1)]
  const { open, answer, ...flow } = setUp(all)
  let wake = () => {}
  const onWake = (heard: () => void) => {
    wake = heard
  }
  const end = keepFlowing({ ...flow, limit: 100, onWake })
  await rest()
  all.push(row(2))
  await rest()
  expect([...open.keys()]).toEqual(['1'])
  wake()
  await rest()
  expect([...open.keys()]).toEqual(['1', '2'])
  await answer()
  expect(await end).toBe(2)
})

it('looks again after what was done while a claim found nothing', async () => {
  const late: ((rows: OutboxRow[]) => void)[] = []
  const { open, answer, ...flow } = setUp([])
  const claim = () => new Promise<OutboxRow[]>((resolve) => late.push(resolve))
  const end = keepFlowing({ ...flow, claim, limit: 100 })
  const give = async (found: OutboxRow[]) => {
    late.shift()?.(found)
    await rest()
  }
  await give([row(1)])
  expect([late.length, open.size]).toEqual([1, 1])
  await answer()
  await give([])
  expect(late).toHaveLength(1)
  await give([row(2)])
  await answer()
  await give([])
  await give([])
  expect(await end).toBe(2)
})

it('takes no more once it stops, and ends what it has', async () => {
  const { open, answer, claims, ...flow } = setUp(rows(500))
  let isStopping = false
  const end = keepFlowing({ ...flow, limit: 500, isStopping: () => isStopping })
  await rest()
  isStopping = true
  while (open.size > 0) await answer()
  expect(await end).toBe(LINES + 8)
  expect(claims).toHaveLength(1)
})

it('a failure ends what was taken and is thrown', async () => {
  const sent: string[] = []
  const all = rows(500)
  const end = keepFlowing({
    limit: 500,
    claim: async (limit) => all.splice(0, limit),
    deliver: async ({ id }) => {
      if (id === '0') throw new Error('no database')
      sent.push(id)
      return { settled }
    },
  })
  await expect(end).rejects.toThrow('no database')
  expect(sent).toHaveLength(LINES + 8 - 1)
})
