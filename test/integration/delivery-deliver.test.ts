import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimMessages, settleMessage } from '../../api/db/outbox.ts'
import { inTransaction } from '../../api/db/transaction.ts'
import {
  deliver,
  fallbackAfterGone,
  noteInteraction,
  purgeInteractions,
  recoverFallbacks,
  setChannelOrder,
  setQuietHours,
} from '../../api/rooms/delivery/index.ts'
import { eraseResident, linkFor, seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestClock, type TestDb, testClock } from '../harness.ts'
import { auditActions, inboxRows, news, openPeople, outboxRows } from './delivery-kit.ts'

let test: TestDb
let clock: TestClock
let people: ReturnType<typeof openPeople>
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  clock = testClock()
  await seedConsentTexts(test.db, clock.now())
  people = openPeople(test.db, clock)
})
afterAll(() => test.close())

const HOUR_MS = 3_600_000
const later = (hours: number) => new Date(clock.now().getTime() + hours * HOUR_MS)
const claim = () =>
  claimMessages(test.db, {
    channels: ['telegram', 'zalo-oa', 'zalo-bot', 'web'],
    limit: 10,
    now: clock.now(),
  })

describe('a message to one person', () => {
  it('is in the inbox and on its way in their language, with the reason beside it', async () => {
    const { id, chat } = await people.person({ language: 'en' })
    const done = await deliver(people.as(), news(id, 'a'))
    expect(done).toMatchObject({ outcome: 'queued', channel: 'telegram', runAt: clock.now() })
    const [item] = await inboxRows(test.db)
    const [mail] = await outboxRows(test.db)
    expect(item).toMatchObject({
      residentId: id,
      kind: 'incident_step',
      why: { by: 'own_case', kind: 'incident_step' },
      outboxId: mail?.id,
      readAt: null,
    })
    expect(mail).toMatchObject({ ...chat, lane: 'reply', language: 'en', state: 'queued' })
    expect(JSON.stringify(mail?.message)).toContain('en: a')
    expect(mail?.message).toEqual(item?.message)
  })

  it('with the same key is sent once, also at once', async () => {
    const { id } = await people.person()
    const send = () => deliver(people.as(), news(id, 'a'))
    const all = await Promise.all([send(), send(), send()])
    expect(all.map(({ outcome }) => outcome).toSorted()).toEqual(['queued', 'repeat', 'repeat'])
    expect(new Set(all.map((one) => 'inboxId' in one && one.inboxId)).size).toBe(1)
    expect(await outboxRows(test.db)).toHaveLength(1)
  })

  it('exists only if the transaction does', async () => {
    const { id } = await people.person()
    const failed = inTransaction(people.as(), async (tx) => {
      await deliver(tx, news(id, 'a'))
      throw new Error('stop')
    })
    await expect(failed).rejects.toThrow('stop')
    expect(await inboxRows(test.db)).toEqual([])
    expect(await outboxRows(test.db)).toEqual([])
  })

  it('that is over, or to nobody, or of a topic that was not asked for, goes nowhere', async () => {
    const { id } = await people.person()
    const over = await deliver(people.as(), { ...news(id, 'a'), expiresAt: clock.now() })
    expect(over).toEqual({ outcome: 'none', reason: 'expired' })
    const unasked = await deliver(people.as(), news(id, 'b', 'air'))
    expect(unasked).toEqual({ outcome: 'none', reason: 'unsubscribed' })
    const unknown = await deliver(people.as(), news(people.as().newId(), 'c'))
    expect(unknown).toEqual({ outcome: 'none', reason: 'nobody' })
    await eraseResident(people.self(id), id)
    const erased = await deliver(people.as(), news(id, 'd'))
    expect(erased).toEqual({ outcome: 'none', reason: 'nobody' })
    expect(await inboxRows(test.db)).toEqual([])
  })

  it('whom no chat reaches stays in the inbox', async () => {
    const { id } = await people.person()
    await test.db.updateTable('channelLink').set({ state: 'gone' }).execute()
    expect(await deliver(people.as(), news(id, 'a'))).toMatchObject({
      outcome: 'inbox',
      reason: 'no_channel',
    })
    expect(await outboxRows(test.db)).toEqual([])
    expect(await inboxRows(test.db)).toMatchObject([{ outboxId: null }])
  })
})

