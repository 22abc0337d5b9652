import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { toPlainText } from '../../api/chat/plain-text.ts'
import type { Actor } from '../../api/context.ts'
import { setPreferences } from '../../api/rooms/delivery/index.ts'
import {
  addShift,
  createOfficial,
  delegateApproval,
  joinOfficialChat,
  makeOfficialChatCode,
  residentForChat,
} from '../../api/rooms/identity/index.ts'
import { escalateDue, remindOfficials } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type Commune, OFFICE, openCommune, UNIT } from './incidents-kit.ts'

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

type Official = Extract<Actor, { kind: 'official' }>

/** Links a chat as the official does: a code of the own page, sent to Loa. */
async function link(actor: Official, chatKey: string): Promise<void> {
  const { code } = await makeOfficialChatCode(c.as(actor))
  const channel = 'telegram'
  expect(await joinOfficialChat(c.nobody(), { channel, chatKey, code })).toMatch(/^Cán bộ /)
}

const pushed = async (chatKey: string) => {
  const rows = await test.db
    .selectFrom('outbox')
    .selectAll()
    .where('chatKey', '=', chatKey)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, text: toPlainText(row.message) }))
}
const countOf = async (...chatKeys: string[]) =>
  Promise.all(chatKeys.map(async (key) => (await pushed(key)).length))

/** In the hands of the officer, due on 1 December. */
async function inHand(): Promise<string> {
  const { publicCode } = await c.report()
  await c.walkTo(publicCode, 'in_progress')
  return publicCode
}

const another = async (login: string, more: Partial<Official>): Promise<Official> => {
  const roles = more.roles ?? ['officer']
  const { unitCode = UNIT, agencyCode = null } = more
  const capabilities = more.capabilities ?? []
  const { id } = await createOfficial(c.system, {
    login,
    displayName: `Cán bộ ${login}`,
    password: 'mot-hai-ba-bon-nam',
    roles: [...roles],
    capabilities: [...capabilities],
    unitCode,
    agencyCode,
  })
  return { kind: 'official', officialId: id, roles, capabilities, unitCode, agencyCode }
}

