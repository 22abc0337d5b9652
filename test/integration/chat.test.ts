import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Content } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import type { Ctx } from '../../api/context.ts'
import { AppError } from '../../api/core/errors.ts'
import { sosFlows } from '../../api/rooms/sos/index.ts'
import { openDatabase, type TestDb, testClock, testCtx, testPorts } from '../harness.ts'
import { buttonFor, choicesOf, openChat, seed, textOf } from './chat-kit.ts'

let test: TestDb
let ctx: Ctx
let woken = 0
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  woken = 0
  const ports = testPorts({
    wake: () => {
      woken += 1
    },
  })
  ctx = testCtx(test.db, { actor: { kind: 'anonymous' }, clock: testClock(), ports })
  await seed(ctx)
})
afterAll(() => test.close())

const conversation = () => test.db.selectFrom('conversation').selectAll().executeTakeFirstOrThrow()
const events = () => test.db.selectFrom('inboundEvent').selectAll().orderBy('eventId').execute()
const outbox = () => test.db.selectFrom('outbox').selectAll().orderBy('id').execute()
const used = () => test.db.selectFrom('rateLimit').select('key').execute()
const residents = () => test.db.selectFrom('resident').selectAll().execute()

const toReview = async (chat: ReturnType<typeof openChat>) => {
  await chat.type('gửi phản ánh')
  await chat.type('1')
  await chat.type('đường hư trước trường')
  return chat.type('bỏ qua')
}

