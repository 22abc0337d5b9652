import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { say } from '../../api/chat/message.ts'
import { claimMessages } from '../../api/db/outbox.ts'
import {
  createDispatch,
  planDispatch,
  runDispatches,
  steerDispatch,
} from '../../api/rooms/delivery/index.ts'
import {
  answerNotices,
  draftNotice,
  forecastNotice,
  getProgress,
  listNotices,
  sendDue,
  testNotice,
} from '../../api/rooms/notices/index.ts'
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

const people = (n: number, kind: 'utilities' | 'health' = 'utilities') =>
  Promise.all(Array.from({ length: n }, () => room.people.subscriber([unit(kind)])))
const progress = (id: string) => getProgress(room.writer, id)
const STOP = 'Sai ngày, xin lỗi bà con'

describe('a scheduled notice', () => {
  it('waits for its time, then goes out once', async () => {
    await people(2)
    const id = await room.release({ sendAt: room.later(2) })
    expect(await sendDue(room.system)).toBe(0)
    expect((await progress(id)).standing).toBe('scheduled')
    room.clock.advance(2 * 3_600)
    expect(await sendDue(room.system)).toBe(1)
    expect(await sendDue(room.system)).toBe(0)
    await room.settle()
    await room.channelsAnswer()
    await room.settle()
    expect(await progress(id)).toMatchObject({ standing: 'sent', counts: { sent: 2 }, total: 2 })
  })

  it('whose end came before anybody sent it is refused, and nobody gets it', async () => {
    const [one] = await people(1)
    const id = await room.release({ sendAt: room.later(1), expiresAt: room.later(2) })
    room.clock.advance(3 * 3_600)
    await room.settle()
    expect((await progress(id)).standing).toBe('late')
    expect(await room.heard(one?.chat.chatKey ?? '')).toEqual([])
    expect(await room.listed()).toEqual([])
    expect(await auditActions(room.db, 'notices.late')).toEqual(['notices.late'])
  })
})

describe('a running notice', () => {
  it('is paused, resumed and cancelled; what was not sent is taken back', async () => {
    const all = await people(3)
    const id = await room.release()
    await sendDue(room.system)
    await room.move(room.writer, id, 'pause')
    expect((await progress(id)).standing).toBe('paused')
    await room.move(room.approver, id, 'resume')
    expect((await progress(id)).standing).toBe('sending')
    expect(await codeOf(room.move(room.writer, id, 'cancel'))).toBe('notices.reason_missing')
    await room.move(room.writer, id, 'cancel', STOP)
    await room.move(room.writer, id, 'cancel', STOP)
    expect(await progress(id)).toMatchObject({ standing: 'cancelled', counts: { cancelled: 3 } })
    for (const { chat } of all) expect(await room.heard(chat.chatKey)).toEqual([])
    expect(await room.listed()).toEqual([])
    expect((await auditActions(room.db, 'notices.cancel')).length).toBe(1)
  })

  it('that was stopped while its recipients were planned never begins', async () => {
    await people(1)
    const id = await room.release()
    await room.move(room.writer, id, 'cancel', STOP)
    expect(await sendDue(room.system)).toBe(0)
    expect((await progress(id)).counts).toEqual({})
  })

  it('counts by channel, unit and outcome', async () => {
    await people(2)
    await room.people.subscriber([{ kind: 'utilities' }], { channel: 'zalo-bot', chatKey: 'z1' })
    const id = await room.release()
    await room.settle()
    await room.channelsAnswer('rejected')
    await room.settle()
    expect(await progress(id)).toMatchObject({
      total: 3,
      counts: { rejected: 3 },
      byChannel: { telegram: { rejected: 2 }, 'zalo-bot': { rejected: 1 } },
      byUnit: { [UNIT]: { rejected: 2 }, '': { rejected: 1 } },
    })
  })

  it('lets a warning overtake it at once', async () => {
    await people(1)
    const other = await room.people.subscriber([unit('flood')])
    await room.release()
    await sendDue(room.system)
    const dispatchId = await createDispatch(room.system, {
      subject: { kind: 'alert', id: 'a1' },
      lane: 'alert',
      isLifeSafety: true,
      audience: { kind: 'flood', places: [{ unitCode: UNIT }] },
      message: () => say('Nước lên nhanh'),
    })
    await planDispatch(room.system, { dispatchId })
    await steerDispatch(room.system, { dispatchId, wish: 'start' })
    await runDispatches(room.system)
    const claim = { now: room.clock.now(), limit: 1, channels: ['telegram'] }
    const claimed = await claimMessages(room.db, claim)
    expect(claimed[0]?.chatKey).toBe(other.chat.chatKey)
    expect(claimed.map(({ lane }) => lane)).toEqual(['alert'])
  })
})

