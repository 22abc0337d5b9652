import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHANNELS, type ChannelId, type Content } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import type { Ctx } from '../../api/context.ts'
import { parsePublicCode } from '../../api/core/ids.ts'
import { importHamlets, seedReference } from '../../api/rooms/areas/index.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { openDatabase, type TestDb, testClock, testCtx } from '../harness.ts'
import { buttonFor, choicesOf, seed, textOf } from './chat-kit.ts'

/** The story of a resident over the real flows: the same on every channel, by buttons, numbers and words. */
let test: TestDb
let ctx: Ctx
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  const clock = testClock()
  const system = testCtx(test.db, { clock })
  ctx = { ...system, actor: { kind: 'anonymous' } }
  await seed(ctx)
  await seedReference(ctx.db, ctx.now(), ctx.newId)
  const names = ['Phước Yên', 'Niêm Phò', 'Mỹ Xá']
  await importHamlets(
    system,
    names.map((name) => ({ unitCode: '19867', name, kind: 'thon', validFrom: '2025-07-01' })),
    { source: 'test' },
  )
})
afterAll(() => test.close())

const turn = createTurn({ entries: incidentFlows, knowledge: areaKnowledge })

function chatOn(channel: ChannelId) {
  let n = 0
  let last: readonly Message[] = []
  const send = async (content: Content) => {
    n += 1
    const chatKey = `chat-${channel}`
    const { messages } = await turn(ctx, { channel, chatKey, eventId: `${chatKey}:${n}`, content })
    last = messages
    return messages
  }
  return {
    send,
    type: (text: string) => send({ kind: 'text', text }),
    press: (end: string) => send(buttonFor(last, end)),
    /** What a person types for a button: its number in the list that is shown. */
    number: (end: string) => {
      const list = last.findLast(({ choices = [] }) => choices.length > 0)?.choices ?? []
      return send({
        kind: 'text',
        text: String(list.findIndex(({ id }) => id.endsWith(`:${end}`)) + 1),
      })
    },
    label: (end: string) => {
      const found = choicesOf(last).find(({ id }) => id.endsWith(`:${end}`))
      return send({ kind: 'text', text: found?.label ?? '' })
    },
    said: () => last,
  }
}
type Chat = ReturnType<typeof chatOn>

const incidents = () => test.db.selectFrom('incident').selectAll().orderBy('id').execute()
const state = async (channel: ChannelId) =>
  (
    await test.db
      .selectFrom('conversation')
      .select('state')
      .where('channel', '=', channel)
      .executeTakeFirst()
  )?.state

describe.each(CHANNELS)('on %s', (channel) => {
  it('"ngap o phuoc yen" becomes a report in the words of the resident, at their place', async () => {
    const chat = chatOn(channel)
    await chat.type('ngap o phuoc yen toi goi roi')
    await chat.press('agree')
    await chat.press('skip')
    const sent = await chat.press('send')
    const [incident, ...others] = await incidents()
    expect(others).toEqual([])
    expect(incident).toMatchObject({
      category: 'flood',
      description: 'ngap o phuoc yen toi goi roi',
      unitCode: '19867',
      channel,
      state: 'received',
    })
    expect(incident?.hamletId).not.toBeNull()
    expect(textOf(sent)).toContain(incident?.publicCode)
    expect(await state(channel)).toBeNull()
    const [consent] = await test.db.selectFrom('consent').selectAll().execute()
    expect(consent).toMatchObject({ residentId: incident?.reporterId, channel, version: 1 })
  })
})

const WAYS: readonly (readonly [string, (chat: Chat, end: string) => Promise<unknown>])[] = [
  ['buttons', (chat, end) => chat.press(end)],
  ['numbers', (chat, end) => chat.number(end)],
  ['labels', (chat, end) => chat.label(end)],
]

describe.each(WAYS)('by %s', (_name, choose) => {
  it('every question is answered alike', async () => {
    const chat = chatOn('zalo-bot')
    await chat.type('xin chào')
    await choose(chat, 'report_incident')
    await choose(chat, 'agree')
    await choose(chat, 'lighting')
    const hamlet = choicesOf(chat.said())
      .map(({ id }) => /h\..*$/.exec(id)?.[0])
      .find((id) => id !== undefined)
    await choose(chat, hamlet ?? 'none')
    await chat.type('đèn trước trường tắt ba hôm')
    await choose(chat, 'skip')
    await choose(chat, 'send')
    expect(await incidents()).toMatchObject([
      { category: 'lighting', description: 'đèn trước trường tắt ba hôm', placeSource: 'hamlet' },
    ])
  })
})

describe('on the way', () => {
  it('a consent once given is not asked for again', async () => {
    const chat = chatOn('web')
    for (let i = 0; i < 2; i++) {
      await chat.type('ngap o phuoc yen toi goi roi')
      if (i === 0) await chat.press('agree')
      await chat.press('skip')
      await chat.press('send')
    }
    expect(await incidents()).toHaveLength(2)
    expect(await test.db.selectFrom('resident').select('id').execute()).toHaveLength(1)
  })

  it('whoever does not agree leaves no trace but the event', async () => {
    const chat = chatOn('web')
    await chat.type('ngap o phuoc yen toi goi roi')
    const said = await chat.press('decline')
    expect(said.length).toBeGreaterThan(0)
    expect(await incidents()).toEqual([])
    expect(await test.db.selectFrom('resident').select('id').execute()).toEqual([])
    expect(await state('web')).toBeNull()
  })

  it('water in the house: whom to call comes first, the report is urgent', async () => {
    const chat = chatOn('web')
    const said = await chat.type('nuoc vo nha roi')
    const first = textOf(said.slice(0, 1))
    expect([first.includes('112'), first.includes('115')]).toEqual([true, true])
    await chat.press('agree')
    await chat.type('phước yên')
    await chat.press('send')
    expect(await incidents()).toMatchObject([{ urgency: 'urgent', category: 'flood' }])
  })

  it('the code that was given leads back to the case, typed or pressed, and makes nobody', async () => {
    const chat = chatOn('web')
    await chat.type('ngap o phuoc yen toi goi roi')
    await chat.press('agree')
    await chat.press('skip')
    await chat.press('send')
    const [incident] = await incidents()
    const code = parsePublicCode(incident?.publicCode ?? '') ?? 'none'
    const pressed = textOf(await chat.press(`track_report.${code}`))
    const typed = textOf(await chat.type(code.toLowerCase().replaceAll('-', ' ')))
    expect(pressed).toContain(code)
    expect(typed).toBe(pressed)
    const stranger = chatOn('telegram')
    expect(textOf(await stranger.type(code))).toContain(code)
    expect(await test.db.selectFrom('resident').select('id').execute()).toHaveLength(1)
  })

  it('a sticker, an old button, a story and back again do not lose the thread', async () => {
    const chat = chatOn('web')
    const opening = await chat.type('gửi phản ánh')
    await chat.press('agree')
    await chat.send({ kind: 'unsupported', what: 'sticker' })
    await chat.send(buttonFor(opening, 'agree'))
    await chat.type('đường hư trước trường học')
    await chat.type('quay lại')
    await chat.press('road')
    await chat.type('Niêm Phò')
    await chat.press('skip')
    await chat.press('send')
    expect(await incidents()).toMatchObject([
      { category: 'road', description: 'đường hư trước trường học' },
    ])
  })
})
