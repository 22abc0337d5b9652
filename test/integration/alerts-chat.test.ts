import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type TestDb } from '../harness.ts'
import { openAlerts } from './alerts-kit.ts'
import { choicesOf, openChat, textOf } from './chat-kit.ts'

let database: TestDb
let room: Awaited<ReturnType<typeof openAlerts>>
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.truncate()
  room = await openAlerts(database.db)
  await room.rivers.put(room.rivers.reading(10, 120))
})
const ask = async (words: string, chat = openChat(room.people.nobody())) =>
  (await chat.type(words)).messages

describe('is there a warning', () => {
  it('no: says so, where to hear more and whom to call, and how high the river is', async () => {
    const said = await ask('có cảnh báo gì không')
    expect(textOf(said)).toContain('không có cảnh báo nào đang hiệu lực cho xã Quảng Điền')
    expect(textOf(said)).toContain('112')
    expect(textOf(said)).toContain('Sông Bồ, trạm Phú Ốc: 1,20 m')
    expect(choicesOf(said).map(({ label }) => label)).toContain('Gửi phản ánh')
  })

  it('yes: the warning in force of any kind comes first, then the river', async () => {
    await room.publish({ kind: 'storm', headlineVi: 'Bão số 12 vào bờ tối nay' })
    const chat = openChat(room.people.nobody())
    for (const words of ['có cảnh báo gì không', 'canh bao']) {
      const text = textOf(await ask(words, chat))
      expect(text.indexOf('Bão số 12 vào bờ tối nay')).toBeGreaterThanOrEqual(0)
      expect(text.indexOf('trạm Phú Ốc')).toBeGreaterThan(text.indexOf('Bão số 12'))
      expect(text).not.toContain('không có cảnh báo')
    }
  })

  it('a draft nobody has released, and one that has expired, are no warning', async () => {
    await room.propose({ headlineVi: 'Chưa ai duyệt' })
    await room.publish({ headlineVi: 'Tin của hôm qua' })
    room.clock.advance(13 * 3_600)
    const text = textOf(await ask('có cảnh báo gì không'))
    expect(text).not.toMatch(/Chưa ai duyệt|Tin của hôm qua/)
    expect(text).toContain('không có cảnh báo nào đang hiệu lực')
  })

  it('a flood that is asked about has the water level in its answer', async () => {
    await room.publish()
    const text = textOf(await ask('có lụt không'))
    expect(text).toContain('Nước sông Bồ đang lên nhanh')
    expect(text).toContain('trạm Phú Ốc: 1,20 m')
  })
})