describe('a conversation', () => {
  it('greets, asks, and ends in the use-case with a resident made only then', async () => {
    const chat = openChat(ctx)
    const greeting = await chat.deliver({ kind: 'start' })
    expect(choicesOf(greeting.messages).map(({ id }) => id)).toContain('menu:1:report_incident')
    const review = await toReview(chat)
    expect(await residents()).toEqual([])
    const done = await chat.deliver(buttonFor(review.messages, 'send'))
    expect(chat.finished).toHaveLength(1)
    expect(chat.finished[0]).toMatchObject({
      actor: 'resident',
      data: { kind: 'road', words: 'đường hư trước trường', photos: [] },
    })
    const [resident] = await residents()
    expect(chat.finished[0]?.residentId).toBe(resident?.id)
    expect(choicesOf(done.messages).map(({ id }) => id)).toEqual(['menu:6:menu'])
    expect(await conversation()).toMatchObject({ state: null, turn: 6, residentId: resident?.id })
  })

  it('answers are queued as replies of the chat, keyed by event and place, and the sender is woken', async () => {
    const chat = openChat(ctx)
    const { messages } = await chat.type('gửi phản ánh')
    const rows = await outbox()
    expect(rows.map((r) => r.dedupeKey)).toEqual(messages.map((_m, i) => `telegram:e1:${i}`))
    expect(rows.map((r) => r.message)).toEqual(messages)
    expect(new Set(rows.map((r) => `${r.channel} ${r.chatKey} ${r.lane}`))).toEqual(
      new Set(['telegram 42 reply']),
    )
    expect(woken).toBe(1)
  })

  it('every turn of a demonstration begins with the mark, once', async () => {
    const chat = openChat(ctx)
    const { messages } = await chat.type('xin chào')
    const banner = ctx.t('chat:demo.banner')
    expect(messages[0]?.parts[0]).toEqual({ kind: 'text', text: banner })
    expect(textOf(messages).split(banner)).toHaveLength(2)
    const real = openChat({ ...ctx, settings: { ...ctx.settings, isDemo: false } })
    expect(textOf((await real.type('xin chào', 'r1')).messages)).not.toContain(banner)
  })

  it('free words start the report with the words, the place and the category in hand', async () => {
    const chat = openChat(ctx)
    await chat.type('ngap o phuoc yen toi goi roi')
    const { state } = await conversation()
    expect(state).toMatchObject({
      flow: 'sample',
      step: 'kind',
      data: { words: 'ngap o phuoc yen toi goi roi' },
    })
  })

  it('words that were not understood need not be typed again for a report', async () => {
    const chat = openChat(ctx)
    const { messages } = await chat.type('hahaha vui ghê hè')
    await chat.deliver(buttonFor(messages, 'report_incident'))
    expect((await conversation()).state).toMatchObject({
      data: { words: 'hahaha vui ghê hè' },
    })
  })

  it('a menu choice works by button, number and label; buttons of an old menu still work', async () => {
    for (const way of ['button', '1', 'gui phan anh', 'Gửi phản ánh']) {
      await test.truncate()
      await seed(ctx)
      const chat = openChat(ctx)
      const { messages } = await chat.type('xin chào')
      await chat.type('cảm ơn')
      await (way === 'button'
        ? chat.deliver(buttonFor(messages, 'report_incident'))
        : chat.type(way))
      expect((await conversation()).state).toMatchObject({ flow: 'sample' })
    }
  })

  const numbersAt = (messages: readonly Message[]) =>
    messages.findIndex((m) => textOf([m]).includes('115'))

  it('words of danger bring the numbers to call before anything else, also inside a flow', async () => {
    const chat = openChat(ctx, { entries: sosFlows })
    const first = await chat.type('cuu voi nuoc cuon troi nguoi')
    expect(numbersAt(first.messages)).toBe(0)
    expect((await conversation()).state).toMatchObject({ flow: 'sos' })
    const second = await chat.type('có người chết đuối')
    expect(numbersAt(second.messages)).toBe(0)
  })

  it('a call that cannot be kept still says whom to dial, before the apology', async () => {
    const keep = () => Promise.reject(new Error('the disk is full'))
    const chat = openChat(ctx, { entries: sosFlows.map((entry) => ({ ...entry, keep })) })
    const { messages } = await chat.type('cuu voi nuoc cuon troi nguoi')
    expect(numbersAt(messages)).toBe(0)
    expect(textOf(messages)).toContain('TEST-TEST')
  })

  it('what no room does yet is answered with whom to ask, and with the menu', async () => {
    const asked = {
      'nước sông Bồ mấy mét': '112',
      'không khí hôm nay thế nào': 'Gửi phản ánh',
      'có phải lừa đảo không': '113',
      'tôi muốn khiếu nại': 'xã Quảng Điền',
      'hôm nay ăn chi': '19001075',
    }
    for (const [question, where] of Object.entries(asked)) {
      const { messages } = await openChat(ctx).type(question, question)
      expect(textOf(messages)).toContain(where)
      expect(choicesOf(messages).map(({ id }) => id.split(':')[2])).toContain('report_incident')
    }
  })

  it('a question in the middle of a flow is answered, and the open question stays', async () => {
    const chat = openChat(ctx)
    await chat.deliver({ kind: 'start', payload: 'report_incident' })
    const before = (await conversation()).state
    const { messages } = await chat.type('có phải lừa đảo không')
    expect((await conversation()).state).toEqual(before)
    expect(textOf(messages)).toContain('113')
    expect(textOf((await chat.type('cho tui gặp cán bộ')).messages)).toContain('112')
  })

  it('whoever writes English is answered in English, and Vietnamese without marks is none', async () => {
    const chat = openChat(ctx)
    await chat.type('den duong truoc nha tat')
    await chat.type('huy')
    expect((await conversation()).language).toBe('vi')
    await chat.type('what can you do for me please')
    expect((await conversation()).language).toBe('en')
  })

  it('changes the language at any time and keeps the question', async () => {
    const chat = openChat(ctx)
    await chat.type('gửi phản ánh')
    const before = await conversation()
    await chat.type('English')
    const after = await conversation()
    expect(after.language).toBe('en')
    expect(after.state).toEqual(before.state)
    expect((await chat.type('help')).messages.map((m) => textOf([m])).join()).toContain(
      ctx.translate('en')('chat:engine.help'),
    )
  })

  it('a first message sets the language of the chat, later ones do not', async () => {
    const chat = openChat(ctx)
    await chat.type('hi', 'e-en', { language: 'en' })
    expect((await conversation()).language).toBe('en')
    await chat.type('hi', 'e-vi', { language: 'vi' })
    expect((await conversation()).language).toBe('en')
  })

  it('a button of an earlier turn asks again and changes nothing', async () => {
    const chat = openChat(ctx)
    const first = await chat.type('gửi phản ánh')
    await chat.deliver(buttonFor(first.messages, 'road'))
    const before = await conversation()
    await chat.deliver(buttonFor(first.messages, 'light'))
    const after = await conversation()
    expect(after.state).toEqual(before.state)
    expect(chat.finished).toEqual([])
  })

  it('cancel leaves nothing behind but the menu', async () => {
    const chat = openChat(ctx)
    await toReview(chat)
    const { messages } = await chat.type('thôi')
    expect((await conversation()).state).toBeNull()
    expect(choicesOf(messages).length).toBeGreaterThan(0)
    expect([await residents(), chat.finished]).toEqual([[], []])
  })

  it('state of a flow that no longer exists is let go with the menu', async () => {
    await openChat(ctx).type('gửi phản ánh')
    const other = openChat(ctx, { entries: [] })
    const { messages } = await other.type('1', 'x1')
    expect(messages.length).toBeGreaterThan(1)
    expect((await conversation()).state).toBeNull()
  })
})

