import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { stopAll, unsubscribe } from '../../api/rooms/delivery/index.ts'
import { getProgress, readFailures, retryNotice, sendDue } from '../../api/rooms/notices/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { auditActions, OTHER_UNIT, unit } from './delivery-kit.ts'
import { codeOf, HOUR_MS, openNotices } from './notices-kit.ts'

let database: TestDb
let room: Awaited<ReturnType<typeof openNotices>>
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.truncate()
  room = await openNotices(database.db)
})

type Person = Awaited<ReturnType<typeof room.people.subscriber>>
const outboxOf = ({ chat }: Person) =>
  room.db.selectFrom('outbox').selectAll().where('chatKey', '=', chat.chatKey).execute()
const refuse = ({ chat }: Person, more: { maybeDoubled?: boolean; errorCode?: string } = {}) =>
  room.db
    .updateTable('outbox')
    .set({ state: 'rejected', errorCode: 'telegram.500', ...more, settledAt: room.clock.now() })
    .where('chatKey', '=', chat.chatKey)
    .execute()

/** One notice to so many; `refused` decides of each what its channel said. */
async function sentTo(count: number, refused: (people: Person[]) => Promise<unknown>) {
  const people: Person[] = []
  for (let n = 0; n < count; n++) people.push(await room.people.subscriber([unit('utilities')]))
  const id = await room.release()
  await sendDue(room.system)
  await refused(people)
  await room.channelsAnswer()
  await room.settle()
  return { id, people }
}
const counts = async (id: string) => (await getProgress(room.writer, id)).counts

describe('what channels refused', () => {
  it('is counted by channel and code, and told apart when it may have arrived', async () => {
    const { id } = await sentTo(3, async ([one, two]) => {
      if (one !== undefined) await refuse(one)
      if (two !== undefined) await refuse(two, { maybeDoubled: true, errorCode: 'timeout' })
    })
    const { groups } = await readFailures(room.writer, id)
    expect(groups).toHaveLength(2)
    expect(groups).toContainEqual(
      expect.objectContaining({ code: 'telegram.500', isMaybeThere: false, n: 1 }),
    )
    expect(groups).toContainEqual(
      expect.objectContaining({ code: 'timeout', isMaybeThere: true, n: 1 }),
    )
  })

  it('goes once more to whom it can, with the same words, and the counters follow', async () => {
    const { id, people } = await sentTo(3, async ([one, two]) => {
      if (one !== undefined) await refuse(one)
      if (two !== undefined) await refuse(two, { maybeDoubled: true })
    })
    const [one, two, three] = people
    if (one === undefined || two === undefined || three === undefined) throw new Error('people')
    const before = await outboxOf(one)
    expect(await retryNotice(room.writer, id)).toEqual({ recipients: 1 })
    expect(await retryNotice(room.writer, id)).toEqual({ recipients: 0 })
    const [again] = await outboxOf(one)
    expect(again).toMatchObject({ state: 'queued', attempts: 0, errorCode: null })
    expect(again?.message).toEqual(before[0]?.message)
    expect(await outboxOf(two)).toMatchObject([{ state: 'rejected' }])
    expect(await outboxOf(three)).toMatchObject([{ state: 'sent' }])
    expect(await counts(id)).toEqual({ queued: 1, rejected: 1, sent: 1 })
    await room.channelsAnswer()
    await room.settle()
    expect(await counts(id)).toEqual({ rejected: 1, sent: 2 })
    const actions = await auditActions(room.db, 'notices.')
    expect(actions.filter((action) => action === 'notices.retried')).toHaveLength(1)
  })

  it('goes to nobody who stopped it, stopped everything, or left the chat', async () => {
    const { id, people } = await sentTo(3, async (all) => {
      for (const person of all) await refuse(person)
    })
    const [one, two, three] = people
    if (one === undefined || two === undefined || three === undefined) throw new Error('people')
    await unsubscribe(room.people.self(one.id), { residentId: one.id, topic: unit('utilities') })
    await stopAll(room.people.nobody(), { ...two.chat })
    await room.db
      .updateTable('channelLink')
      .set({ state: 'gone' })
      .where('residentId', '=', three.id)
      .execute()
    expect(await retryNotice(room.writer, id)).toEqual({ recipients: 0 })
  })

  it('at night waits for the morning', async () => {
    const { id, people } = await sentTo(1, async ([one]) => one && refuse(one))
    room.clock.set('2026-11-23T16:00:00.000Z')
    expect(await retryNotice(room.writer, id)).toEqual({ recipients: 1 })
    const [row] = people[0] === undefined ? [] : await outboxOf(people[0])
    expect(Date.parse(row?.runAt ?? '')).toBeGreaterThan(room.clock.now().getTime() + 5 * HOUR_MS)
  })

  it('not after its end, not after it was withdrawn, and not by another commune', async () => {
    const { id } = await sentTo(1, async ([one]) => one && refuse(one))
    const elsewhere = await room.official('noi-khac', ['dispatcher'], OTHER_UNIT)
    expect(await codeOf(retryNotice(elsewhere, id))).toBe('http.forbidden')
    expect(await codeOf(readFailures(elsewhere, id))).toBe('http.forbidden')
    expect(await codeOf(retryNotice(room.people.nobody(), id))).toBe('http.unauthenticated')
    expect(await codeOf(retryNotice(room.writer, 'x'))).toBe('notices.not_found')
    room.clock.advance(49 * 3_600)
    expect(await codeOf(retryNotice(room.writer, id))).toBe('http.conflict')
    const draft = await room.propose()
    expect(await codeOf(retryNotice(room.writer, draft))).toBe('notices.bad_step')
    expect(await readFailures(room.writer, draft)).toEqual({ groups: [] })
  })
})
