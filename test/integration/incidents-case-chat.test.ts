import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHANNELS } from '../../api/chat/inbound.ts'
import { askSatisfaction, consumeFollowedSteps } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type Door, openDoor, reportLight } from './doors-kit.ts'
import { type Commune, OFFICE, openCommune } from './incidents-kit.ts'

let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

const vi = () => c.nobody().translate('vi')
/** Presses a button of a message that came by itself, like "rate" under an answer. */
const act = (door: Door, what: string, code: string) =>
  door.send({ kind: 'choice', id: `menu:0:case.${what}.${code}` })
const lastMessage = async ({ channel, chatKey }: Door) => {
  const { message } = await c.db
    .selectFrom('outbox')
    .select('message')
    .where('channel', '=', channel)
    .where('chatKey', '=', chatKey)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return JSON.stringify(message)
}

describe.each(CHANNELS)('an own case on %s', (channel) => {
  it('takes more words, and is withdrawn after a question', async () => {
    const door = openDoor(c, channel, 'own')
    const code = await reportLight(door)
    expect(await act(door, 'add', code)).toContain(code)
    expect(await door.type('Ngay trước cổng đình')).toContain(code)
    const { id } = await c.rowOf(code)
    const steps = () =>
      c.db.selectFrom('incidentActivity').selectAll().where('incidentId', '=', id).execute()
    expect((await steps()).at(-1)).toMatchObject({ kind: 'comment' })
    await act(door, 'withdraw', code)
    expect(await door.type('không')).toContain(vi()('incidents:case.withdraw.kept', { code }))
    expect((await c.rowOf(code)).state).not.toBe('withdrawn')
    await act(door, 'withdraw', code)
    await door.type('rut')
    expect((await c.rowOf(code)).state).toBe('withdrawn')
  })

  it('is reopened with a reason, rated, and asked about a week later', async () => {
    const door = openDoor(c, channel, 'own')
    const code = await reportLight(door)
    await c.walkTo(code, 'answered')
    await act(door, 'reopen', code)
    await door.type('Đèn vẫn tối')
    expect((await c.rowOf(code)).state).toBe('reopened')
    await c.move(c.dispatcher, code, { kind: 'assign', agencyCode: OFFICE })
    await c.move(c.officer, code, { kind: 'start' })
    await c.move(c.officer, code, {
      kind: 'answer',
      text: 'Đã thay bóng',
      mediaIds: [],
      noProofReason: 'Làm ban đêm',
    })
    await act(door, 'rate', code)
    await door.press('4')
    await door.press('skip')
    expect(await c.rowOf(code)).toMatchObject({ state: 'closed', rating: 4 })
    c.clock.advance(7 * 86_400)
    expect(await askSatisfaction(c.system)).toBe(1)
    expect(await act(door, 'score5', code)).toContain(vi()('incidents:satisfaction.thanks'))
    expect(await c.db.selectFrom('incidentSatisfaction').select('score').execute()).toEqual([
      { score: 5 },
    ])
  })

  it('of somebody else is refused in words, and nothing happens to it', async () => {
    const code = await reportLight(openDoor(c, channel, 'own'))
    const other = openDoor(c, channel, 'other')
    await reportLight(other)
    await act(other, 'withdraw', code)
    expect(await other.type('rut')).toContain(code)
    expect((await c.rowOf(code)).state).not.toBe('withdrawn')
  })

  it('near an open one is offered that to follow, whose steps then come here', async () => {
    const code = await reportLight(openDoor(c, channel, 'first'))
    await c.move(c.dispatcher, code, { kind: 'accept' })
    const door = openDoor(c, channel, 'second')
    await door.type('đèn đường hư ba đêm nay ở Phước Yên')
    await door.press('agree')
    await door.press('skip')
    expect(await door.press('send')).toContain(vi()('incidents:similar.ask'))
    expect(await door.pressAny(`f.${code}`)).toContain(code)
    expect(await c.db.selectFrom('incident').select('publicCode').execute()).toHaveLength(1)
    expect(await c.db.selectFrom('incidentFollow').selectAll().execute()).toHaveLength(1)
    await consumeFollowedSteps(c.system)
    await c.move(c.dispatcher, code, { kind: 'assign', agencyCode: OFFICE })
    await consumeFollowedSteps(c.system)
    expect(await lastMessage(door)).toContain(code)
    await act(door, 'unfollow', code)
    expect(await c.db.selectFrom('incidentFollow').selectAll().execute()).toEqual([])
  })

  it('near an open one may still be an own report', async () => {
    const first = await reportLight(openDoor(c, channel, 'first'))
    await c.move(c.dispatcher, first, { kind: 'accept' })
    const door = openDoor(c, channel, 'second')
    await door.type('đèn đường hư ba đêm nay ở Phước Yên')
    await door.press('agree')
    await door.press('skip')
    await door.press('send')
    expect(await door.press('new')).toMatch(/HUE-[0-9A-Z]{4}-[0-9A-Z]{4}/)
    expect(await c.db.selectFrom('incident').select('publicCode').execute()).toHaveLength(2)
  })
})
