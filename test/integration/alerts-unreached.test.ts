import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { readCallList, readUnreached } from '../../api/rooms/alerts/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openAlerts } from './alerts-kit.ts'
import { auditActions, OTHER_UNIT, UNIT, unit } from './delivery-kit.ts'
import { codeOf } from './notices-kit.ts'

let database: TestDb
let room: Awaited<ReturnType<typeof openAlerts>>
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.truncate()
  room = await openAlerts(database.db)
})

const viewer = (unitCode: string) => {
  const actor: Actor = {
    ...{ kind: 'official', officialId: room.system.newId(), roles: ['dispatcher'] },
    ...{ capabilities: ['identity_viewer'], unitCode, agencyCode: null },
  }
  return room.as(actor)
}

/** Warned in two communes: one has it, one channel refused it, and one lives next door and left the chat's reach. */
async function warned() {
  const reached = await room.people.subscriber([unit('flood')])
  const refused = await room.people.subscriber([unit('flood')])
  const nextDoor = await room.people.subscriber([{ kind: 'flood', unitCode: OTHER_UNIT }])
  await room.db
    .updateTable('resident')
    .set({ displayName: 'Nguyễn Thị Lài' })
    .where('id', '=', refused.id)
    .execute()
  const places = [{ unitCode: UNIT }, { unitCode: OTHER_UNIT }]
  const id = await room.publish({ area: { places, polygons: [], circles: [] } })
  await room.settle()
  const settled = (state: 'sent' | 'rejected', chatKey: string) =>
    room.db
      .updateTable('outbox')
      .set({ state, settledAt: room.clock.now() })
      .where('chatKey', '=', chatKey)
      .execute()
  await settled('sent', reached.chat.chatKey)
  await settled('rejected', refused.chat.chatKey)
  await settled('rejected', nextDoor.chat.chatKey)
  await room.settle()
  return id
}

it('who does not have a warning is counted for each commune apart, and named with a reason that is kept', async () => {
  const id = await warned()
  const own = await readUnreached(room.writer, id)
  expect(own).toEqual({ groups: [{ place: 'xã Quảng Điền', why: 'rejected', n: 1 }], readers: 0 })
  const theirs = await room.official('ben-canh', ['dispatcher'], OTHER_UNIT)
  expect((await readUnreached(theirs, id)).groups).toMatchObject([{ why: 'rejected', n: 1 }])
  const list = await readCallList(viewer(UNIT), { id, reason: 'danger' })
  expect(list.people.map(({ name }) => name)).toEqual(['Nguyễn Thị Lài'])
  expect((await readCallList(viewer(OTHER_UNIT), { id, reason: 'danger' })).people).toMatchObject([
    { name: null, why: 'rejected' },
  ])
  const action = 'alerts.call_list_viewed'
  expect(await auditActions(room.db, action)).toEqual([action, action])
})

it('is for officials alone, by name only for who may see people and says why', async () => {
  const id = await warned()
  const look = (ctx: typeof room.writer, reason = 'danger') => readCallList(ctx, { id, reason })
  expect(await codeOf(look(room.writer))).toBe('http.forbidden')
  expect(await codeOf(look(room.people.nobody()))).toBe('http.unauthenticated')
  expect(await codeOf(look(viewer(UNIT), 'curious'))).toBe('http.invalid_input')
  expect(await codeOf(readUnreached(room.people.nobody(), id))).toBe('http.unauthenticated')
  const draft = await room.propose()
  expect(await codeOf(readUnreached(room.writer, draft))).toBe('alerts.not_found')
  expect(await codeOf(readUnreached(room.writer, 'x'))).toBe('alerts.not_found')
  expect(await auditActions(room.db, 'alerts.call_list_viewed')).toEqual([])
})
