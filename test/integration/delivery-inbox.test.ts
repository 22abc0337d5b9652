import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { say } from '../../api/chat/message.ts'
import { enqueueMessages } from '../../api/db/outbox.ts'
import {
  createDispatch,
  deliver,
  listInbox,
  markRead,
  planDispatch,
  pumpDispatch,
  purgeInbox,
  steerDispatch,
  unreadCount,
  whyChoice,
  whyDidIGetThis,
} from '../../api/rooms/delivery/index.ts'
import { seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestClock, type TestDb, testClock } from '../harness.ts'
import { inboxRows, news, openPeople, outboxRows, UNIT } from './delivery-kit.ts'

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

describe('the inbox', () => {
  it('is read page by page, newest first, each item once', async () => {
    const { id: residentId } = await people.person()
    for (let i = 0; i < 5; i++) await deliver(people.as(), news(residentId, `m${i}`))
    const me = people.self(residentId)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listInbox(me, { residentId, limit: 2, cursor })
      seen.push(...page.items.map(({ parts }) => JSON.stringify(parts)))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toHaveLength(5)
    for (const [i, parts] of seen.entries()) expect(parts).toContain(`m${4 - i}`)
    await expect(listInbox(me, { residentId, cursor: 'x' })).rejects.toThrow('http.invalid_input')
    await expect(listInbox(me, { residentId, limit: 0 })).rejects.toThrow('http.invalid_input')
  })

  it('counts what is unread and still holds; reading twice changes once', async () => {
    const { id: residentId } = await people.person()
    const expiresAt = new Date(clock.now().getTime() + 60_000)
    await deliver(people.as(), { ...news(residentId, 'a'), expiresAt })
    for (const key of ['b', 'c']) await deliver(people.as(), news(residentId, key))
    const me = people.self(residentId)
    expect(await unreadCount(me, { residentId })).toBe(3)
    clock.advance(60)
    expect(await unreadCount(me, { residentId })).toBe(2)
    const { items } = await listInbox(me, { residentId })
    expect(items.map(({ isExpired }) => isExpired)).toEqual([false, false, true])
    const inboxId = items[0]?.id ?? ''
    expect(await markRead(me, { residentId, inboxId })).toBe(1)
    clock.advance(60)
    expect(await markRead(me, { residentId, inboxId })).toBe(0)
    expect((await inboxRows(test.db)).at(-1)?.readAt).toBe('2026-11-23T02:01:00.000Z')
    expect(await markRead(me, { residentId })).toBe(2)
    expect(await unreadCount(me, { residentId })).toBe(0)
  })

  it('is nobody else’s', async () => {
    const { id: residentId } = await people.person()
    await deliver(people.as(), news(residentId, 'a'))
    const [item] = await inboxRows(test.db)
    const { id: otherId } = await people.person()
    const other = people.self(otherId)
    for (const use of [listInbox, unreadCount, markRead]) {
      await expect(use(other, { residentId })).rejects.toThrow('http.forbidden')
      await expect(use(people.nobody(), { residentId })).rejects.toThrow('http.unauthenticated')
    }
    expect(await markRead(other, { residentId: otherId, inboxId: item?.id ?? '' })).toBe(0)
  })

  it('forgets after 180 days', async () => {
    const { id: residentId } = await people.person()
    await deliver(people.as(), news(residentId, 'a'))
    clock.advance(180 * 86_400)
    await deliver(people.as(), news(residentId, 'b'))
    expect(await purgeInbox(people.as())).toBe(0)
    clock.advance(1)
    expect(await purgeInbox(people.as())).toBe(1)
  })
})

