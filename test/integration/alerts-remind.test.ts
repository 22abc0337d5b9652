import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { toPlainText } from '../../api/chat/plain-text.ts'
import {
  listOpenWarnings,
  readAlertDesk,
  remindOpenWarnings,
  saveMode,
} from '../../api/rooms/alerts/index.ts'
import { addShift, joinOfficialChat, makeOfficialChatCode } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { HOUR_MS, openAlerts } from './alerts-kit.ts'
import { UNIT } from './delivery-kit.ts'

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

type Official = Awaited<ReturnType<typeof openAlerts>>['writer']

async function link(who: Official, chatKey: string): Promise<void> {
  const { code } = await makeOfficialChatCode(who)
  await joinOfficialChat(room.people.nobody(), { channel: 'telegram', chatKey, code })
}
const told = async (chatKey: string) => {
  const rows = await database.db
    .selectFrom('outbox')
    .select('message')
    .where('chatKey', '=', chatKey)
    .orderBy('id')
    .execute()
  return rows.map(({ message }) => toPlainText(message))
}
/** So many hours later, whatever is due then. */
async function after(hours: number): Promise<number> {
  room.clock.advance(hours * 3_600)
  return remindOpenWarnings(room.system)
}
const onDuty = async (who: Official) => {
  const { actor } = who
  if (actor.kind !== 'official') throw new Error('not an official')
  const now = room.clock.now().getTime()
  await addShift(room.system, {
    officialId: actor.officialId,
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 24 * HOUR_MS).toISOString(),
  })
}

it('reminds of a warning that nobody updated, then of its end, each once, and is audited', async () => {
  await link(room.approver, '11')
  const id = await room.publish()
  expect(await after(5)).toBe(0)
  expect(await after(1)).toBe(1)
  expect(await after(1)).toBe(0)
  expect(await told('11')).toMatchObject([expect.stringMatching(/chưa ai cập nhật từ 09:00/)])
  expect(await after(4)).toBe(1)
  expect(await after(0.5)).toBe(0)
  const messages = await told('11')
  expect(messages).toHaveLength(2)
  expect(messages[1]).toMatch(/sắp hết hạn lúc 21:00/)
  expect(messages[1]).toContain(`/console#/alerts/${id}`)
  const audits = await database.db
    .selectFrom('audit')
    .select('data')
    .where('action', '=', 'alerts.remind')
    .where('subjectId', '=', id)
    .orderBy('id')
    .execute()
  expect(audits.map(({ data }) => data)).toEqual([
    { step: 'unchanged', told: 1 },
    { step: 'ending', told: 1 },
  ])
})

it('an update begins anew; what was ended asks nobody', async () => {
  const id = await room.publish()
  await after(7)
  const next = await room.follow(id, 'update')
  expect(await after(5)).toBe(0)
  expect(await after(1)).toBe(1)
  await room.follow(next, 'all_clear')
  expect(await after(5)).toBe(0)
})

it('by day whoever is on duty and whoever issues, at night who is on duty alone', async () => {
  const guard = await room.official('tham', ['officer'], UNIT, ['duty'])
  await link(guard, '21')
  await link(room.approver, '22')
  await link(await room.official('xa', ['approver'], '19753'), '23')
  await onDuty(guard)
  await room.publish()
  await after(6)
  expect([(await told('21')).length, (await told('22')).length]).toEqual([1, 1])
  room.clock.advance(8 * 3_600)
  await room.publish()
  await after(6)
  expect([(await told('21')).length, (await told('22')).length]).toEqual([2, 1])
  expect(await told('23')).toEqual([])
})

it('at night with nobody on duty the approvers are told, and with no chat at all the console shows it', async () => {
  room.clock.advance(13 * 3_600)
  const id = await room.publish()
  expect(await after(6)).toBe(1)
  const [alert] = (await readAlertDesk(room.writer)).inForce
  expect(alert).toMatchObject({ id, reminder: { step: 'unchanged', told: 0 } })
  await link(room.approver, '31')
  await after(5)
  expect(await told('31')).toHaveLength(1)
})

it('stands with those who may write a warning of that unit, until somebody did', async () => {
  const id = await room.publish()
  expect(await listOpenWarnings(room.writer)).toEqual([])
  room.clock.advance(6 * 3_600)
  expect(await listOpenWarnings(room.writer)).toMatchObject([{ id, reason: 'unchanged' }])
  expect(await listOpenWarnings(await room.official('xa', ['dispatcher'], '19753'))).toEqual([])
  await expect(listOpenWarnings(room.people.nobody())).rejects.toMatchObject({
    code: 'http.unauthenticated',
  })
  await room.follow(id, 'update')
  expect(await listOpenWarnings(room.writer)).toEqual([])
})

it('a river that speaks by itself is asked about only when its message was not renewed', async () => {
  await saveMode(room.system, { stationCode: 'phu-oc', isAutomatic: true })
  await room.rivers.put(room.rivers.reading(0, 320))
  await room.settle()
  expect(await room.inForce()).toHaveLength(1)
  expect(await after(8)).toBe(0)
  expect(await after(3.5)).toBe(1)
})
