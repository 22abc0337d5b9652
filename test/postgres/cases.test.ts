import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/core/errors.ts'
import { actOnOwn, incidentFlows, moveIncident } from '../../api/rooms/incidents/index.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import type { TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { openPostgres } from '../harness-pg.ts'
import { type Commune, OFFICE, openCommune, POLICE } from '../integration/incidents-kit.ts'

/** Two people at once, which one connection cannot show. */
let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openPostgres()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

const ROUNDS = 5

/** `ok`, the code of an error of ours, or the SQLSTATE that the API turns into `http.conflict`. */
async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'ok'
  } catch (error) {
    if (error instanceof AppError) return error.code
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  }
}

describe('a case under two hands', () => {
  it('two moves from one version: one is made, the other hears what changed', async () => {
    const { publicCode } = await c.report()
    await c.move(c.dispatcher, publicCode, { kind: 'accept' })
    const { id, version } = await c.rowOf(publicCode)
    const outcomes = await Promise.all(
      [OFFICE, POLICE].map((agencyCode) =>
        outcomeOf(
          moveIncident(c.as(c.dispatcher), { id, version, move: { kind: 'assign', agencyCode } }),
        ),
      ),
    )
    expect(outcomes.toSorted()).toEqual(['incidents.stale', 'ok'])
    expect((await c.rowOf(publicCode)).version).toBe(version + 1)
  })

  it('two cases are never merged into each other', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const a = (await c.report()).publicCode
      const b = (await c.report()).publicCode
      const outcomes = await Promise.all([
        outcomeOf(c.move(c.dispatcher, a, { kind: 'mark_duplicate', originalCode: b })),
        outcomeOf(c.move(c.dispatcher, b, { kind: 'mark_duplicate', originalCode: a })),
      ])
      expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1)
      const states = [(await c.rowOf(a)).state, (await c.rowOf(b)).state]
      expect(states.toSorted()).toEqual(['duplicate', 'received'])
    }
  })

  it('an answer is rated once, however often it is sent at once', async () => {
    const { publicCode: code, secret } = await c.report()
    await c.walkTo(code, 'answered')
    const outcomes = await Promise.all(
      [1, 5, 3].map((rating) =>
        outcomeOf(actOnOwn(c.nobody(), { code, secret, move: { kind: 'rate', rating } })),
      ),
    )
    expect(outcomes.toSorted()).toEqual([
      'incidents.bad_transition',
      'incidents.bad_transition',
      'ok',
    ])
  })

  it('one photo goes to one report', async () => {
    const { mediaId, uploadSecret } = await c.photo(c.nobody().actor)
    const media = [{ mediaId, uploadSecret }]
    const outcomes = await Promise.all([1, 2, 3].map(() => outcomeOf(c.report({ media }))))
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set(['ok', 'files.not_found']))
    expect(await test.db.selectFrom('incident').select('id').execute()).toHaveLength(1)
  })
})

describe('POST /chat', () => {
  it('one message sent several times at once gets one answer; other words under its id none', async () => {
    const turn = createTurn({ entries: incidentFlows, knowledge: areaKnowledge })
    const { request } = testApp(test.db, { turn })
    const conversation = 'c'.repeat(43)
    const send = (text: string) =>
      request('/api/v1/chat', { json: { conversation, id: 'm1', text } })
    const responses = await Promise.all([1, 2, 3, 4].map(() => send('ngập ở Phước Yên')))
    expect(responses.map((response) => response.status)).toEqual([200, 200, 200, 200])
    const bodies = await Promise.all(responses.map((response) => response.text()))
    expect(new Set(bodies).size).toBe(1)
    expect((await send('chuyện khác')).status).toBe(422)
    expect(await test.db.selectFrom('inboundEvent').select('state').execute()).toHaveLength(1)
  })
})