describe('the same event again', () => {
  it('gets the same answer and does nothing twice', async () => {
    const chat = openChat(ctx)
    const review = await toReview(chat)
    const send = buttonFor(review.messages, 'send')
    const first = await chat.deliver(send, 'last')
    const rows = await outbox()
    const again = await chat.deliver(send, 'last')
    expect(again).toEqual({ messages: first.messages, isRepeat: true })
    expect(chat.finished).toHaveLength(1)
    expect(await outbox()).toEqual(rows)
    expect((await conversation()).turn).toBe(5)
  })

  it('with another body is refused and changes nothing', async () => {
    const chat = openChat(ctx)
    await chat.type('gửi phản ánh', 'same')
    const before = [await conversation(), await events(), await outbox()]
    await expect(chat.type('hủy', 'same')).rejects.toMatchObject({
      code: 'http.idempotency_mismatch',
    })
    expect([await conversation(), await events(), await outbox()]).toEqual(before)
  })

  it('delivered twice at once is applied once', async () => {
    const chat = openChat(ctx)
    const [a, b] = await Promise.all([
      chat.type('gửi phản ánh', 'x'),
      chat.type('gửi phản ánh', 'x'),
    ])
    expect([a.isRepeat, b.isRepeat].sort()).toEqual([false, true])
    expect(a.messages).toEqual(b.messages)
    expect((await conversation()).turn).toBe(1)
  })

  it('is still answered when what was said is forgotten', async () => {
    const chat = openChat(ctx)
    await chat.type('xin chào', 'old')
    await test.db.updateTable('inboundEvent').set({ body: null, answer: null }).execute()
    const again = await chat.type('xin chào', 'old')
    expect(again.isRepeat).toBe(true)
    expect(again.messages).toHaveLength(1)
  })
})

describe('two messages at once', () => {
  it('are both applied, one after the other', async () => {
    const chat = openChat(ctx)
    await chat.type('gửi phản ánh')
    await Promise.all([chat.type('1', 'p1'), chat.type('đường hư trước trường', 'p2')])
    expect((await conversation()).turn).toBe(3)
    expect((await events()).map((e) => e.state)).toEqual(['processed', 'processed', 'processed'])
  })
})

