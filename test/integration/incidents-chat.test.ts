import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '../../api/chat/message.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
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

const turn = createTurn({ entries: incidentFlows, knowledge: areaKnowledge })

function openChat(chatKey: string) {
  let n = 0
  let last: readonly Message[] = []
  const send = async (content: Parameters<typeof turn>[1]['content']) => {
    n += 1
    const eventId = `${chatKey}:${n}`
    last = (await turn(c.nobody(), { channel: 'web', chatKey, eventId, content })).messages
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