describe('reminders in the chats of officials', () => {
  it('go to whom each step is for, once, with the case and nothing that was written', async () => {
    await link(c.officer, 'officer')
    await link(c.dispatcher, 'dispatcher')
    await link(c.approver, 'approver')
    const code = await inHand()
    c.clock.set('2026-11-27T02:00:00Z')
    await escalateDue(c.system)
    expect([await remindOfficials(c.system), await remindOfficials(c.system)]).toEqual([1, 0])
    const [first] = await pushed('officer')
    expect(first).toMatchObject({ lane: 'notice', state: 'queued' })
    expect(first?.text).toContain(`${code}: Đường sá, Xã Quảng Điền, hạn 01/12/2026`)
    expect(first?.text).toContain(`/console#/case/${(await c.rowOf(code)).id}`)
    expect(first?.text).not.toContain('Ổ gà')
    c.clock.set('2026-12-02T02:00:00Z')
    await escalateDue(c.system)
    await remindOfficials(c.system)
    c.clock.set('2026-12-04T02:00:00Z')
    await escalateDue(c.system)
    await remindOfficials(c.system)
    expect(await countOf('officer', 'dispatcher', 'approver')).toEqual([1, 1, 1])
    expect((await pushed('approver'))[0]?.text).toContain('Đã quá hạn')
    const audited = (await c.audited()).filter((row) => row.action === 'incident.remind')
    expect(audited.map((row) => row.data)).toMatchObject([
      { kind: 'due_soon', officials: 1 },
      { kind: 'late', officials: 1 },
      { kind: 'late', officials: 1 },
    ])
  })

  it('are one message for all that waits, in the language of the official', async () => {
    await link(c.dispatcher, 'dispatcher')
    await test.db
      .updateTable('official')
      .set({ language: 'en' })
      .where('id', '=', c.dispatcher.officialId)
      .execute()
    for (let i = 0; i < 10; i++) await c.report({ urgency: 'urgent' })
    expect(await remindOfficials(c.system)).toBe(1)
    const [only] = await pushed('dispatcher')
    expect(only?.text).toContain('reports to look at: 10.')
    expect(only?.text.match(/HUE-/g)).toHaveLength(8)
    expect(only?.text).toContain('Others: 2.')
    expect(only?.text).toMatch(/\/console$/m)
  })

  it('wait for the morning, and by then only for what still waits', async () => {
    await link(c.officer, 'officer')
    const [moved, left] = [await inHand(), await inHand()]
    c.clock.set('2026-11-26T18:00:00Z') // 01:00 in Viet Nam
    await escalateDue(c.system)
    expect(await remindOfficials(c.system)).toBe(0)
    await c.move(c.officer, moved, { kind: 'not_our_task' })
    c.clock.set('2026-11-26T23:00:00Z')
    expect(await remindOfficials(c.system)).toBe(1)
    const [only] = await pushed('officer')
    expect(only?.text).toContain(left)
    expect(only?.text).not.toContain(moved)
  })

  it('wait longer where the chat’s own quiet hours say so', async () => {
    await link(c.officer, 'officer')
    const { id } = await residentForChat(c.nobody(), {
      ...{ channel: 'telegram', chatKey: 'officer', language: 'vi' },
    })
    await setPreferences(c.system, {
      residentId: id,
      quietHours: { from: '21:00', to: '09:30' },
    })
    await inHand()
    c.clock.set('2026-11-27T00:00:00Z')
    await escalateDue(c.system)
    await remindOfficials(c.system)
    const [only] = await pushed('officer')
    expect(new Date(only?.runAt ?? '').toISOString()).toBe('2026-11-27T02:30:00.000Z')
  })

  it('of urgent reports reach whoever is on duty at night, and let everybody else sleep', async () => {
    await link(c.dispatcher, 'dispatcher')
    const watcher = await another('truc', { capabilities: ['duty'] })
    await link(watcher, 'watcher')
    c.clock.set('2026-11-23T16:00:00Z') // 23:00
    await c.report({ urgency: 'urgent' })
    expect(await remindOfficials(c.system)).toBe(0)
    await addShift(c.system, {
      officialId: watcher.officialId,
      startsAt: '2026-11-23T16:00:00.000Z',
      endsAt: '2026-11-23T22:00:00.000Z',
    })
    expect(await remindOfficials(c.system)).toBe(1)
    expect(await countOf('dispatcher', 'watcher')).toEqual([0, 1])
    const [only] = await pushed('watcher')
    expect(new Date(only?.runAt ?? '').toISOString()).toBe('2026-11-23T16:00:00.000Z')
  })

  it('reach the whole office while nobody has the case, and the assignee alone afterwards', async () => {
    const colleague = await another('dongnghiep', { agencyCode: OFFICE })
    await link(c.officer, 'officer')
    await link(colleague, 'colleague')
    await link(c.police, 'police')
    const { publicCode } = await c.report()
    await c.move(c.dispatcher, publicCode, { kind: 'accept_and_assign', agencyCode: OFFICE })
    await inHand()
    c.clock.set('2026-11-27T02:00:00Z')
    await escalateDue(c.system)
    await remindOfficials(c.system)
    const [own, others] = [await pushed('officer'), await pushed('colleague')]
    expect([own[0]?.text.match(/HUE-/g), others[0]?.text.match(/HUE-/g)]).toEqual([
      ['HUE-', 'HUE-'],
      ['HUE-'],
    ])
    expect(await countOf('police')).toEqual([0])
  })

  it('go to the city’s desk where the office can be written to by nobody, and to a stand-in of the approver', async () => {
    const city = await another('thanhpho', { roles: ['dispatcher'], unitCode: null })
    await link(city, 'city')
    await link(c.elsewhere, 'elsewhere')
    await c.report({ urgency: 'urgent' })
    await remindOfficials(c.system)
    expect(await countOf('city', 'elsewhere')).toEqual([1, 0])
    const standIn = await another('thaythe', {})
    await link(standIn, 'stand-in')
    await inHand()
    c.clock.set('2026-12-02T02:00:00Z')
    await delegateApproval(c.as(c.approver), {
      toOfficialId: standIn.officialId,
      startsAt: '2026-12-02T02:00:00.000Z',
      endsAt: '2026-12-10T02:00:00.000Z',
    })
    c.clock.set('2026-12-04T02:00:00Z')
    await escalateDue(c.system)
    await remindOfficials(c.system)
    expect(await countOf('stand-in')).toEqual([1])
  })

  it('never reach somebody whose access has ended, and nothing is kept back by having nobody', async () => {
    await link(c.dispatcher, 'dispatcher')
    await test.db
      .updateTable('official')
      .set({ disabledAt: c.clock.now() })
      .where('id', '=', c.dispatcher.officialId)
      .execute()
    await c.report({ urgency: 'urgent' })
    expect(await remindOfficials(c.system)).toBe(0)
    expect(await countOf('dispatcher')).toEqual([0])
    const waits = await test.db
      .selectFrom('incidentAttention')
      .selectAll()
      .where('toldAt', 'is', null)
      .execute()
    expect(waits).toEqual([])
  })
})
