import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  noteEvent,
  purgeWaiting,
  type TakeEvent,
  takeWaiting,
} from '../../api/hosts/channels/waiting.ts'
import { openDatabase, type TestDb, testClock, testCtx, testPorts } from '../harness.ts'

let database: TestDb
const clock = testClock()
const woken: string[] = []
const ctx = () =>
  testCtx(database.db, { clock, ports: testPorts({ wake: (what) => woken.push(what) }) })

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.truncate()
  woken.length = 0
})

const event = (eventId: string, chatKey = 'a') => ({
  ...{ channel: 'zalo-oa', eventId, chatKey },
  body: `body of ${eventId}`,
})
const waiting = () => database.db.selectFrom('inboundWaiting').selectAll().orderBy('id').execute()

/** Takes all that is due; answers what was taken, in order. */
async function takeAll(failing: (body: string) => boolean = () => false, limit?: number) {
  const bodies: string[] = []
  const take: TakeEvent = async (tx, body) => {
    // Something of the turn, so that a failure has something to undo.
    await tx.db
      .insertInto('channelWindow')
      .values({ channel: 'zalo-oa', chatKey: body, lastInteractionAt: tx.now() })
      .execute()
    if (failing(body)) throw new Error('no')
    bodies.push(body)
  }
  const options = limit === undefined ? {} : { limit }
  const count = await takeWaiting(ctx, new Map([['zalo-oa', take]]), options)
  return { count, bodies }
}

describe('an event that waits for its turn', () => {
  it('is kept once whatever comes twice, and the loop is woken', async () => {
    for (const _again of [1, 2]) await noteEvent(ctx(), event('1'))
    expect([(await waiting()).length, woken]).toEqual([1, ['inbound', 'inbound']])
  })

  it('goes with its turn; its bodies come in the order of their chat', async () => {
    for (const id of ['1', '2', '3']) await noteEvent(ctx(), event(id))
    for (const id of ['4', '5']) await noteEvent(ctx(), event(id, 'b'))
    const { count, bodies } = await takeAll()
    const of = (ids: string[]) => bodies.filter((body) => ids.some((id) => body.endsWith(id)))
    expect([count, of(['1', '2', '3']), of(['4', '5'])]).toEqual([
      5,
      ['body of 1', 'body of 2', 'body of 3'],
      ['body of 4', 'body of 5'],
    ])
    expect(await waiting()).toEqual([])
  })

  it('that fails undoes its turn, keeps its own chat waiting, and comes again', async () => {
    for (const id of ['1', '2']) await noteEvent(ctx(), event(id))
    await noteEvent(ctx(), event('3', 'b'))
    expect((await takeAll((body) => body.endsWith('1'))).bodies).toEqual(['body of 3'])
    expect((await waiting()).map(({ eventId, tries }) => [eventId, tries])).toEqual([
      ['1', 1],
      ['2', 0],
    ])
    const windows = await database.db.selectFrom('channelWindow').select('chatKey').execute()
    expect(windows).toEqual([{ chatKey: 'body of 3' }])
    expect((await takeAll()).bodies).toEqual([])
    clock.advance(1)
    expect((await takeAll()).bodies).toEqual(['body of 1', 'body of 2'])
  })

  it('that fails for ever is given up: what came after it goes on, and a month later it is forgotten', async () => {
    for (const id of ['1', '2']) await noteEvent(ctx(), event(id))
    const isBad = (body: string) => body.endsWith('1')
    for (let tries = 0; tries < 6; tries++) {
      await takeAll(isBad)
      clock.advance(4 ** tries)
    }
    expect((await waiting()).map(({ eventId, runAt }) => [eventId, runAt])).toEqual([['1', null]])
    await purgeWaiting(ctx())
    expect(await waiting()).toHaveLength(1)
    clock.advance(31 * 86_400)
    await purgeWaiting(ctx())
    expect(await waiting()).toEqual([])
  })

  it('is left for the next run beyond the limit', async () => {
    for (const id of ['1', '2', '3', '4', '5', '6']) await noteEvent(ctx(), event(id))
    expect((await takeAll(undefined, 2)).count).toBe(2)
    expect(await waiting()).toHaveLength(4)
  })

  it('of a channel that is off waits and is not lost at once', async () => {
    await noteEvent(ctx(), { ...event('1'), channel: 'zalo-bot' })
    expect((await takeAll()).bodies).toEqual([])
    expect((await waiting()).map(({ tries }) => tries)).toEqual([1])
  })

  it('is taken once by two processes at once', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => String(i))
    for (const id of ids) await noteEvent(ctx(), event(id, `chat ${Number(id) % 7}`))
    const runs = await Promise.all([takeAll(), takeAll()])
    const bodies = runs.flatMap((run) => run.bodies)
    expect(bodies.toSorted()).toEqual(ids.map((id) => `body of ${id}`).toSorted())
    expect(await waiting()).toEqual([])
  })
})
