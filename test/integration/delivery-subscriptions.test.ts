import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  consumeIdentityEvents,
  deliver,
  listSubscriptions,
  stopAll,
  subscribe,
  type Topic,
  unsubscribe,
} from '../../api/rooms/delivery/index.ts'
import { hasConsent, seedConsentTexts, withdrawConsent } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestClock, type TestDb, testClock } from '../harness.ts'
import { auditActions, news, OTHER_UNIT, openPeople, outboxRows, UNIT } from './delivery-kit.ts'

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

const rows = () => test.db.selectFrom('subscription').selectAll().orderBy('id').execute()
const hamlet = async (unitCode = UNIT) => {
  const id = people.as().newId()
  await test.db
    .insertInto('areaHamlet')
    .values({
      id,
      unitCode,
      name: 'Phước Yên',
      folded: 'phuoc yen',
      kind: 'thon',
      validFrom: '2025-07-01',
      source: 'test',
    })
    .execute()
  return id
}

describe('subscribing', () => {
  it('keeps a topic for a hamlet, a unit or the whole city, once each, and is audited', async () => {
    const { id: residentId } = await people.subscriber([])
    const hamletId = await hamlet()
    const topics: Topic[] = [
      { kind: 'flood' },
      { kind: 'flood', unitCode: UNIT },
      { kind: 'flood', unitCode: UNIT, hamletId },
    ]
    for (const topic of topics) {
      expect(await subscribe(people.self(residentId), { residentId, topic })).toBe(true)
      expect(await subscribe(people.self(residentId), { residentId, topic })).toBe(false)
    }
    expect(await rows()).toMatchObject([
      { kind: 'flood', unitCode: null, hamletId: null },
      { kind: 'flood', unitCode: UNIT, hamletId: null },
      { kind: 'flood', unitCode: UNIT, hamletId },
    ])
    expect(await auditActions(test.db)).toEqual(Array(3).fill('delivery.subscribed'))
    const list = await listSubscriptions(people.self(residentId), { residentId })
    expect(list.map(({ place }) => place)).toEqual([
      expect.any(String),
      'xã Quảng Điền',
      'thôn Phước Yên, xã Quảng Điền',
    ])
  })

  it('at once many times is one topic', async () => {
    const { id: residentId } = await people.subscriber([])
    const ask = () => subscribe(people.as(), { residentId, topic: { kind: 'air' } })
    const changed = await Promise.all([ask(), ask(), ask()])
    expect(changed.filter(Boolean)).toHaveLength(1)
    expect(await rows()).toHaveLength(1)
  })

  it('needs consent: held, or given with it to the text that is asked now', async () => {
    const { id: residentId } = await people.person()
    const topic = { kind: 'notices' as const, unitCode: UNIT }
    const me = people.self(residentId)
    await expect(subscribe(me, { residentId, topic })).rejects.toThrow('identity.consent_missing')
    const stale = { residentId, topic, consent: { version: 9, channel: 'web' } }
    await expect(subscribe(me, stale)).rejects.toThrow('identity.consent_stale')
    expect(await rows()).toEqual([])
    await subscribe(me, { residentId, topic, consent: { version: 1, channel: 'web' } })
    expect(await hasConsent(me, { residentId, purpose: 'notify' })).toBe(true)
    expect(await rows()).toHaveLength(1)
  })

  it('is refused for places that are none, kinds that are none, and other people', async () => {
    const { id: residentId } = await people.subscriber([])
    const me = people.self(residentId)
    const elsewhere = await hamlet(OTHER_UNIT)
    const odd: unknown[] = [
      { kind: 'flood', unitCode: '99999' },
      { kind: 'flood', unitCode: UNIT, hamletId: elsewhere },
      { kind: 'flood', hamletId: elsewhere },
      { kind: 'adverts' },
    ]
    for (const topic of odd) {
      await expect(subscribe(me, { residentId, topic: topic as Topic })).rejects.toThrow(
        'http.invalid_input',
      )
    }
    const wish = { residentId, topic: { kind: 'flood' as const } }
    await expect(subscribe(people.nobody(), wish)).rejects.toThrow('http.unauthenticated')
    const other = people.self(people.as().newId())
    await expect(subscribe(other, wish)).rejects.toThrow('http.forbidden')
    await expect(listSubscriptions(other, { residentId })).rejects.toThrow('http.forbidden')
    expect(await rows()).toEqual([])
  })

  it('has an end at forty topics', async () => {
    const { id: residentId } = await people.subscriber([{ kind: 'air' }])
    const values = Array.from({ length: 39 }, (_, i) => ({
      id: people.as().newId(),
      residentId,
      kind: 'flood' as const,
      unitCode: String(10_000 + i),
      onlyLifeSafety: false,
      createdAt: clock.now(),
    }))
    await test.db.insertInto('subscription').values(values).execute()
    const more = subscribe(people.as(), { residentId, topic: { kind: 'health' } })
    await expect(more).rejects.toThrow('delivery.too_many_topics')
    expect(await subscribe(people.as(), { residentId, topic: { kind: 'air' } })).toBe(false)
  })
})

