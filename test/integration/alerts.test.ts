import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  draftAlert,
  editAlert,
  followAlert,
  listHistory,
  listInForce,
  moveAlert,
} from '../../api/rooms/alerts/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { HOUR_MS, openAlerts } from './alerts-kit.ts'
import { auditActions, OTHER_UNIT, UNIT } from './delivery-kit.ts'

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

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  )

describe('a warning', () => {
  it('is written by one, issued by another, and audited', async () => {
    const id = await room.publish()
    const [alert] = await room.inForce()
    expect(alert).toMatchObject({
      id,
      messageType: 'alert',
      standing: 'in_force',
      headline: 'Nước sông Bồ đang lên nhanh',
      place: 'xã Quảng Điền',
      levelLabel: 'báo động 2',
      documentNo: '12/TB-UBND',
    })
    expect(await auditActions(room.db, 'alerts.')).toEqual([
      'alerts.drafted',
      'alerts.propose',
      'alerts.issued',
    ])
  })

  it('is not issued by whoever wrote it, though they may approve', async () => {
    const both = await room.official('hai', ['dispatcher', 'approver'])
    const { id } = await draftAlert(both, room.input())
    await room.move(both, id, 'propose')
    expect(await code(room.move(both, id, 'issue'))).toBe('alerts.own')
    await room.move(room.approver, id, 'issue')
    expect(await room.inForce()).toHaveLength(1)
  })

  it('is for those with the right in that unit alone', async () => {
    const officer = await room.official('nhan', ['officer'])
    const elsewhere = await room.official('xa', ['dispatcher', 'approver'], OTHER_UNIT)
    expect(await code(draftAlert(officer, room.input()))).toBe('http.forbidden')
    expect(await code(draftAlert(room.people.nobody(), room.input()))).toBe('http.unauthenticated')
    expect(await code(draftAlert(elsewhere, room.input()))).toBe('http.forbidden')
    const id = await room.propose()
    expect(await code(room.move(room.writer, id, 'issue'))).toBe('http.forbidden')
    expect(await code(room.move(elsewhere, id, 'issue'))).toBe('http.forbidden')
    expect(await room.inForce()).toEqual([])
  })

  it.each([
    ['instructionVi', { instructionVi: '' }],
    ['issuer', { issuer: null }],
    ['signer', { signer: null }],
    ['documentNo', { documentNo: null }],
    ['area', { area: { places: [] } }],
  ])('without %s cannot be proposed', async (_field, more) => {
    const { id } = await draftAlert(room.writer, room.input(more))
    expect(await code(room.move(room.writer, id, 'propose'))).toBe('alerts.incomplete')
  })

  it('must end, within a week, and not before it begins', async () => {
    const at = (hours: number) =>
      new Date(room.clock.now().getTime() + hours * HOUR_MS).toISOString()
    for (const expiresAt of [at(-1), at(8 * 24), 'soon'])
      expect(await code(draftAlert(room.writer, room.input({ expiresAt })))).toBe(
        'http.invalid_input',
      )
    const id = await room.propose({ expiresAt: at(1) })
    room.clock.advance(2 * 3_600)
    expect(await code(room.move(room.approver, id, 'issue'))).toBe('alerts.over')
  })

  it('pressed twice is once; a stale page is told so', async () => {
    const id = await room.propose()
    const version = await room.versionOf(id)
    expect(await code(moveAlert(room.writer, { id, move: 'propose', version: 1 }))).toBe('done')
    await editAlert(room.writer, { id, version, ...room.input({ level: 3 }) })
    expect(await code(moveAlert(room.approver, { id, move: 'issue', version }))).toBe(
      'alerts.bad_step',
    )
    await room.move(room.writer, id, 'propose')
    expect(await code(moveAlert(room.approver, { id, move: 'issue', version }))).toBe(
      'http.conflict',
    )
    await room.move(room.approver, id, 'issue')
    expect(await code(room.move(room.approver, id, 'issue'))).toBe('done')
    expect(await room.rows()).toHaveLength(1)
  })

  it('is never edited once issued, and a dropped draft leads nowhere', async () => {
    const id = await room.publish()
    const version = await room.versionOf(id)
    expect(await code(editAlert(room.writer, { id, version, ...room.input() }))).toBe(
      'alerts.bad_step',
    )
    const { id: other } = await draftAlert(room.writer, room.input())
    await room.move(room.writer, other, 'drop')
    expect(await code(room.move(room.writer, other, 'propose'))).toBe('alerts.bad_step')
    expect(await code(moveAlert(room.writer, { id: 'x', move: 'drop', version: 1 }))).toBe(
      'alerts.not_found',
    )
  })
})