describe('the chat', () => {
  it('is the first of the own order', async () => {
    const { id } = await people.person({ channel: 'telegram', chatKey: '1' })
    await people.addChat(id, { channel: 'zalo-oa', chatKey: '2' })
    const me = people.self(id)
    for (const first of ['zalo-oa', 'telegram'] as const) {
      await setChannelOrder(me, { residentId: id, channels: [first] })
      const done = await deliver(people.as(), news(id, `order ${first}`))
      expect(done).toMatchObject({ channel: first })
    }
    expect(await auditActions(test.db)).toEqual(Array(2).fill('delivery.preferences_changed'))
  })

  it('is the channel that it began in while no order was chosen; the own order goes first', async () => {
    const { id } = await people.person({ channel: 'telegram', chatKey: '1' })
    await people.addChat(id, { channel: 'web', chatKey: '2' })
    const from = async (key: string) => deliver(people.as(), { ...news(id, key), channel: 'web' })
    expect(await from('a')).toMatchObject({ channel: 'web' })
    expect(await deliver(people.as(), news(id, 'b'))).toMatchObject({ channel: 'telegram' })
    await setChannelOrder(people.self(id), { residentId: id, channels: ['telegram'] })
    expect(await from('c')).toMatchObject({ channel: 'telegram' })
  })

  it('on Zalo is used while its window is open: two days, seven for the own case', async () => {
    const topic = { kind: 'notices' as const }
    const { id } = await people.subscriber([topic], { channel: 'telegram', chatKey: '1' })
    const zalo = { channel: 'zalo-oa', chatKey: '2' }
    await people.addChat(id, zalo)
    await setChannelOrder(people.self(id), { residentId: id, channels: ['zalo-oa'] })
    await noteInteraction(people.as(), zalo)
    await noteInteraction(people.as(), { ...zalo, at: later(-30) })
    await noteInteraction(people.as(), { channel: 'telegram', chatKey: '1' })
    const by = async (kind: 'notices' | 'incident_step') => {
      const done = await deliver(people.as(), news(id, `${kind} ${clock.now().getTime()}`, kind))
      return 'channel' in done ? done.channel : done.outcome
    }
    expect([await by('notices'), await by('incident_step')]).toEqual(['zalo-oa', 'zalo-oa'])
    clock.advance(49 * 3_600)
    expect([await by('notices'), await by('incident_step')]).toEqual(['telegram', 'zalo-oa'])
    clock.advance(120 * 3_600)
    expect([await by('notices'), await by('incident_step')]).toEqual(['telegram', 'telegram'])
    expect(await test.db.selectFrom('channelWindow').selectAll().execute()).toHaveLength(1)
    clock.advance(366 * 86_400)
    expect(await purgeInteractions(people.as())).toBe(1)
  })
})

describe('quiet hours', () => {
  beforeEach(() => clock.set('2026-11-23T16:00:00Z'))
  const MORNING = new Date('2026-11-23T23:00:00.000Z')

  it('let a message ring in the morning; danger to life rings now', async () => {
    const { id } = await people.subscriber([{ kind: 'flood' }])
    const calm = await deliver(people.as(), { ...news(id, 'a', 'flood'), lane: 'alert' })
    expect(calm).toMatchObject({ runAt: MORNING })
    const urgent = { ...news(id, 'b', 'flood'), isLifeSafety: true }
    expect(await deliver(people.as(), urgent)).toMatchObject({ runAt: clock.now() })
    expect((await claim()).map(({ lane }) => lane)).toEqual(['alert'])
  })

  it('that hold a message hold up neither a reply nor an alert of the same chat', async () => {
    const { id } = await people.subscriber([{ kind: 'flood' }])
    await deliver(people.as(), news(id, 'step'))
    await deliver(people.as(), { ...news(id, 'level', 'flood'), lane: 'alert' })
    expect((await outboxRows(test.db)).map(({ lane }) => lane)).toEqual(['notice', 'notice'])
    expect(await claim()).toEqual([])
    await deliver(people.as(), { ...news(id, 'life', 'flood'), isLifeSafety: true })
    const [first] = await claim()
    expect(JSON.stringify(first?.message)).toContain('life')
    clock.set(MORNING.toISOString())
    if (first !== undefined) await settleMessage(test.db, first, { kind: 'sent' }, clock.now())
    expect(JSON.stringify((await claim())[0]?.message)).toContain('step')
  })

  it('hold nothing up where no phone rings', async () => {
    const { id } = await people.person({ channel: 'web', chatKey: '1' })
    expect(await deliver(people.as(), news(id, 'a'))).toMatchObject({ runAt: clock.now() })
  })

  it('outlast a message that would be over by then: it stays in the inbox', async () => {
    const { id } = await people.person()
    const until = (expiresAt: Date, key: string) =>
      deliver(people.as(), { ...news(id, key), expiresAt })
    expect(await until(MORNING, 'a')).toMatchObject({
      outcome: 'inbox',
      reason: 'quiet_until_expiry',
    })
    const longer = new Date(MORNING.getTime() + 1)
    expect(await until(longer, 'b')).toMatchObject({ outcome: 'queued', runAt: MORNING })
  })

  it('are one’s own: others, or none', async () => {
    const { id } = await people.person()
    const me = people.self(id)
    await setQuietHours(me, { residentId: id, from: '13:00', to: '13:00' })
    expect(await deliver(people.as(), news(id, 'a'))).toMatchObject({ runAt: clock.now() })
    await setQuietHours(me, { residentId: id, from: '22:00', to: '23:30' })
    expect(await deliver(people.as(), news(id, 'b'))).toMatchObject({
      runAt: new Date('2026-11-23T16:30:00.000Z'),
    })
    const odd = setQuietHours(me, { residentId: id, from: '24:00', to: '6:00' })
    await expect(odd).rejects.toThrow('http.invalid_input')
    const other = people.self(people.as().newId())
    const theirs = setQuietHours(other, { residentId: id, from: '22:00', to: '05:00' })
    await expect(theirs).rejects.toThrow('http.forbidden')
  })
})

