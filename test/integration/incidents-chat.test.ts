import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '../../api/chat/message.ts'
import type { Ctx, Ports } from '../../api/context.ts'
import { createMemoryLimiter } from '../../api/hosts/limits.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
import { sosFlows } from '../../api/rooms/sos/index.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { buttonFor, textOf } from './chat-kit.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

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

const turn = createTurn({
  entries: [...incidentFlows, ...sosFlows],
  knowledge: areaKnowledge,
})

function openChat(chatKey: string, ports: Partial<Ports> = {}) {
  const nobody = c.nobody()
  const ctx: Ctx = { ...nobody, ports: { ...nobody.ports, ...ports } }
  let n = 0
  let last: readonly Message[] = []
  const send = async (content: Parameters<typeof turn>[1]['content']) => {
    n += 1
    const eventId = `${chatKey}:${n}`
    last = (await turn(ctx, { channel: 'web', chatKey, eventId, content })).messages
    return last
  }
  return {
    send,
    type: (text: string) => send({ kind: 'text', text }),
    press: (end: string) => send(buttonFor(last, end)),
  }
}

describe('by chat', () => {
  it('photos of the same chat become part of the report, and public once it is accepted', async () => {
    const { mediaId } = await c.photo({ kind: 'anonymous' }, 'web-1')
    const chat = openChat('web-1')
    await chat.type('đèn đường hư ba đêm nay ở Phước Yên')
    await chat.press('agree')
    await chat.send({ kind: 'photo', mediaIds: [mediaId] })
    await chat.press('done')
    await chat.press('send')
    const [row] = await test.db.selectFrom('incident').selectAll().execute()
    expect(row).toMatchObject({ category: 'lighting', channel: 'web', hamletId: c.hamlet.id })
    const media = () => test.db.selectFrom('media').selectAll().executeTakeFirstOrThrow()
    expect(await media()).toMatchObject({ attachedTo: row?.id, publishedAt: null })
    await c.walkTo(row?.publicCode ?? '', 'accepted')
    expect((await media()).publishedAt).not.toBe(null)
  })

  it('a photo of another chat is refused in words, and the answers stay', async () => {
    const { mediaId } = await c.photo({ kind: 'anonymous' }, 'web-2')
    const chat = openChat('web-1')
    await chat.type('đèn đường hư ba đêm nay ở Phước Yên')
    await chat.press('agree')
    await chat.send({ kind: 'photo', mediaIds: [mediaId] })
    await chat.press('done')
    expect((await chat.press('send')).length).toBeGreaterThan(0)
    expect(await test.db.selectFrom('incident').selectAll().execute()).toEqual([])
    const state = await test.db.selectFrom('conversation').select('state').executeTakeFirst()
    expect(state?.state).toMatchObject({ flow: 'report', step: 'review' })
  })

  it('a code that leads to nothing ends in words with the code in them', async () => {
    const { publicCode } = await c.report()
    await test.db.deleteFrom('incidentActivity').execute()
    await test.db.deleteFrom('incident').execute()
    expect(textOf(await openChat('web-1').type(publicCode))).toContain(publicCode)
  })
})

describe('a chat that pours out what nobody understands', () => {
  it('is heard in silence after ten answers, and its report and its call for rescue are answered', async () => {
    const limits = createMemoryLimiter(c.clock.now)
    const { type } = openChat('pouring', { limits })
    for (let n = 0; n < 30; n++) {
      const said = await type('blah blah')
      expect(said.length > 0).toBe(n < 10)
    }
    expect(await test.db.selectFrom('inboundEvent').selectAll().execute()).toHaveLength(30)
    const report = await type('đèn đường trước chợ tắt ba đêm rồi')
    expect(textOf(report)).not.toBe('')
    expect(textOf(await type('thôi tui không báo nữa'))).toContain('dừng')
    expect(await type('blah blah')).toEqual([])
    expect(textOf(await type('cứu với nước cuốn mẹ tui rồi'))).toMatch(/112|114|115/)
    c.clock.advance(60)
    expect(await openChat('another', { limits }).type('blah blah')).not.toEqual([])
  })
})
