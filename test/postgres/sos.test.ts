import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/core/errors.ts'
import { moveSos, tellDueRounds } from '../../api/rooms/sos/index.ts'
import type { TestDb } from '../harness.ts'
import { openPostgres } from '../harness-pg.ts'
import { openWatch, type Watch } from '../integration/sos-kit.ts'

/** Several processes over one database: each has connections of its own. */
let test: TestDb
let w: Watch
beforeAll(async () => {
  test = await openPostgres()
})
beforeEach(async () => {
  await test.truncate()
  w = await openWatch(test.db)
})
afterAll(() => test.close())

const CALLS = 12
const ROUNDS = 3

describe('calls under several processes', () => {
  it('each round tells each official once, whoever makes it', async () => {
    const an = await w.watcher('an')
    const khoi = await w.watcher('khoi')
    for (let n = 0; n < CALLS; n++) await w.open('telegram', `caller-${n}`).type('cứu với')
    for (let round = 2; round <= ROUNDS; round++) {
      w.c.clock.advance(300)
      const made = await Promise.all([1, 2, 3].map(() => tellDueRounds(w.c.system)))
      expect(made.reduce((sum, n) => sum + n, 0)).toBe(CALLS)
    }
    for (const { door } of [an, khoi]) {
      const told = await w.pushed(door.chatKey)
      expect(told).toHaveLength(CALLS * ROUNDS)
    }
    const rounds = (await w.audited()).filter(({ action }) => action === 'sos.round')
    expect(rounds).toHaveLength(CALLS * ROUNDS)
    expect(new Set(rounds.map(({ subjectId, data }) => `${subjectId} ${data.round}`)).size).toBe(
      CALLS * ROUNDS,
    )
  })

  it('of two who press at once one has it, and the other hears so', async () => {
    const all = [await w.watcher('an'), await w.watcher('khoi')]
    for (let n = 0; n < CALLS; n++) {
      await w.open('telegram', `caller-${n}`).type('cứu với')
      const caseId = (await w.cases()).at(-1)?.id ?? ''
      const outcomes = await Promise.all(
        all.map(async ({ ctx }) => {
          try {
            await moveSos(ctx, { caseId, move: 'claim' })
            return 'ok'
          } catch (error) {
            return error instanceof AppError ? error.code : 'unknown'
          }
        }),
      )
      expect(outcomes.toSorted()).toEqual(['ok', 'sos.taken'])
    }
  })

  it('a round and a claim at once: either it was told before, or it is not told any more', async () => {
    const an = await w.watcher('an')
    for (let n = 0; n < CALLS; n++) {
      await w.open('telegram', `caller-${n}`).type('cứu với')
      w.c.clock.advance(120)
      const caseId = (await w.cases()).at(-1)?.id ?? ''
      await Promise.all([tellDueRounds(w.c.system), moveSos(an.ctx, { caseId, move: 'claim' })])
      expect((await w.cases()).at(-1)).toMatchObject({ state: 'claimed', nextRoundAt: null })
    }
  })
})
