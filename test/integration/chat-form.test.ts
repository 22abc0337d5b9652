import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Content } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import type { SendOutcome } from '../../api/chat/sender.ts'
import { pauseChat, purgeForms } from '../../api/rooms/conversations/index.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { drainOutbox } from '../../bots/drain.ts'
import { renderTelegram } from '../../bots/telegram/render.ts'
import { renderZaloBot } from '../../bots/zalo-bot/render.ts'
import { renderZaloOa } from '../../bots/zalo-oa/render.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { buttonFor, textOf } from './chat-kit.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

const LONG = `Đèn đường trước trường học tắt đã ba đêm. ${'Các cháu đi học về tối rất sợ. '.repeat(60)}`
const LINK = /#\/viet\/([0-9a-f]{64})/

let test: TestDb
let c: Commune
let app: TestApp
const turn = createTurn({ entries: incidentFlows, knowledge: areaKnowledge })
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
  app = testApp(test.db, { turn, now: c.clock.now, ports: c.ports })
})
afterAll(() => test.close())

/** A chat on a real channel, whose messages are read as its platform gets them. */
function openChat(channel: 'telegram' | 'zalo-oa' | 'zalo-bot' = 'zalo-oa', chatKey = '42') {
  let n = 0
  let last: readonly Message[] = []
  const send = async (content: Content) => {
    n += 1
    const eventId = `${chatKey}:${n}`
    last = (await turn(c.nobody(), { channel, chatKey, eventId, content })).messages
    return last
  }
  const sent: unknown[] = []
  const renderers = { telegram: renderTelegram, 'zalo-oa': renderZaloOa, 'zalo-bot': renderZaloBot }
  const drain = async () => {
    const send = async (call: unknown): Promise<SendOutcome> => {
      sent.push(call)
      return { kind: 'sent' }
    }
    await drainOutbox(c.system, [{ channel, render: renderers[channel], send }], { limit: 50 })
    return sent
  }
  return {
    channel,
    chatKey,
    type: (text: string) => send({ kind: 'text', text }),
    photo: (mediaId: string) => send({ kind: 'photo', mediaIds: [mediaId] }),
    press: (end: string) => send(buttonFor(last, end)),
    /** The token of the last link that arrived. */
    link: async () => {
      const found = [...JSON.stringify(await drain()).matchAll(new RegExp(LINK, 'g'))]
      return found.at(-1)?.[1] ?? ''
    },
    drain,
  }
}
type Chat = ReturnType<typeof openChat>

/** As far as the question for the story, where the page is offered. */
async function toDescription(chat: Chat) {
  await chat.type('phản ánh')
  await chat.press('agree')
  await chat.press('lighting')
  await chat.type('Phước Yên')
}

const post = (path: string, json: object) => app.request(`/api/v1${path}`, { json })
const open = (token: string) => post('/chat/form/open', { token })
const send = (token: string, more: object = {}) =>
  post('/chat/form', { token, description: LONG, ...more })
const bodyOf = async (response: Response) => (await response.json()) as Record<string, unknown>
const incidents = () => test.db.selectFrom('incident').selectAll().execute()
const stateOf = async ({ channel, chatKey }: Chat) =>
  (
    await test.db
      .selectFrom('conversation')
      .select('state')
      .where('channel', '=', channel)
      .where('chatKey', '=', chatKey)
      .executeTakeFirstOrThrow()
  ).state