describe('unsubscribing', () => {
  it('ends that topic alone, once, and is audited', async () => {
    const topic = { kind: 'air' as const, unitCode: UNIT }
    const { id: residentId } = await people.subscriber([topic, { kind: 'air' }])
    const me = people.self(residentId)
    expect(await unsubscribe(me, { residentId, topic })).toBe(true)
    expect(await unsubscribe(me, { residentId, topic })).toBe(false)
    expect(await rows()).toMatchObject([{ kind: 'air', unitCode: null }])
    expect((await auditActions(test.db)).at(-1)).toBe('delivery.unsubscribed')
    const other = people.self(people.as().newId())
    const theirs = { residentId, topic: { kind: 'air' as const } }
    await expect(unsubscribe(other, theirs)).rejects.toThrow('http.forbidden')
  })

  it('takes back what still waits of that kind, and nothing else', async () => {
    const { id: residentId } = await people.subscriber([{ kind: 'air' }, { kind: 'notices' }])
    clock.set('2026-11-23T16:00:00Z')
    for (const kind of ['air', 'notices'] as const)
      await deliver(people.as(), { ...news(residentId, kind, kind), lane: 'notice' })
    await unsubscribe(people.self(residentId), { residentId, topic: { kind: 'air' } })
    expect((await outboxRows(test.db)).map(({ state }) => state)).toEqual(['expired', 'queued'])
  })
})

describe('one word', () => {
  it('stops everything but urgent danger to life and the own cases; twice changes nothing', async () => {
    const { id: residentId, chat } = await people.subscriber([
      { kind: 'flood', unitCode: UNIT },
      { kind: 'air' },
      { kind: 'notices', unitCode: UNIT },
    ])
    expect(await stopAll(people.nobody(), chat)).toEqual({ ended: 3, kept: 1 })
    expect(await rows()).toMatchObject([{ kind: 'flood', onlyLifeSafety: true }])
    expect(await stopAll(people.self(residentId), chat)).toEqual({ ended: 0, kept: 1 })
    expect(await auditActions(test.db)).toEqual([
      ...Array(3).fill('delivery.subscribed'),
      'delivery.stopped',
    ])
    const send = async (kind: 'flood' | 'air' | 'incident_step', isLifeSafety: boolean) => {
      const key = `${kind}:${isLifeSafety}`
      const input = { ...news(residentId, key, kind), isLifeSafety }
      return (await deliver(people.as(), input)).outcome
    }
    expect(await send('flood', false)).toBe('none')
    expect(await send('air', true)).toBe('none')
    expect(await send('flood', true)).toBe('queued')
    expect(await send('incident_step', false)).toBe('queued')
  })

  it('takes back at once what waits, but not what concerns life or a sender holds', async () => {
    const { id: residentId, chat } = await people.subscriber([{ kind: 'flood' }, { kind: 'air' }])
    clock.set('2026-11-23T16:00:00Z')
    const send = (key: string, kind: 'flood' | 'air', isLifeSafety: boolean) =>
      deliver(people.as(), { ...news(residentId, key, kind), lane: 'notice', isLifeSafety })
    await send('waits', 'air', false)
    await send('held', 'air', false)
    await send('life', 'flood', true)
    await test.db
      .updateTable('outbox')
      .set({ leaseUntil: new Date(clock.now().getTime() + 60_000) })
      .where('id', '=', (await outboxRows(test.db))[1]?.id ?? '')
      .execute()
    await stopAll(people.nobody(), chat)
    expect((await outboxRows(test.db)).map(({ state }) => state)).toEqual([
      'expired',
      'queued',
      'queued',
    ])
  })

  it('is undone by subscribing again', async () => {
    const topic = { kind: 'flood' as const, unitCode: UNIT }
    const { id: residentId, chat } = await people.subscriber([topic])
    await stopAll(people.nobody(), chat)
    expect(await subscribe(people.self(residentId), { residentId, topic })).toBe(true)
    expect(await rows()).toMatchObject([{ onlyLifeSafety: false }])
  })

  it('in a chat of nobody stops nothing, and nobody stops for another', async () => {
    const { chat } = await people.subscriber([{ kind: 'air' }])
    const strange = { channel: 'telegram', chatKey: 'unknown' }
    expect(await stopAll(people.nobody(), strange)).toEqual({ ended: 0, kept: 0 })
    const other = people.self(people.as().newId())
    await expect(stopAll(other, chat)).rejects.toThrow('http.forbidden')
    expect(await rows()).toHaveLength(1)
  })
})

it('a consent that is taken back ends every topic and what waits, urgent or not, but no own case', async () => {
  const { id: residentId } = await people.subscriber([{ kind: 'flood' }, { kind: 'air' }])
  clock.set('2026-11-23T16:00:00Z')
  await deliver(people.as(), { ...news(residentId, '1', 'flood'), isLifeSafety: true })
  await deliver(people.as(), news(residentId, '2'))
  await withdrawConsent(people.self(residentId), { residentId, purpose: 'notify' })
  expect(await consumeIdentityEvents(people.as())).toBe(1)
  expect(await consumeIdentityEvents(people.as())).toBe(0)
  expect(await rows()).toEqual([])
  expect((await outboxRows(test.db)).map(({ state }) => state)).toEqual(['expired', 'queued'])
  expect((await auditActions(test.db)).at(-1)).toBe('delivery.consent_withdrawn')
})