describe('what follows a warning', () => {
  it('an update takes its place, an all clear ends it, and all of it stays on record', async () => {
    const first = await room.publish()
    room.clock.advance(600)
    const second = await room.follow(first, 'update')
    expect((await room.inForce()).map(({ id }) => id)).toEqual([second])
    room.clock.advance(600)
    const third = await room.follow(second, 'all_clear')
    expect(await room.inForce()).toEqual([])
    const { alerts } = await listHistory(room.people.nobody(), {})
    expect(alerts.map(({ id, standing }) => [id, standing])).toEqual([
      [third, 'announcement'],
      [second, 'ended'],
      [first, 'replaced'],
    ])
    expect(alerts[0]?.headline).toBe('Kết thúc: Nước sông Bồ đang lên nhanh')
    expect(new Set(alerts.map(({ threadId }) => threadId))).toEqual(new Set([first]))
  })

  it('only one message follows another: the second is told to go on from the newest', async () => {
    const id = await room.publish()
    const drafts = await Promise.all([
      followAlert(room.writer, { id, as: 'update' }),
      followAlert(room.writer, { id, as: 'cancel' }),
    ])
    await room.db
      .updateTable('alert')
      .set({ documentNo: '14' })
      .where('previousId', '=', id)
      .execute()
    for (const draft of drafts) await room.move(room.writer, draft.id, 'propose')
    const [one, two] = drafts
    await room.move(room.approver, one?.id ?? '', 'issue')
    expect(await code(room.move(room.approver, two?.id ?? '', 'issue'))).toBe('alerts.superseded')
    expect(await code(followAlert(room.writer, { id, as: 'update' }))).toBe('alerts.superseded')
  })

  it('ends by itself at its time', async () => {
    await room.publish()
    room.clock.advance(13 * 3_600)
    expect(await room.inForce()).toEqual([])
    const { alerts } = await listHistory(room.people.nobody(), {})
    expect(alerts.map(({ standing }) => standing)).toEqual(['expired'])
  })

  it('is paged', async () => {
    for (const _n of [1, 2, 3]) {
      await room.publish()
      room.clock.advance(60)
    }
    const first = await listHistory(room.people.nobody(), { limit: 2 })
    const rest = await listHistory(room.people.nobody(), { limit: 2, cursor: first.nextCursor })
    expect([first.alerts.length, rest.alerts.length, rest.nextCursor]).toEqual([2, 1, undefined])
    expect(await code(listHistory(room.people.nobody(), { cursor: 'x' }))).toBe(
      'http.invalid_input',
    )
  })
})

