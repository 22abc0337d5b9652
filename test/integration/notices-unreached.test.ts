import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { markRead } from '../../api/rooms/delivery/index.ts'
import { readCallList, readUnreached, sendDue } from '../../api/rooms/notices/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { auditActions, OTHER_UNIT, UNIT, unit } from './delivery-kit.ts'
import { codeOf, openNotices } from './notices-kit.ts'

let database: TestDb
let room: Awaited<ReturnType<typeof openNotices>>
let viewer: Awaited<ReturnType<typeof room.official>>

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.truncate()
  room = await openNotices(database.db)
  viewer = room.as({
    kind: 'official',
    officialId: room.writer.actor.kind === 'official' ? room.writer.actor.officialId : '',
    ...{ roles: ['dispatcher'], capabilities: ['identity_viewer'], unitCode: UNIT },
    agencyCode: null,
  })
})

const hamlet = async (name: string) => {
  const id = room.system.newId()
  const row = { unitCode: UNIT, folded: name, kind: 'thon', source: 'test' } as const
  await room.db
    .insertInto('areaHamlet')
    .values({ id, name, validFrom: '2025-07-01', ...row })
    .execute()
  return id
}
const nameOf = (id: string, displayName: string) =>
  room.db.updateTable('resident').set({ displayName }).where('id', '=', id).execute()
/** Sent to one, refused for another, and only in the inbox of a third, whose window at Zalo is over. */
async function threePeople() {
  const hamletId = await hamlet('Phước Yên')
  const reached = await room.people.subscriber([unit('utilities')])
  const refused = await room.people.subscriber([{ kind: 'utilities', unitCode: UNIT, hamletId }])
  const inInbox = await room.people.subscriber([unit('utilities')])
  await room.db.deleteFrom('channelLink').where('residentId', '=', inInbox.id).execute()
  await nameOf(refused.id, '=Nguyễn Thị Lài')
  const id = await room.release()
  await sendDue(room.system)
  await room.db
    .updateTable('outbox')
    .set({ state: 'rejected', settledAt: room.clock.now() })
    .where('chatKey', '=', refused.chat.chatKey)
    .execute()
  await room.channelsAnswer()
  await room.settle()
  return { id, reached, refused, inInbox }
}

describe('who does not have a notice', () => {
  it('is counted by hamlet and reason, without a name; whoever read it in the inbox has it', async () => {
    const { id, inInbox } = await threePeople()
    const { groups, readers } = await readUnreached(room.writer, id)
    expect(readers).toBe(0)
    expect(groups).toHaveLength(2)
    expect(groups).toContainEqual({
      place: expect.stringContaining('Phước Yên'),
      why: 'rejected',
      n: 1,
    })
    expect(groups).toContainEqual({ place: 'xã Quảng Điền', why: 'inbox', n: 1 })
    expect(JSON.stringify(groups)).not.toContain('Lài')
    const item = await room.db
      .selectFrom('inboxItem')
      .select('id')
      .where('residentId', '=', inInbox.id)
      .executeTakeFirstOrThrow()
    await markRead(room.people.self(inInbox.id), { residentId: inInbox.id, inboxId: item.id })
    const after = await readUnreached(room.writer, id)
    expect(after.groups).toHaveLength(1)
    expect(after.readers).toBe(1)
  })

  it('is named with a reason for whoever may see people, and the look is recorded', async () => {
    const { id } = await threePeople()
    const look = (ctx: typeof viewer, reason = 'danger') => readCallList(ctx, { id, reason })
    const { people, isMore } = await look(viewer)
    expect(isMore).toBe(false)
    expect(people.map(({ name, why }) => [name, why])).toEqual(
      expect.arrayContaining([
        ['=Nguyễn Thị Lài', 'rejected'],
        [null, 'inbox'],
      ]),
    )
    expect(people).toHaveLength(2)
    expect(await codeOf(look(viewer, 'curious'))).toBe('http.invalid_input')
    expect(await codeOf(look(room.writer))).toBe('http.forbidden')
    expect(await codeOf(look(room.people.nobody()))).toBe('http.unauthenticated')
    const elsewhere = room.as({
      ...{ kind: 'official', officialId: room.system.newId(), roles: ['dispatcher'] },
      ...{ capabilities: ['identity_viewer'], unitCode: OTHER_UNIT, agencyCode: null },
    })
    expect(await codeOf(look(elsewhere))).toBe('http.forbidden')
    const action = 'notices.call_list_viewed'
    expect(await auditActions(room.db, action)).toEqual([action])
  })

  it('is nobody before it went out, and nobody of those from whom it was taken back', async () => {
    await room.people.subscriber([unit('utilities')])
    const draft = await room.propose()
    expect(await readUnreached(room.writer, draft)).toEqual({ groups: [], readers: 0 })
    expect(await codeOf(readCallList(viewer, { id: draft, reason: 'danger' }))).toBe(
      'notices.bad_step',
    )
    const id = await room.release()
    await sendDue(room.system)
    await room.move(room.writer, id, 'cancel', 'Sai ngày, xin lỗi bà con')
    expect(await readUnreached(room.writer, id)).toEqual({ groups: [], readers: 0 })
  })
})