describe('the page for long input', () => {
  it('is offered at the story, shows what is known, and its confirmation comes in the chat', async () => {
    const chat = openChat()
    await toDescription(chat)
    const token = await chat.link()
    const opened = await bodyOf(await open(token))
    expect(opened).toMatchObject({
      state: 'open',
      consent: null,
      view: { description: '', category: 'lighting', photoCount: 0, photosLeft: 5 },
    })
    expect(JSON.stringify(opened.view)).toContain('Phước Yên')
    const answer = await send(token, { place: 'cột thứ ba' })
    expect(answer.status).toBe(200)
    const { messages, isRepeat } = await bodyOf(answer)
    const [row] = await incidents()
    expect(isRepeat).toBe(false)
    expect(JSON.stringify(messages)).toContain(row?.publicCode)
    expect(row).toMatchObject({
      category: 'lighting',
      description: LONG.trim(),
      channel: 'zalo-oa',
      hamletId: c.hamlet.id,
    })
    expect(row?.placeText).toContain('cột thứ ba')
    expect(await stateOf(chat)).toBe(null)
    expect(JSON.stringify(await chat.drain())).toContain(row?.publicCode)
    const actions = await test.db.selectFrom('audit').select('action').execute()
    expect(actions.map(({ action }) => action)).toContain('conversations.form_sent')
  })

  it('opening spends nothing; sending twice, also at once and with other words, answers the same', async () => {
    const chat = openChat()
    await toDescription(chat)
    const token = await chat.link()
    await open(token)
    await open(token)
    const [first, second] = await Promise.all([send(token), send(token)])
    expect([first.status, second.status]).toEqual([200, 200])
    const [a, b] = [await bodyOf(first), await bodyOf(second)]
    expect(a.messages).toEqual(b.messages)
    expect([a.isRepeat, b.isRepeat].sort()).toEqual([false, true])
    const other = await bodyOf(await send(token, { description: 'Chuyện khác hẳn' }))
    expect(other).toEqual({ messages: a.messages, isRepeat: true })
    expect(await bodyOf(await open(token))).toEqual({ state: 'sent', messages: a.messages })
    expect(await incidents()).toHaveLength(1)
    const answers = (await chat.drain()).filter((call) => JSON.stringify(call).includes('HUE-'))
    expect(answers).toHaveLength(1)
  })

  it('an expired, a foreign and a mended token open nothing and say what to do', async () => {
    const chat = openChat()
    await toDescription(chat)
    const token = await chat.link()
    const mended = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0')
    for (const wrong of [mended, token.slice(0, 32), 'a'.repeat(64), '', "' or 1=1 --"]) {
      expect([(await open(wrong)).status, (await send(wrong)).status]).toEqual([404, 404])
    }
    c.clock.advance(30 * 60)
    const late = await send(token)
    expect(late.status).toBe(410)
    expect(await bodyOf(late)).toMatchObject({ code: 'chat.form_expired' })
    expect((await bodyOf(await open(token))).detail).toContain('viết dài')
    expect(await incidents()).toEqual([])
  })

  it('a report that ended in the chat is not sent a second time from the page', async () => {
    const chat = openChat()
    await toDescription(chat)
    const token = await chat.link()
    await chat.type('đèn đường tắt ba đêm nay')
    await chat.press('skip')
    await chat.press('send')
    for (const response of [await open(token), await send(token)])
      expect(await bodyOf(response)).toMatchObject({ code: 'chat.form_closed', status: 409 })
    expect(await incidents()).toHaveLength(1)
  })

  it('what the chat did not ask yet is asked on the page, the place by its name', async () => {
    const chat = openChat()
    await chat.type('viết dài')
    const token = await chat.link()
    const opened = await bodyOf(await open(token))
    expect(opened).toMatchObject({ state: 'open', view: { category: null, place: null } })
    const { version } = opened.consent as { version: number }
    const fields = { category: 'road', place: 'thôn Phước Yên', consentVersion: version }
    expect((await send(token, fields)).status).toBe(200)
    expect(await incidents()).toMatchObject([{ category: 'road', hamletId: c.hamlet.id }])
    expect(await stateOf(chat)).toBe(null)
  })

  it('what is still open after sending is asked in the chat, and then the report goes by itself', async () => {
    const chat = openChat()
    await chat.type('form')
    const token = await chat.link()
    const { consent } = await bodyOf(await open(token))
    const consentVersion = (consent as { version: number }).version
    const sent = await send(token, { category: 'road', place: 'chỗ mô đó', consentVersion })
    expect(sent.status).toBe(200)
    expect(await incidents()).toEqual([])
    expect(await stateOf(chat)).toMatchObject({ flow: 'report', step: 'place' })
    expect(textOf(await chat.type('Phước Yên'))).toMatch(/HUE-/)
    expect(await incidents()).toMatchObject([{ category: 'road', description: LONG.trim() }])
  })

  it('photos of the page become those of the report; those of somebody else are refused and spend nothing', async () => {
    const chat = openChat()
    await toDescription(chat)
    const token = await chat.link()
    const mine = await c.photo({ kind: 'anonymous' })
    const theirs = await c.photo({ kind: 'anonymous' }, 'another-chat')
    const stolen = await send(token, { media: [{ mediaId: theirs.mediaId }] })
    expect(await bodyOf(stolen)).toMatchObject({ code: 'files.not_found' })
    expect(await bodyOf(await open(token))).toMatchObject({ state: 'open' })
    const { mediaId, uploadSecret } = mine
    expect((await send(token, { media: [{ mediaId, uploadSecret }] })).status).toBe(200)
    const [row] = await incidents()
    const media = await test.db
      .selectFrom('media')
      .selectAll()
      .where('id', '=', mediaId)
      .executeTakeFirst()
    expect(media).toMatchObject({ attachedTo: row?.id })
  })

  it('photos that the chat has are counted and kept', async () => {
    const chat = openChat()
    await toDescription(chat)
    const { mediaId } = await c.photo({ kind: 'anonymous' }, chat.chatKey)
    await chat.photo(mediaId)
    const token = await chat.link()
    expect(await bodyOf(await open(token))).toMatchObject({
      view: { photoCount: 1, photosLeft: 4 },
    })
    expect((await send(token)).status).toBe(200)
    const media = await test.db.selectFrom('media').select('attachedTo').executeTakeFirst()
    expect(media?.attachedTo).toBe((await incidents())[0]?.id)
  })

  it('refuses too long, empty and letterless texts, and a consent text that is no longer the one', async () => {
    const chat = openChat()
    await chat.type('viet dai')
    const token = await chat.link()
    for (const description of ['a'.repeat(4_001), '', '   ', '!!!'])
      expect((await send(token, { description })).status).toBe(422)
    const stale = await send(token, {
      category: 'road',
      place: 'Phước Yên',
      consentVersion: 99,
    })
    expect(await bodyOf(stale)).toMatchObject({ code: 'identity.consent_stale' })
    expect(await bodyOf(await open(token))).toMatchObject({ state: 'open' })
    expect(await incidents()).toEqual([])
  })

  it('danger on the page brings the numbers to call first', async () => {
    const chat = openChat()
    await toDescription(chat)
    const token = await chat.link()
    const description = 'Dây điện đứt rơi xuống đường, có người bị điện giật'
    const { messages } = await bodyOf(await send(token, { description }))
    expect(JSON.stringify((messages as unknown[])[0])).toContain('114')
    expect(await incidents()).toMatchObject([{ urgency: 'urgent' }])
  })

  it('an official who writes by hand in that chat does not hold the receipt back', async () => {
    const chat = openChat()
    await toDescription(chat)
    const token = await chat.link()
    const until = new Date(c.clock.now().getTime() + 3_600_000)
    await pauseChat(c.system, { channel: chat.channel, chatKey: chat.chatKey, until })
    expect(JSON.stringify(await bodyOf(await send(token)))).toMatch(/HUE-/)
  })

  it('after three answers that were not understood the same kind of link is offered', async () => {
    const chat = openChat()
    await chat.type('phản ánh')
    await chat.press('agree')
    for (const word of ['a?', 'b?', 'c?']) await chat.type(word)
    expect((await open(await chat.link())).status).toBe(200)
  })

  it('the secret is stored and logged nowhere, and goes out as a button where there are buttons', async () => {
    const lines: unknown[] = []
    const note = (...line: unknown[]) => void lines.push(line)
    const log = { debug: note, info: note, warn: note, error: note }
    app = testApp(test.db, { turn, now: c.clock.now, ports: c.ports, log })
    for (const channel of ['telegram', 'zalo-oa', 'zalo-bot'] as const) {
      const chat = openChat(channel, `77${channel}`)
      await toDescription(chat)
      const token = await chat.link()
      expect(token).toMatch(/^[0-9a-f]{64}$/)
      const calls = JSON.stringify(await chat.drain())
      if (channel === 'zalo-oa')
        expect(calls).toMatch(/"oa\.open\.url","payload":\{"url":"[^"]*viet/)
      const { rows } = await sql<{ found: boolean }>`
        select exists (select 1 from outbox where message::text like ${`%${token}%`})
          or exists (select 1 from inbound_event where answer::text like ${`%${token}%`}) as found`.execute(
        test.db,
      )
      expect(rows[0]?.found).toBe(false)
      await open(token)
      await send(token)
      expect(lines.length).toBeGreaterThan(0)
      expect(JSON.stringify(lines)).not.toContain(token.slice(32))
    }
  })

  it('the web chat gets a working link, and the receipt as a pushed message', async () => {
    const conversation = 'aVeryRandomSecretOf22s'
    const say = (id: string, text: string) => post('/chat', { conversation, id, text })
    const answer = JSON.stringify(await bodyOf(await say('1', 'viết dài')))
    const token = LINK.exec(answer)?.[1] ?? ''
    const again = JSON.stringify(await bodyOf(await say('1', 'viết dài')))
    expect(LINK.exec(again)?.[1]).toBe(token)
    const { consent } = await bodyOf(await open(token))
    const consentVersion = (consent as { version: number }).version
    await send(token, { category: 'road', place: 'Phước Yên', consentVersion })
    const pushed = await app.request('/api/v1/chat/messages', {
      headers: { 'x-loa-conversation': conversation },
    })
    expect(await pushed.text()).toMatch(/HUE-/)
  })

  it('links are forgotten a day after they ended', async () => {
    await toDescription(openChat())
    c.clock.advance(30 * 60 + 86_399)
    expect(await purgeForms(c.system)).toBe(0)
    c.clock.advance(2)
    expect(await purgeForms(c.system)).toBe(1)
  })
})