describe('a use-case that fails', () => {
  it('is taken back alone: an apology with the support code, the answers kept, then it works', async () => {
    const chat = openChat(ctx)
    const review = await toReview(chat)
    const before = await conversation()
    chat.broken.with = new Error('boom')
    const failed = await chat.deliver(buttonFor(review.messages, 'send'), 'c1')
    expect(textOf(failed.messages)).toContain(ctx.requestId)
    expect((await conversation()).state).toEqual(before.state)
    expect([await used(), await residents()]).toEqual([[], []])
    expect((await events()).find((e) => e.eventId === 'c1')).toMatchObject({
      state: 'failed',
      crashes: 1,
    })
    chat.broken.with = undefined
    await chat.deliver(buttonFor(failed.messages, 'send'), 'c2')
    expect(chat.finished[0]?.data).toMatchObject({ words: 'đường hư trước trường' })
  })

  it('delivered again is tried again, and what it says then is sent too', async () => {
    const chat = openChat(ctx)
    await toReview(chat)
    chat.broken.with = new Error('boom')
    const send: Content = { kind: 'text', text: 'gửi' }
    await chat.deliver(send, 'c1')
    const queued = (await outbox()).length
    chat.broken.with = undefined
    const again = await chat.deliver(send, 'c1')
    expect(again.isRepeat).toBe(false)
    expect(chat.finished).toHaveLength(1)
    expect((await outbox()).length).toBe(queued + again.messages.length)
    expect((await events()).find((e) => e.eventId === 'c1')?.state).toBe('processed')
  })

  it('is set aside at the third failure of one event, and stays so', async () => {
    const chat = openChat(ctx)
    await toReview(chat)
    chat.broken.with = new Error('boom')
    const send: Content = { kind: 'text', text: 'gửi' }
    const answers = [
      await chat.deliver(send, 'c1'),
      await chat.deliver(send, 'c1'),
      await chat.deliver(send, 'c1'),
    ]
    expect((await events()).find((e) => e.eventId === 'c1')).toMatchObject({
      state: 'quarantined',
      crashes: 3,
    })
    chat.broken.with = undefined
    const after = await chat.deliver(send, 'c1')
    expect(after).toEqual({ messages: answers[2]?.messages, isRepeat: true })
    expect(chat.finished).toEqual([])
    await chat.deliver(send, 'c2')
    expect(chat.finished).toHaveLength(1)
  })

  it('over something the person can mend says that sentence and asks again', async () => {
    const chat = openChat(ctx)
    await toReview(chat)
    chat.broken.with = new AppError('incidents.place_missing')
    const refused = await chat.type('gửi', 'c1')
    expect(textOf(refused.messages)).toContain(ctx.t('errors:incidents.place_missing'))
    expect(textOf(refused.messages)).not.toContain(ctx.requestId)
    expect((await conversation()).state).toMatchObject({ step: 'review' })
    expect((await events()).find((e) => e.eventId === 'c1')?.state).toBe('processed')
    chat.broken.with = undefined
    await chat.deliver(buttonFor(refused.messages, 'send'))
    expect(chat.finished).toHaveLength(1)
  })

  it('keeps no words in the log, only where it failed', async () => {
    const logged: unknown[] = []
    const log = { ...ctx.log, error: (...entry: unknown[]) => void logged.push(entry) }
    const chat = openChat({ ...ctx, log })
    await toReview(chat)
    chat.broken.with = new Error('boom')
    await chat.type('gửi')
    expect(logged).toHaveLength(1)
    expect(JSON.stringify(logged)).not.toMatch(/đường hư|"42"/)
  })
})

describe('what a person agreed to', () => {
  it('is shown and can be taken back', async () => {
    const chat = openChat(ctx)
    const review = await toReview(chat)
    await chat.deliver(buttonFor(review.messages, 'send'))
    const none = await chat.type('dữ liệu của tôi')
    expect(choicesOf(none.messages).map(({ id }) => id)).toEqual([
      'menu:6:export',
      'menu:6:erase',
      'menu:6:menu',
    ])
    const [resident] = await residents()
    const text = await test.db.selectFrom('consentText').selectAll().executeTakeFirstOrThrow()
    await test.db
      .insertInto('consent')
      .values({
        id: ctx.newId(),
        residentId: resident?.id ?? '',
        purpose: text.purpose,
        version: text.version,
        channel: 'telegram',
        givenAt: ctx.now(),
      })
      .execute()
    const shown = await chat.type('privacy')
    expect(textOf(shown.messages)).toContain(text.bodyVi)
    await chat.deliver(buttonFor(shown.messages, 'privacy_withdraw'))
    const [consent] = await test.db.selectFrom('consent').selectAll().execute()
    expect(consent?.withdrawnAt).not.toBeNull()
  })
})