describe('why a message came', () => {
  it('is told by its item or by the message that carried it, differently for each reason', async () => {
    const { id: residentId } = await people.subscriber([{ kind: 'flood', unitCode: UNIT }])
    const me = people.self(residentId)
    const whys = [
      { by: 'own_case', kind: 'incident_step' },
      { by: 'own_case', kind: 'dossier_step' },
      { by: 'subscription', kind: 'flood' },
      { by: 'subscription', kind: 'flood', unitCode: UNIT },
      { by: 'everyone', kind: 'flood', unitCode: UNIT },
    ] as const
    const texts: string[] = []
    for (const [i, why] of whys.entries()) {
      await deliver(people.as(), { ...news(residentId, `m${i}`, why.kind), why })
      const outboxId = (await outboxRows(test.db)).at(-1)?.id ?? ''
      const inboxId = (await inboxRows(test.db)).at(-1)?.id ?? ''
      const answer = await whyDidIGetThis(me, { outboxId })
      expect(answer.why).toEqual(why)
      expect(await whyDidIGetThis(me, { inboxId })).toEqual(answer)
      texts.push(answer.text)
    }
    expect(new Set(texts).size).toBe(whys.length)
  })

  it('of an answer in a chat is that it was asked for', async () => {
    const { id: residentId, chat } = await people.person()
    const reply = { lane: 'reply', dedupeKey: 'e1', message: say('x'), language: 'vi' } as const
    await enqueueMessages(people.as(), [{ ...chat, ...reply }])
    const outboxId = (await outboxRows(test.db))[0]?.id ?? ''
    const answer = await whyDidIGetThis(people.self(residentId), { outboxId })
    expect(answer.why).toEqual({ by: 'reply' })
  })

  it('is told to its receiver alone', async () => {
    const { id: residentId, chat } = await people.person()
    await deliver(people.as(), news(residentId, 'a'))
    const reply = { lane: 'reply', dedupeKey: 'e1', message: say('x'), language: 'vi' } as const
    await enqueueMessages(people.as(), [{ ...chat, ...reply }])
    const other = people.self((await people.person()).id)
    for (const { id: outboxId } of await outboxRows(test.db)) {
      await expect(whyDidIGetThis(other, { outboxId })).rejects.toThrow('http.not_found')
      const asked = whyDidIGetThis(people.nobody(), { outboxId })
      await expect(asked).rejects.toThrow('http.unauthenticated')
    }
    const unknown = { inboxId: people.as().newId() }
    await expect(whyDidIGetThis(other, unknown)).rejects.toThrow('http.not_found')
  })

  it('can be asked by the button under each message, of a dispatch too', async () => {
    const { id: residentId } = await people.subscriber([{ kind: 'flood', unitCode: UNIT }])
    const me = people.self(residentId)
    await deliver(people.as(), news(residentId, 'a'))
    const dispatchId = await createDispatch(people.as(), {
      subject: { kind: 'notice', id: 'n1' },
      lane: 'notice',
      audience: { kind: 'flood', places: [{ unitCode: UNIT }] },
      message: () => say('x'),
    })
    await planDispatch(people.as(), { dispatchId })
    await steerDispatch(people.as(), { dispatchId, wish: 'start' })
    await pumpDispatch(people.as(), { dispatchId, limit: 10 })
    const ends = (await outboxRows(test.db)).map(({ message }) => message.choices?.at(-1)?.id)
    const inboxId = (await inboxRows(test.db)).find((row) => row.dispatchId === null)?.id
    expect(ends.toSorted()).toEqual(
      [`menu:0:why.${inboxId}`, `menu:0:why.${dispatchId}`].toSorted(),
    )
    expect((await whyDidIGetThis(me, { dispatchId })).why).toMatchObject({ unitCode: UNIT })
    const other = people.self((await people.person()).id)
    await expect(whyDidIGetThis(other, { dispatchId })).rejects.toThrow('http.not_found')
  })

  it('fits a button of every channel', () => {
    const { id } = whyChoice(people.as().t, people.as().newId())
    expect(new TextEncoder().encode(`menu:999999999:${id}`).length).toBeLessThanOrEqual(64)
  })
})
