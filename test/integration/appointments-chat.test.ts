import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Content } from '../../api/chat/inbound.ts'
import { dossierFlows, STARTER_PROCEDURES, saveProcedures } from '../../api/rooms/dossiers/index.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
import { createTurn } from '../../bots/conversation.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openDesk } from './appointments-kit.ts'
import { buttonFor, choicesOf, knowledge, textOf } from './chat-kit.ts'
import { NOBODY } from './dossiers-kit.ts'

let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
let desk: Awaited<ReturnType<typeof openDesk>>
beforeEach(async () => {
  await database.truncate()
  desk = await openDesk(database.db)
  await saveProcedures(desk.system, { procedures: [...STARTER_PROCEDURES] })
})

type Channel = 'telegram' | 'web' | 'zalo-oa' | 'zalo-bot'
function openChat(channel: Channel = 'telegram', chatKey = '42') {
  const turn = createTurn({ entries: [...incidentFlows, ...dossierFlows], knowledge })
  const ctx = desk.as(NOBODY)
  let n = 0
  const send = async (content: Content) =>
    (await turn(ctx, { channel, chatKey, eventId: `${chatKey}-${++n}`, content })).messages
  return { send, type: (text: string) => send({ kind: 'text', text }) }
}

describe('a time at the desk, in a chat', () => {
  it.each(['telegram', 'web', 'zalo-oa', 'zalo-bot'] as const)(
    'is booked by numbers alone on %s',
    async (channel) => {
      const chat = openChat(channel, `k-${channel}`)
      const days = await chat.type('dat lich hen')
      expect(choicesOf(days).map(({ label }) => label)).toEqual([
        'Thứ Hai 23/11',
        'Thứ Tư 25/11',
        'Thứ Năm 26/11',
        'Thứ Sáu 27/11',
        'Thứ Hai 30/11',
      ])
      expect(textOf(await chat.type('2'))).toContain('Buổi nào')
      const times = await chat.type('1')
      expect(
        choicesOf(times)
          .slice(0, 2)
          .map(({ label }) => label),
      ).toEqual(['07:30', '08:00'])
      expect(textOf(await chat.type('07:30'))).toContain('ông/bà đồng ý')
      const done = await chat.type('1')
      expect(textOf(done)).toContain('Số thứ tự của ông/bà là 1')
      expect(JSON.stringify(done)).toContain('/api/v1/calendar/appointment/')
      expect(await desk.rows()).toMatchObject([{ state: 'booked', queueNumber: 1 }])
    },
  )

  it('begins at a procedure with its papers, and is given back by one button', async () => {
    const chat = openChat()
    const papers = await chat.type('khai sinh can giay chi')
    await chat.send(buttonFor(papers, 'appointment.MH-01'))
    for (const answer of ['2', '1', '1']) await chat.type(answer)
    const done = textOf(await chat.type('1'))
    expect(done).toContain('2. Giấy chứng sinh (bản chính)')
    const own = await chat.type('dat lich hen')
    expect(textOf(own)).toContain('07:30 25/11/2026, số 1')
    expect(textOf(await chat.type('1'))).toContain('Đã hủy lịch hẹn')
    expect(await desk.rows()).toMatchObject([{ state: 'cancelled' }])
  })

  it('keeps nothing of who declines, and offers another time when one was just taken', async () => {
    const chat = openChat()
    await chat.type('dat lich hen')
    for (const answer of ['2', '1', '1']) await chat.type(answer)
    expect(textOf(await chat.type('2'))).toContain('không giữ gì')
    expect(await desk.rows()).toEqual([])
    expect(await database.db.selectFrom('resident').select('id').execute()).toEqual([])
    await chat.type('dat lich hen')
    for (const answer of ['2', '1', '1']) await chat.type(answer)
    for (const key of ['a', 'b']) await (await desk.person(key)).book()
    const taken = await chat.type('1')
    expect(textOf(taken)).toContain('vừa có người khác đặt')
    expect(choicesOf(taken)[0]?.label).toBe('Chọn giờ khác')
  })
})
