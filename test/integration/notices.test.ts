import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { draftNotice, editNotice, getNotice, moveNotice } from '../../api/rooms/notices/index.ts'
import { readNoticeDesk } from '../../api/rooms/notices/service/desk.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { auditActions, OTHER_UNIT, UNIT, unit } from './delivery-kit.ts'
import { codeOf, openNotices } from './notices-kit.ts'

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

const REASON = 'Vỡ đê, không gọi được người duyệt'

describe('a notice', () => {
  it('is written by one, released by another, sent to who asked for it there, and audited', async () => {
    const here = await room.people.subscriber([unit('utilities')])
    const english = await room.people.subscriber([unit('utilities')], { language: 'en' })
    const other = await room.people.subscriber([unit('health')])
    const away = await room.people.subscriber([{ kind: 'utilities', unitCode: OTHER_UNIT }])
    const id = await room.release()
    await room.settle()
    expect((await room.heard(here.chat.chatKey)).join()).toContain('Tạm ngừng cấp nước')
    expect((await room.heard(english.chat.chatKey)).join()).toContain('Tap water is off')
    for (const { chat } of [other, away]) expect(await room.heard(chat.chatKey)).toEqual([])
    expect(await room.listed()).toMatchObject([
      { id, title: 'Tạm ngừng cấp nước Thạch Bình', place: 'xã Quảng Điền', isOver: false },
    ])
    expect(await auditActions(room.db, 'notices.')).toEqual([
      'notices.drafted',
      'notices.propose',
      'notices.release',
      'notices.sending',
    ])
  })

  it('is not released by whoever wrote it, nor by whoever may not', async () => {
    const both = await room.official('hai', ['dispatcher', 'approver'])
    const { id } = await draftNotice(both, room.input())
    await room.move(both, id, 'propose')
    expect(await codeOf(room.move(both, id, 'release'))).toBe('notices.own')
    expect(await codeOf(room.move(room.writer, id, 'release'))).toBe('http.forbidden')
    expect(await codeOf(room.move(room.writer, id, 'return'))).toBe('http.forbidden')
    await room.move(room.approver, id, 'release')
    expect((await room.rowOf(id)).state).toBe('released')
  })

  it('is for those with the right in that unit alone', async () => {
    const officer = await room.official('nhan', ['officer'])
    const elsewhere = await room.official('xa', ['dispatcher', 'approver'], OTHER_UNIT)
    expect(await codeOf(draftNotice(officer, room.input()))).toBe('http.forbidden')
    expect(await codeOf(draftNotice(room.people.nobody(), room.input()))).toBe(
      'http.unauthenticated',
    )
    expect(await codeOf(draftNotice(elsewhere, room.input()))).toBe('http.forbidden')
    const id = await room.propose()
    expect(await codeOf(room.move(elsewhere, id, 'release'))).toBe('http.forbidden')
    expect((await readNoticeDesk(elsewhere)).open).toEqual([])
  })

  it.each([
    ['bodyVi', { bodyVi: '' }],
    ['issuer', { issuer: null }],
    ['signer', { signer: null }],
    ['documentNo', { documentNo: null }],
    ['area', { area: { places: [] } }],
  ])('without %s cannot be proposed', async (_field, more) => {
    const { id } = await draftNotice(room.writer, room.input(more))
    expect(await codeOf(room.move(room.writer, id, 'propose'))).toBe('notices.incomplete')
  })

  it.each([
    ['an end in the past', () => ({ expiresAt: room.later(-1) })],
    ['an end before it is sent', () => ({ sendAt: room.later(5), expiresAt: room.later(4) })],
    ['an end in a year', () => ({ expiresAt: room.later(24 * 365) })],
    ['a mark that means nothing', () => ({ bodyVi: 'Mời đến {dau}' })],
    ['a mark without its fact', () => ({ bodyVi: 'Từ {tu} tại {noi}' })],
    ['a link that is not safe', () => ({ linkUrl: 'http://example.com' })],
  ])('with %s is not kept', async (_name, more) => {
    expect(await codeOf(draftNotice(room.writer, room.input(more())))).toBe('http.invalid_input')
    expect((await readNoticeDesk(room.writer)).open).toEqual([])
  })

  it('fills its marks with the facts of what it invites to', async () => {
    const event = { startAt: room.later(24), endAt: room.later(26), place: 'Nhà văn hóa Niêm Phò' }
    const id = await room.release({ titleVi: 'Mời họp tại {noi}', bodyVi: 'Bà con {xa}.', event })
    await room.settle()
    const [notice] = await room.listed()
    expect(notice).toMatchObject({
      title: 'Mời họp tại Nhà văn hóa Niêm Phò',
      body: 'Bà con xã Quảng Điền.',
    })
    expect(notice?.calendarUrl).toContain(`/api/v1/notices/${id}/event.ics`)
    expect(notice?.readOut).toContain('Kính báo bà con xã Quảng Điền.')
  })

  it('says that it has no English, and stands in Vietnamese for who reads English', async () => {
    const reader = await room.people.subscriber([unit('utilities')], { language: 'en' })
    await room.release({ titleEn: null, bodyEn: null })
    await room.settle()
    const [message = ''] = await room.heard(reader.chat.chatKey)
    expect(message).toContain('This notice is in Vietnamese only.')
    expect(message).toContain('Tạm ngừng cấp nước')
  })

  it('changed after it was proposed is a draft again, by a new author', async () => {
    const id = await room.propose()
    const { version } = await room.rowOf(id)
    await editNotice(room.approver, { ...room.input({ titleVi: 'Đổi giờ' }), id, version })
    expect(await room.rowOf(id)).toMatchObject({ state: 'draft', titleVi: 'Đổi giờ' })
    await room.move(room.approver, id, 'propose')
    expect(await codeOf(room.move(room.approver, id, 'release'))).toBe('notices.own')
    expect(await codeOf(editNotice(room.writer, { ...room.input(), id, version }))).toBe(
      'http.conflict',
    )
  })

  it('once released is never edited, and pressed twice it is the same', async () => {
    const id = await room.propose()
    const { version } = await room.rowOf(id)
    await moveNotice(room.approver, { id, move: 'release', version })
    await moveNotice(room.approver, { id, move: 'release', version })
    const now = (await room.rowOf(id)).version
    expect(await codeOf(editNotice(room.writer, { ...room.input(), id, version: now }))).toBe(
      'notices.bad_step',
    )
    expect((await auditActions(room.db, 'notices.release')).length).toBe(1)
  })

  it('unknown, or dropped, or not sent yet is not found by anybody outside', async () => {
    const id = await room.propose()
    for (const one of [id, 'x', room.system.newId()])
      expect(await codeOf(getNotice(room.people.nobody(), one))).toBe('notices.not_found')
    await room.move(room.writer, id, 'drop')
    expect(await codeOf(room.move(room.approver, id, 'release'))).toBe('notices.bad_step')
  })
})