describe('a chat that is gone', () => {
  /** A person with Telegram first and Zalo second, and the claimed message to the first. */
  const sent = async (more: Partial<Parameters<typeof deliver>[1]> = {}) => {
    const { id } = await people.person({ channel: 'telegram', chatKey: '1' })
    await people.addChat(id, { channel: 'zalo-oa', chatKey: '2' })
    await setChannelOrder(people.self(id), { residentId: id, channels: ['telegram'] })
    await deliver(people.as(), { ...news(id, 'a'), ...more })
    const [row] = await claim()
    if (row === undefined) throw new Error('nothing to claim')
    await settleMessage(test.db, row, { kind: 'gone', code: 'blocked' }, clock.now())
    return { id, row }
  }

  it('gives way to the next one, once, as the same message', async () => {
    const { id, row } = await sent()
    const fell = await fallbackAfterGone(people.as(), row)
    expect(fell).toMatchObject({ outcome: 'queued', channel: 'zalo-oa' })
    expect(await fallbackAfterGone(people.as(), row)).toEqual({ outcome: 'none' })
    const mails = await outboxRows(test.db)
    expect(mails.map(({ channel, dedupeKey }) => [channel, dedupeKey])).toEqual([
      ['telegram', row.dedupeKey],
      ['zalo-oa', `${row.dedupeKey}#2`],
    ])
    expect(mails[1]?.message).toEqual(mails[0]?.message)
    expect(await linkFor(people.as(), id)).toMatchObject([{ channel: 'zalo-oa' }])
    expect(await inboxRows(test.db)).toMatchObject([{ outboxId: mails[1]?.id }])
    expect(await auditActions(test.db, 'identity.link_gone')).toHaveLength(1)
  })

  it('as the second one leaves the inbox alone', async () => {
    const { id, row } = await sent()
    await people.addChat(id, { channel: 'zalo-bot', chatKey: '3' })
    await fallbackAfterGone(people.as(), row)
    const [second] = await claim()
    if (second === undefined) throw new Error('no second way')
    await settleMessage(test.db, second, { kind: 'gone', code: 'blocked' }, clock.now())
    expect(await fallbackAfterGone(people.as(), second)).toEqual({ outcome: 'inbox' })
    expect(await outboxRows(test.db)).toHaveLength(2)
    expect(await inboxRows(test.db)).toMatchObject([{ outboxId: null }])
  })

  it('whose window alone is over stays linked and is not chosen until the person writes', async () => {
    const { id, row } = await sent()
    const zalo = { ...row, channel: 'zalo-oa', chatKey: '2' }
    await fallbackAfterGone(people.as(), zalo, { isLinkGone: false })
    expect(await linkFor(people.as(), id)).toHaveLength(2)
    await setChannelOrder(people.self(id), { residentId: id, channels: ['zalo-oa'] })
    expect(await deliver(people.as(), news(id, 'b'))).toMatchObject({ channel: 'telegram' })
    await noteInteraction(people.as(), { channel: 'zalo-oa', chatKey: '2' })
    expect(await deliver(people.as(), news(id, 'c'))).toMatchObject({ channel: 'zalo-oa' })
  })

  it('is not replaced for a message that is over by now', async () => {
    const { row } = await sent({ expiresAt: later(1) })
    clock.advance(3_600)
    expect(await fallbackAfterGone(people.as(), row)).toEqual({ outcome: 'inbox' })
  })

  it('is replaced later when the process died right after the outcome was written', async () => {
    await sent()
    expect(await recoverFallbacks(people.as())).toBe(1)
    expect(await recoverFallbacks(people.as())).toBe(0)
    expect((await outboxRows(test.db)).map(({ channel }) => channel)).toEqual([
      'telegram',
      'zalo-oa',
    ])
  })

  it('of an answer in a chat is only noted', async () => {
    const { id, row } = await sent()
    const reply = { ...row, dedupeKey: 'telegram:e1:0' }
    expect(await fallbackAfterGone(people.as(), reply)).toEqual({ outcome: 'none' })
    expect(await linkFor(people.as(), id)).toMatchObject([{ channel: 'zalo-oa' }])
    expect(await outboxRows(test.db)).toHaveLength(1)
  })
})