describe('who hears', () => {
  const flood = (unitCode: string) => ({ kind: 'flood' as const, unitCode })

  it('whoever asked for it there, once, and nobody outside', async () => {
    const inside = await room.people.subscriber([flood(UNIT)])
    const outside = await room.people.subscriber([flood(OTHER_UNIT)])
    const other = await room.people.subscriber([{ kind: 'air', unitCode: UNIT }])
    await room.publish()
    await room.settle()
    await room.settle()
    const [message = ''] = await room.heard(inside.chat.chatKey)
    expect(message).toContain('Cảnh báo: Nước sông Bồ đang lên nhanh')
    expect(message).toContain('Người ký: Phan Đình Khôi')
    expect(await room.heard(inside.chat.chatKey)).toHaveLength(1)
    expect(await room.heard(outside.chat.chatKey)).toEqual([])
    expect(await room.heard(other.chat.chatKey)).toEqual([])
  })

  it('who wants graver ones alone hears those, and all that follows what they heard', async () => {
    const { chat } = await room.people.subscriber([{ ...flood(UNIT), minLevel: 2 }])
    await room.publish({ level: 1, headlineVi: 'Mức một' })
    const id = await room.publish({ level: 2, headlineVi: 'Mức hai' })
    await room.settle()
    const heard = () => room.heard(chat.chatKey)
    expect((await heard()).join()).toContain('Mức hai')
    expect((await heard()).join()).not.toContain('Mức một')
    const next = await followAlert(room.writer, { id, as: 'update' })
    await room.db
      .updateTable('alert')
      .set({ level: 1, headlineVi: 'Đang rút', documentNo: '13' })
      .where('id', '=', next.id)
      .execute()
    await room.move(room.writer, next.id, 'propose')
    await room.move(room.approver, next.id, 'issue')
    await room.settle()
    expect((await heard()).join()).toContain('Đang rút')
  })

  it('danger to life reaches everybody who asked for anything there', async () => {
    const other = await room.people.subscriber([{ kind: 'guides', unitCode: UNIT }])
    const outside = await room.people.subscriber([{ kind: 'guides', unitCode: OTHER_UNIT }])
    await room.publish({ level: 3 })
    await room.settle()
    expect(await room.heard(other.chat.chatKey)).toHaveLength(1)
    expect(await room.heard(outside.chat.chatKey)).toEqual([])
  })

  it('an update stops what of the old one was not sent yet', async () => {
    const { chat } = await room.people.subscriber([flood(UNIT)])
    const id = await room.publish()
    await room.settle()
    room.clock.advance(60)
    await room.follow(id, 'update')
    await room.settle()
    const messages = await room.heard(chat.chatKey)
    expect(messages).toHaveLength(1)
    expect(messages[0]).toContain('Cập nhật cảnh báo')
  })

  it('an area drawn over hamlets reaches them, and stands on the pages of their unit alone', async () => {
    const place = { unitCode: UNIT, hamletId: room.writer.newId() }
    await room.db
      .insertInto('areaHamlet')
      .values({
        ...{ id: place.hamletId, unitCode: UNIT, name: 'Phước Yên', folded: 'phuoc yen' },
        ...{ kind: 'thon', lng: 107.5, lat: 16.55, validFrom: '2025-07-01', source: 'test' },
      })
      .execute()
    const inside = await room.people.subscriber([{ kind: 'flood', ...place }])
    const elsewhere = await room.people.subscriber([flood(OTHER_UNIT)])
    const circle = { center: { lng: 107.5, lat: 16.55 }, radiusKm: 0.5 }
    await room.publish({ area: { places: [], polygons: [], circles: [circle] } })
    await room.settle()
    expect(await room.heard(inside.chat.chatKey)).toHaveLength(1)
    expect(await room.heard(elsewhere.chat.chatKey)).toEqual([])
    const shown = (unitCode: string) => listInForce(room.people.nobody(), { unitCode })
    expect([(await shown(UNIT)).length, (await shown(OTHER_UNIT)).length]).toEqual([1, 0])
  })

  it('an area drawn where nobody is known cannot be issued', async () => {
    const circle = { center: { lng: 108.2, lat: 16.7 }, radiusKm: 0.1 }
    const id = await room.propose({ area: { places: [], polygons: [], circles: [circle] } })
    expect(await code(room.move(room.approver, id, 'issue'))).toBe('alerts.area_empty')
  })
})