describe('an emergency', () => {
  it('goes to everybody there, through the night, under the approval of a second person', async () => {
    const sleeper = await room.people.subscriber([unit('health')])
    const away = await room.people.subscriber([{ kind: 'health', unitCode: OTHER_UNIT }])
    room.clock.set('2026-11-23T19:00:00.000Z') // 02:00 at night
    await room.release({ isEmergency: true })
    await room.settle()
    expect(await room.heard(sleeper.chat.chatKey)).toHaveLength(1)
    expect(await room.heard(away.chat.chatKey)).toEqual([])
  })

  it('may be released by its author alone with a reason, and is reviewed after by another', async () => {
    const { id } = await draftNotice(room.writer, room.input({ isEmergency: true }))
    expect(await codeOf(room.move(room.writer, id, 'release'))).toBe('notices.reason_missing')
    await room.move(room.writer, id, 'release', REASON)
    expect(await room.rowOf(id)).toMatchObject({ state: 'released', aloneReason: REASON })
    expect(await codeOf(room.move(room.writer, id, 'review'))).toBe('http.forbidden')
    const { going } = await readNoticeDesk(room.approver)
    expect(going).toMatchObject([{ id, isReviewed: false, can: { review: true } }])
    await room.move(room.approver, id, 'review')
    await room.move(room.approver, id, 'review')
    expect((await room.rowOf(id)).reviewedAt).not.toBeNull()
    expect((await auditActions(room.db, 'notices.review')).length).toBe(1)
  })

  it('no reason lets an ordinary notice out alone', async () => {
    const { id } = await draftNotice(room.writer, room.input())
    expect(await codeOf(room.move(room.writer, id, 'release', REASON))).toBe('http.forbidden')
    expect(await room.rowOf(id)).toMatchObject({ state: 'draft', unitCode: UNIT })
  })
})
