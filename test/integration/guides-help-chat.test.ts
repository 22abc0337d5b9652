import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Content } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import { moveHelp } from '../../api/rooms/guides/help/service/work.ts'
import { guideFlows } from '../../api/rooms/guides/index.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { buttonFor, choicesOf, textOf } from './chat-kit.ts'
import { openHelp } from './guides-help-kit.ts'

let database: TestDb
let h: Awaited<ReturnType<typeof openHelp>>
beforeAll(async () => {
  database = await openDatabase()
  h = await openHelp(database)
})
afterAll(() => database.close())
beforeEach(() => h.forget())

type Channel = 'telegram' | 'web' | 'zalo-oa' | 'zalo-bot'
let chats = 0
function openChat(channel: Channel = 'telegram') {
  const turn = createTurn({ entries: guideFlows, knowledge: areaKnowledge })
  const chatKey = `chat-${++chats}`
  let n = 0
  let last: readonly Message[] = []
  const send = async (content: Content) => {
    const eventId = `${chatKey}-${++n}`
    const inbound = { channel, chatKey, eventId, content }
    last = (await turn(h.as({ kind: 'anonymous' }), inbound)).messages
    return textOf(last)
  }
  const type = (text: string) => send({ kind: 'text', text })
  const press = (end: string) => send(buttonFor(last, end))
  return { chatKey, send, type, press, labels: () => choicesOf(last).map(({ label }) => label) }
}

describe('help at home, in a chat', () => {
  it.each(['telegram', 'web', 'zalo-oa', 'zalo-bot'] as const)(
    'is asked for by numbers and words, and called off by one button on %s',
    async (channel) => {
      const chat = openChat(channel)
      expect(await chat.type('nho nguoi toi chi giup')).toContain('không thu tiền')
      expect(chat.labels().slice(-2)).toEqual(['Xem thêm bài', 'Việc khác'])
      expect(await chat.type('xem them bai')).toContain('chỉ việc gì')
      expect(await chat.type('2')).toContain('cho ai')
      expect(await chat.type('cho nguoi nha')).toContain('thôn, tổ dân phố nào')
      expect(await chat.type('phuoc yen')).toContain('tên gọi của người nhà')
      expect(await chat.type('mệ Gái, nhà sau chợ')).toContain('Số điện thoại')
      expect(await chat.type('goi con 0905.123.456')).toContain('Lúc nào tiện')
      expect(await chat.type('buoi sang')).toContain('đồng ý')
      expect(await chat.type('1')).toContain('Mã nhận người')
      expect(await h.rows()).toMatchObject([
        {
          ...{ state: 'open', forWhom: 'relative', preferred: 'morning', phone: '0905123456' },
          ...{ place: 'mệ Gái, nhà sau chợ', channel, hamletId: h.hamlets[1]?.id },
        },
      ])
      const [row] = await h.rows()
      expect(await chat.press(`help_cancel.${row?.id}`)).toContain('Đã hủy')
      expect(await h.rows()).toMatchObject([{ state: 'cancelled' }])
    },
  )

  it('begins at the step where somebody is stuck, and knows what for', async () => {
    const chat = openChat()
    await chat.send({ kind: 'start', payload: 'guide.qr-payment.2' })
    expect(await chat.type('tôi bí chỗ này')).toContain('nhiều người cũng gặp khó')
    expect(await chat.type('nho nguoi toi giup')).toContain('cho ai')
  })

  it('reads what for from the words', async () => {
    const chat = openChat()
    expect(await chat.type('nhờ người tới chỉ cách kích hoạt VNeID mức 2')).toContain('cho ai')
  })

  it('keeps nothing of who declines', async () => {
    const before = await database.db.selectFrom('resident').select('id').execute()
    const chat = openChat()
    await chat.type('nhờ người tới chỉ giúp')
    await chat.type('viec khac')
    await chat.type('1')
    await chat.type('1')
    await chat.type('cô Lan')
    await chat.type('1')
    await chat.type('1')
    expect(await chat.type('2')).toContain('không giữ gì')
    expect(await h.rows()).toEqual([])
    expect(await database.db.selectFrom('resident').select('id').execute()).toEqual(before)
  })

  it('asks again for what it did not understand, and leaves with one word', async () => {
    const chat = openChat()
    await chat.type('nhờ người tới chỉ giúp')
    expect(await chat.type('abc')).toContain('một lựa chọn')
    await chat.type('viec khac')
    await chat.type('cho tôi')
    expect(await chat.type('thôn ở đâu đó')).toContain('một lựa chọn')
    await chat.type('1')
    expect(await chat.send({ kind: 'photo', mediaIds: ['x'] })).toContain('tên gọi và chỗ nhà')
    await chat.type('cô Lan, cạnh trường')
    expect(await chat.type('khong nho so')).toContain('Số điện thoại')
    await chat.type('hủy')
    expect(await h.rows()).toEqual([])
  })

  it('tells who took it in the same chat, and shows what goes on before another is asked for', async () => {
    const member = await h.official(`member.${chats}`)
    const chat = openChat('web')
    await chat.type('nhờ người tới chỉ giúp')
    for (const answer of ['viec khac', '1', '1', 'cô Lan', '1', '1', '1']) await chat.type(answer)
    const [row] = await h.rows()
    await moveHelp(member, { id: row?.id ?? '', move: 'take' })
    const told = await h.sentTo(chat.chatKey)
    expect(told.at(-1)).toContain('đã nhận giúp ông/bà')
    expect(told.at(-1)).toContain(row?.code)
    expect(await chat.type('nhờ người tới chỉ giúp')).toContain('Đã có người nhận')
    expect(await chat.type('1')).toContain('Đã hủy')
  })
})
