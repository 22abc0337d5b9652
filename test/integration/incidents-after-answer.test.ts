import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  actOnOwn,
  closeAnswered,
  getPublicIncident,
  lapseUnanswered,
} from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
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

const DAY_SECONDS = 86_400
const public_ = (publicCode: string) => getPublicIncident(c.nobody(), publicCode)

describe('the sender', () => {
  it('rates the answer once, which closes the case', async () => {
    const { publicCode, secret } = await c.reportFromChat()
    await c.walkTo(publicCode, 'answered')
    const rate = (with_: string) =>
      actOnOwn(c.nobody(), {
        code: publicCode,
        secret: with_,
        move: { kind: 'rate', rating: 4, comment: 'Nhanh' },
      })
    await expect(rate('x'.repeat(43))).rejects.toMatchObject({ code: 'incidents.not_found' })
    await rate(secret)
    expect(await c.rowOf(publicCode)).toMatchObject({ state: 'closed', rating: 4 })
    expect((await c.audited()).at(-1)).toMatchObject({ action: 'incident.rate' })
    await expect(rate(secret)).rejects.toMatchObject({ code: 'incidents.bad_transition' })
  })

  it('reopens twice within ten days and not again', async () => {
    const { publicCode, secret } = await c.reportFromChat()
    await c.walkTo(publicCode, 'answered')
    const reopen = () =>
      actOnOwn(c.nobody(), {
        code: publicCode,
        secret,
        move: { kind: 'reopen', note: 'Chưa xong' },
      })
    for (let i = 0; i < 2; i++) {
      await reopen()
      expect((await public_(publicCode)).answer).toBeUndefined()
      await c.move(c.dispatcher, publicCode, { kind: 'assign', agencyCode: OFFICE })
      await c.move(c.officer, publicCode, { kind: 'start' })
      await c.move(c.officer, publicCode, {
        kind: 'answer',
        text: 'Đã làm lại',
        mediaIds: [],
        noProofReason: 'Mưa',
      })
    }
    await expect(reopen()).rejects.toMatchObject({ code: 'incidents.bad_transition' })
  })

  it('a new answer after a reopening does not show the photos of the one before', async () => {
    const { publicCode, secret } = await c.reportFromChat()
    await c.walkTo(publicCode, 'in_progress')
    const answer = async () => {
      c.clock.advance(60)
      const { mediaId } = await c.photo(c.officer)
      await c.move(c.officer, publicCode, { kind: 'answer', text: 'Xong', mediaIds: [mediaId] })
      return mediaId
    }
    const before = await answer()
    expect((await public_(publicCode)).answer?.mediaIds).toEqual([before])
    c.clock.advance(60)
    const move = { kind: 'reopen' as const, note: 'Chưa xong' }
    await actOnOwn(c.nobody(), { code: publicCode, secret, move })
    await c.move(c.dispatcher, publicCode, { kind: 'assign', agencyCode: OFFICE })
    await c.move(c.officer, publicCode, { kind: 'start' })
    const after = await answer()
    expect((await public_(publicCode)).answer?.mediaIds).toEqual([after])
    const told = (await c.told()).filter((message) => message.includes('"image"'))
    expect(told.at(-1)).toContain(after)
    expect(told.at(-1)).not.toContain(before)
  })

  it('withdraws what nobody works on yet', async () => {
    const { publicCode, secret } = await c.report()
    const withdraw = () =>
      actOnOwn(c.nobody(), { code: publicCode, secret, move: { kind: 'withdraw' } })
    await withdraw()
    expect((await c.rowOf(publicCode)).state).toBe('withdrawn')
    await expect(withdraw()).rejects.toMatchObject({ code: 'incidents.bad_transition' })
  })
})

describe('time', () => {
  it('closes an answered case after ten days, once, and tells', async () => {
    const { publicCode } = await c.reportFromChat()
    await c.walkTo(publicCode, 'answered')
    c.clock.advance(10 * DAY_SECONDS - 60)
    expect(await closeAnswered(c.system)).toBe(0)
    c.clock.advance(60)
    expect(await closeAnswered(c.system)).toBe(1)
    expect(await closeAnswered(c.system)).toBe(0)
    expect((await c.rowOf(publicCode)).state).toBe('closed')
    expect((await c.audited()).at(-1)).toMatchObject({
      action: 'incident.close',
      actorKind: 'system',
    })
  })

  it('lets a question lapse after seven days', async () => {
    const { publicCode } = await c.report()
    await c.move(c.dispatcher, publicCode, { kind: 'ask_info', question: 'Ở đâu?' })
    c.clock.advance(7 * DAY_SECONDS - 60)
    expect(await lapseUnanswered(c.system)).toBe(0)
    c.clock.advance(60)
    expect(await lapseUnanswered(c.system)).toBe(1)
    expect(await c.rowOf(publicCode)).toMatchObject({
      state: 'refused',
      reasonCode: 'not_enough_info',
    })
  })

  it('makes an open case late the day after it was due, for everybody to see', async () => {
    const { publicCode } = await c.report()
    await c.walkTo(publicCode, 'accepted')
    c.clock.set('2026-12-01T16:59:00Z')
    expect((await public_(publicCode)).isLate).toBe(false)
    c.clock.set('2026-12-01T17:00:00Z')
    expect((await public_(publicCode)).isLate).toBe(true)
  })
})
