import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHANNELS } from '../../api/chat/inbound.ts'
import type { Actor } from '../../api/context.ts'
import {
  answerPerson,
  handBack,
  listWaiting,
  readThread,
  returnUnanswered,
  viewThreadPhones,
} from '../../api/rooms/conversations/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openWatch, type Watch } from './sos-kit.ts'

let test: TestDb
let w: Watch
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  w = await openWatch(test.db)
})
afterAll(() => test.close())

const vi = () => w.c.nobody().translate('vi')
const desk = () => w.c.as(w.c.dispatcher)
const first = async () => (await listWaiting(desk()))[0]?.id ?? ''
const audited = async () =>
  (await test.db.selectFrom('audit').select('action').orderBy('seq').execute())
    .map(({ action }) => action)
    .filter((action) => action.startsWith('conversations.'))

describe.each(CHANNELS)('a person on %s', (channel) => {
  it('reads the same thread, answers where it was asked, and hands back; nothing is lost', async () => {
    const plain = w.open(channel, 'asks')
    const type = (text: string) => {
      w.c.clock.advance(1)
      return plain.type(text)
    }
    const door = { type }
    await door.type('hồ sơ đất của tôi sao lâu rứa')
    expect(await door.type('cho tôi gặp người')).toContain(vi()('person:asked.open'))
    expect(await door.type('tôi chờ hai tháng rồi')).toBe('')
    const id = await first()
    const said = (await readThread(desk(), id)).lines.filter(({ from }) => from === 'resident')
    expect(said.map(({ text }) => text)).toEqual([
      'hồ sơ đất của tôi sao lâu rứa',
      'cho tôi gặp người',
      'tôi chờ hai tháng rồi',
    ])
    await answerPerson(desk(), { conversationId: id, text: 'Xã xem lại hồ sơ ngay.' })
    expect((await w.pushed('asks')).at(-1)?.text).toBe(
      `${vi()('person:from_office')}\nXã xem lại hồ sơ ngay.`,
    )
    expect(await door.type('cảm ơn')).toBe('')
    const thread = await readThread(desk(), id)
    expect(thread).toMatchObject({ state: 'held' })
    expect(thread.lines.filter(({ from }) => from === 'official')).toHaveLength(1)
    await handBack(desk(), id)
    expect(await listWaiting(desk())).toEqual([])
    expect(await door.type('cảm ơn')).toContain(vi()('menu:thanks'))
    expect(await audited()).toEqual([
      'conversations.person_asked',
      'conversations.thread_read',
      'conversations.person_answered',
      'conversations.thread_read',
      'conversations.handed_back',
      'conversations.person_ended',
    ])
  })

  it('a call for rescue breaks the silence', async () => {
    await w.watcher('an')
    const door = w.open(channel, 'asks')
    await door.type('cho tôi gặp cán bộ')
    expect(await door.type('cứu với, nước ngập tới mái')).toContain('112')
    expect(await w.cases()).toHaveLength(1)
  })
})

describe('a telephone number in a thread', () => {
  it('is masked; with the capability and a reason it is seen, and that is recorded', async () => {
    const door = w.open('telegram', 'asks')
    await door.type('cho tôi gặp người')
    w.c.clock.advance(1)
    await door.type('gọi tôi số 0905.123.456 nghe')
    w.c.clock.advance(1)
    await door.send({ kind: 'contact', phone: '+84905777888' })
    const conversationId = await first()
    const thread = await readThread(desk(), conversationId)
    expect(thread.mayViewPhones).toBe(false)
    expect(thread.lines.map(({ text }) => text)).toContain('gọi tôi số ••• nghe')
    expect(thread.lines.at(-1)?.text).toBe(vi()('person:line.contact'))
    const forbidden = viewThreadPhones(desk(), { conversationId, reason: 'danger' })
    await expect(forbidden).rejects.toMatchObject({ code: 'http.forbidden' })
    const { dispatcher } = w.c
    if (dispatcher.kind !== 'official') throw new Error('a dispatcher is an official')
    const viewer = w.c.as({ ...dispatcher, capabilities: ['identity_viewer'] })
    const unreasoned = viewThreadPhones(viewer, { conversationId, reason: '' })
    await expect(unreasoned).rejects.toMatchObject({ code: 'http.invalid_input' })
    expect((await readThread(viewer, conversationId)).mayViewPhones).toBe(true)
    expect(await viewThreadPhones(viewer, { conversationId, reason: 'call_back' })).toEqual({
      phones: ['0905123456', '+84905777888'],
    })
    const rows = await test.db.selectFrom('audit').select(['action', 'data']).execute()
    expect(rows.filter(({ action }) => action === 'conversations.phones_viewed')).toEqual([
      { action: 'conversations.phones_viewed', data: { reason: 'call_back' } },
    ])
  })
})

describe('waiting', () => {
  it('outside office hours says when somebody is there, and waits until then', async () => {
    w.c.clock.set('2026-11-27T14:00:00.000Z')
    const said = await w.open('telegram', 'asks').type('cho tôi gặp người')
    expect(said).toContain(vi()('person:asked.closed_until', { at: '07:30 30/11/2026' }))
    w.c.clock.set('2026-11-30T00:59:00.000Z')
    expect(await returnUnanswered(w.c.system)).toBe(0)
    w.c.clock.set('2026-11-30T01:00:00.000Z')
    expect(await returnUnanswered(w.c.system)).toBe(1)
  })

  it('nobody answers: Loa comes back with a word, once', async () => {
    const door = w.open('zalo-oa', 'asks')
    await door.type('cho tôi gặp người')
    w.c.clock.advance(30 * 60)
    expect(await returnUnanswered(w.c.system)).toBe(1)
    expect(await returnUnanswered(w.c.system)).toBe(0)
    expect((await w.pushed('asks')).map(({ text }) => text)).toEqual([
      expect.stringContaining(vi()('person:nobody')),
    ])
    expect(await door.type('cảm ơn')).toContain(vi()('menu:thanks'))
  })

  it('one word brings Loa back at once', async () => {
    const door = w.open('web', 'asks')
    await door.type('talk to a person')
    expect(await door.type('LOA')).not.toBe('')
    expect(await listWaiting(desk())).toEqual([])
  })

  it('is for those who receive reports; others see and say nothing', async () => {
    await w.open('telegram', 'asks').type('cho tôi gặp người')
    const conversationId = await first()
    const others: Actor[] = [w.c.officer, w.c.approver, { kind: 'anonymous' }]
    for (const actor of others) {
      const code = actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden'
      const at = w.c.as(actor)
      await expect(listWaiting(at)).rejects.toMatchObject({ code })
      await expect(readThread(at, conversationId)).rejects.toMatchObject({ code })
      const answer = answerPerson(at, { conversationId, text: 'x' })
      await expect(answer).rejects.toMatchObject({ code })
    }
    const empty = answerPerson(desk(), { conversationId, text: ' ' })
    await expect(empty).rejects.toMatchObject({ code: 'http.invalid_input' })
    await expect(readThread(desk(), 'nothing')).rejects.toMatchObject({ code: 'http.not_found' })
  })
})