describe('before it goes out', () => {
  it('the forecast counts people by channel and says when they have it', async () => {
    await people(3)
    await room.people.subscriber([unit('health')])
    await room.people.subscriber([{ kind: 'utilities', unitCode: OTHER_UNIT }])
    const { id } = await draftNotice(room.writer, room.input())
    const seen = await forecastNotice(room.writer, id)
    expect(seen).toMatchObject({
      recipients: 3,
      channels: [{ channel: 'telegram', recipients: 3, perSecond: 30 }],
      inboxOnly: 0,
      isTooLate: false,
      isQuiet: false,
    })
    expect(seen.messages).toHaveLength(2)
    room.clock.set('2026-11-23T16:00:00.000Z') // 23:00
    expect((await forecastNotice(room.writer, id)).isQuiet).toBe(true)
    const elsewhere = await room.official('xa', ['dispatcher'], OTHER_UNIT)
    expect(await codeOf(forecastNotice(elsewhere, id))).toBe('http.forbidden')
  })

  it('a test goes to the own chats alone', async () => {
    await people(1)
    const { id } = await draftNotice(room.writer, room.input())
    expect(await testNotice(room.writer, id)).toEqual({ chats: 0 })
    const { actor } = room.writer
    if (actor.kind !== 'official') throw new Error('no official')
    await room.db
      .insertInto('officialChat')
      .values({
        ...{ id: room.system.newId(), officialId: actor.officialId },
        ...{ channel: 'telegram', chatKey: 'own' },
        createdAt: room.clock.now(),
      })
      .execute()
    expect(await testNotice(room.writer, id)).toEqual({ chats: 1 })
    expect((await room.heard('own')).join()).toContain('Tạm ngừng cấp nước')
    expect(await room.listed()).toEqual([])
    expect(await codeOf(testNotice(room.people.nobody(), id))).toBe('http.unauthenticated')
  })
})

describe('afterwards', () => {
  it('a chat that asks gets the newest in force for its commune', async () => {
    await room.release()
    await room.release({
      titleVi: 'Ở nơi khác',
      area: { places: [{ unitCode: OTHER_UNIT }] },
    })
    await room.settle()
    const ctx = room.people.nobody()
    const answer = await answerNotices({
      ...ctx,
      settings: { ...ctx.settings, homeUnitCode: UNIT },
    })
    expect(JSON.stringify(answer)).toContain('Tạm ngừng cấp nước')
    expect(JSON.stringify(answer)).not.toContain('Ở nơi khác')
    room.clock.advance(72 * 3_600)
    expect(await answerNotices(ctx)).toEqual([])
  })

  it('pages go on where they ended, by unit too', async () => {
    for (let n = 1; n <= 5; n++) {
      await room.release({ titleVi: `Tin ${n}` })
      await room.settle()
      room.clock.advance(60)
    }
    const titles: string[] = []
    let cursor: string | undefined
    do {
      const page = await listNotices(room.people.nobody(), {
        ...{ limit: 2, unitCode: UNIT },
        ...(cursor === undefined ? {} : { cursor }),
      })
      titles.push(...page.notices.map(({ title }) => title))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(titles).toEqual(['Tin 5', 'Tin 4', 'Tin 3', 'Tin 2', 'Tin 1'])
    expect(await codeOf(listNotices(room.people.nobody(), { cursor: 'x' }))).toBe(
      'http.invalid_input',
    )
  })
})
