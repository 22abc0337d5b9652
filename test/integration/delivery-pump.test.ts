import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimMessages, settleMessage } from '../../api/db/outbox.ts'
import {
  collectDispatch,
  consumeIdentityEvents,
  fallbackAfterGone,
  listInbox,
  type NewDispatch,
  pumpDispatch,
  reconcileDispatch,
  recoverFallbacks,
  runDispatches,
  setQuietHours,
  steerDispatch,
  stopAll,
} from '../../api/rooms/delivery/index.ts'
import { DEFAULT_QUIET, ringAt, toHhmm, toMinutes } from '../../api/rooms/delivery/policy/quiet.ts'
import { joinByCode, linkCode } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { auditActions, openDispatches, outboxRows, UNIT, unit } from './delivery-kit.ts'

let test: TestDb
let dispatches: Awaited<ReturnType<typeof openDispatches>>
let people: typeof dispatches.people
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  dispatches = await openDispatches(test.db)
  people = dispatches.people
})
afterAll(() => test.close())

const steer = (dispatchId: string, wish: 'start' | 'pause' | 'resume' | 'cancel') =>
  steerDispatch(people.as(), { dispatchId, wish })
const pump = (dispatchId: string, limit = 100) => pumpDispatch(people.as(), { dispatchId, limit })
const countsOf = async (dispatchId: string) => (await dispatches.progress(dispatchId)).counts
const running = async (more: Partial<NewDispatch> = {}) => {
  const id = await dispatches.create(more)
  await dispatches.plan(id)
  await steer(id, 'start')
  return id
}
/** Claims everything that is due and settles it. */
const settleAll = async (kind: 'sent' | 'gone' = 'sent') => {
  const channels = ['telegram', 'zalo-oa', 'zalo-bot', 'web']
  const rows = await claimMessages(test.db, { channels, limit: 100, now: dispatches.clock.now() })
  const outcome = kind === 'sent' ? { kind } : { kind, code: 'blocked' }
  for (const row of rows) await settleMessage(test.db, row, outcome, dispatches.clock.now())
  return rows
}

describe('the pump', () => {
  it('moves people to inbox and outbox in slices, the area first', async () => {
    const anywhere = await people.subscriber([{ kind: 'notices' }], { language: 'en' })
    const inHamlet = await people.subscriber([{ ...unit(), hamletId: dispatches.hamletId }])
    const inUnit = await people.subscriber([unit()])
    const places = [{ unitCode: UNIT, hamletId: dispatches.hamletId }]
    const id = await running({ audience: { kind: 'notices', places } })
    expect(await pump(id, 1)).toBe(1)
    expect(await countsOf(id)).toEqual({ planned: 2, queued: 1 })
    expect((await outboxRows(test.db)).map(({ chatKey }) => chatKey)).toEqual([
      inHamlet.chat.chatKey,
    ])
    expect([await pump(id), await pump(id)]).toEqual([2, 0])
    const mails = await outboxRows(test.db)
    expect(new Set(mails.map(({ chatKey }) => chatKey))).toEqual(
      new Set([inHamlet, inUnit, anywhere].map(({ chat }) => chat.chatKey)),
    )
    const english = mails.find(({ chatKey }) => chatKey === anywhere.chat.chatKey)
    expect(english).toMatchObject({ language: 'en', lane: 'notice' })
    expect(JSON.stringify(english?.message)).toContain('en: ')
    const mine = await listInbox(people.self(anywhere.id), { residentId: anywhere.id })
    expect(mine.items).toMatchObject([{ kind: 'notices', readAt: null }])
    expect(JSON.stringify(mine.items)).toContain('en: water is off')
  })

  it('makes ids that grow with time, like all others', async () => {
    await people.subscriber([unit()])
    await pump(await running())
    const [mail] = await outboxRows(test.db)
    expect(mail?.id[14]).toBe('7')
    const ms = Number.parseInt((mail?.id ?? '').replaceAll('-', '').slice(0, 12), 16)
    expect(ms).toBe(dispatches.clock.now().getTime())
  })

  it('whom no chat reaches gets the inbox alone', async () => {
    const { id: residentId } = await people.subscriber([unit()])
    await test.db.updateTable('channelLink').set({ state: 'gone' }).execute()
    const id = await running()
    await pump(id)
    expect(await countsOf(id)).toEqual({ inbox: 1 })
    expect(await outboxRows(test.db)).toEqual([])
    expect((await listInbox(people.self(residentId), { residentId })).items).toHaveLength(1)
  })

  it('keeps to quiet hours exactly as a single message does', async () => {
    const hours = [
      ['21:30', '06:00'],
      ['00:00', '12:00'],
      ['23:00', '23:30'],
      ['12:00', '12:00'],
      ['23:59', '00:01'],
    ] as const
    const chosen = new Map<string, { from: number; to: number }>()
    for (const [from, to] of hours) {
      const { id, chat } = await people.subscriber([unit()])
      await setQuietHours(people.self(id), { residentId: id, from, to })
      chosen.set(chat.chatKey, { from: toMinutes(from), to: toMinutes(to) })
    }
    const { chat } = await people.subscriber([unit()])
    chosen.set(chat.chatKey, DEFAULT_QUIET)
    for (const at of ['14:29:59', '14:30:00', '16:10:00', '16:59:59.999', '17:00:00', '22:59:59']) {
      dispatches.clock.set(`2026-11-23T${at}Z`)
      await test.db.deleteFrom('outbox').execute()
      const id = await running()
      await pump(id)
      for (const { chatKey, runAt, lane } of await outboxRows(test.db)) {
        const quiet = chosen.get(chatKey) ?? DEFAULT_QUIET
        const expected = ringAt(quiet, dispatches.clock.now(), false)
        const words = `${at} ${toHhmm(quiet.from)}-${toHhmm(quiet.to)}`
        expect([words, runAt, lane]).toEqual([words, expected.toISOString(), 'notice'])
      }
      expect(await outboxRows(test.db)).toHaveLength(chosen.size)
    }
  })

  it('rings at once for danger to life, as an alert', async () => {
    dispatches.clock.set('2026-11-23T16:00:00Z')
    await people.subscriber([unit('flood')])
    const audience = { kind: 'flood' as const, places: [{ unitCode: UNIT }] }
    await pump(await running({ audience, isLifeSafety: true }))
    expect(await outboxRows(test.db)).toMatchObject([
      { lane: 'alert', runAt: dispatches.clock.now().toISOString() },
    ])
  })

  it('sends nothing that has expired, and nothing that would before it may ring', async () => {
    const { id: residentId } = await people.subscriber([unit()])
    dispatches.clock.set('2026-11-23T16:00:00Z')
    const soon = await running({ expiresAt: new Date('2026-11-23T22:00:00Z') })
    await pump(soon)
    expect(await countsOf(soon)).toEqual({ inbox: 1 })
    const over = await running({ expiresAt: new Date('2026-11-23T18:00:00Z') })
    dispatches.clock.set('2026-11-23T18:00:00Z')
    await pump(over)
    expect(await countsOf(over)).toEqual({ expired: 1 })
    expect(await outboxRows(test.db)).toEqual([])
    expect((await listInbox(people.self(residentId), { residentId })).items).toHaveLength(1)
  })
})

describe('steering', () => {
  it('pauses, resumes and cancels; what cannot be is a conflict; audited', async () => {
    for (let i = 0; i < 3; i++) await people.subscriber([unit()])
    const id = await dispatches.create()
    await expect(steer(id, 'start')).rejects.toThrow('http.conflict')
    await dispatches.plan(id)
    expect(await pump(id)).toBe(0)
    expect(await steer(id, 'start')).toBe('running')
    await pump(id, 1)
    expect(await steer(id, 'pause')).toBe('paused')
    expect(await pump(id)).toBe(0)
    expect(await steer(id, 'pause')).toBe('paused')
    await steer(id, 'resume')
    await pump(id, 1)
    expect(await steer(id, 'cancel')).toBe('cancelled')
    expect(await pump(id)).toBe(0)
    await expect(steer(id, 'resume')).rejects.toThrow('http.conflict')
    expect(await countsOf(id)).toEqual({ cancelled: 3 })
    expect((await outboxRows(test.db)).map(({ state }) => state)).toEqual(['expired', 'expired'])
    expect((await auditActions(test.db)).slice(-4)).toEqual(
      ['start', 'pause', 'resume', 'cancel'].map((wish) => `delivery.dispatch_${wish}`),
    )
    const stranger = people.as().newId()
    await expect(steer(stranger, 'cancel')).rejects.toThrow('http.not_found')
    const resident = people.self(stranger)
    const wish = steerDispatch(resident, { dispatchId: id, wish: 'cancel' })
    await expect(wish).rejects.toThrow('http.forbidden')
  })

  it('cancelled takes back what waits, not what a sender holds, and says so in the inbox', async () => {
    for (let i = 0; i < 2; i++) await people.subscriber([unit()])
    const id = await running()
    await pump(id)
    const claim = { channels: ['telegram'], limit: 1, now: dispatches.clock.now() }
    const [held] = await claimMessages(test.db, claim)
    await steer(id, 'cancel')
    expect(await countsOf(id)).toEqual({ cancelled: 1, queued: 1 })
    if (held !== undefined)
      await settleMessage(test.db, held, { kind: 'sent' }, dispatches.clock.now())
    await runDispatches(people.as())
    expect(await countsOf(id)).toEqual({ cancelled: 1, sent: 1 })
    const items = await test.db.selectFrom('inboxItem').selectAll().execute()
    expect(items.filter(({ expiresAt }) => expiresAt !== null)).toHaveLength(1)
    expect((await dispatches.progress(id)).state).toBe('cancelled')
  })
})

describe('the counts', () => {
  it('follow every outcome and are right', async () => {
    for (let i = 0; i < 3; i++) await people.subscriber([unit()])
    const id = await running()
    await pump(id)
    await settleAll()
    expect(await collectDispatch(people.as(), { dispatchId: id })).toBe(3)
    expect(await collectDispatch(people.as(), { dispatchId: id })).toBe(0)
    expect(await dispatches.progress(id)).toEqual({
      ...{ state: 'done', counts: { sent: 3 }, total: 3 },
      byChannel: { telegram: { sent: 3 } },
      byUnit: { [UNIT]: { sent: 3 } },
    })
    expect(await reconcileDispatch(people.as(), { dispatchId: id })).toBe(true)
  })

  it('that were disturbed are put right', async () => {
    await people.subscriber([unit()])
    const id = await running()
    await test.db.updateTable('dispatchCount').set({ n: 7 }).execute()
    expect(await reconcileDispatch(people.as(), { dispatchId: id })).toBe(false)
    expect(await countsOf(id)).toEqual({ planned: 1 })
    expect(await reconcileDispatch(people.as(), { dispatchId: id })).toBe(true)
  })

  it('follow a fallback to the next chat, and a person whom none reaches', async () => {
    const { id: residentId } = await people.subscriber([unit()])
    await people.addChat(residentId, { channel: 'zalo-oa', chatKey: 'z' })
    await people.subscriber([unit()])
    const id = await running()
    await pump(id)
    for (const row of await settleAll('gone')) await fallbackAfterGone(people.as(), row)
    expect(await countsOf(id)).toEqual({ queued: 1, gone: 1 })
    await settleAll()
    await runDispatches(people.as())
    expect(await dispatches.progress(id)).toMatchObject({
      state: 'done',
      counts: { sent: 1, gone: 1 },
    })
    expect(await reconcileDispatch(people.as(), { dispatchId: id })).toBe(true)
  })

  it('wait for a fallback that was not done yet', async () => {
    await people.subscriber([unit()])
    const id = await running()
    await pump(id)
    await settleAll('gone')
    await collectDispatch(people.as(), { dispatchId: id })
    expect(await countsOf(id)).toEqual({ queued: 1 })
    await recoverFallbacks(people.as())
    expect(await countsOf(id)).toEqual({ gone: 1 })
  })

  it('follow a person who stops, or becomes one with another, between plan and pump', async () => {
    const stops = await people.subscriber([unit()])
    const one = await people.subscriber([unit()])
    const two = await people.subscriber([unit()])
    const id = await running()
    await stopAll(people.nobody(), stops.chat)
    const { code } = await linkCode(people.self(one.id), { residentId: one.id })
    await joinByCode(people.nobody(), { ...two.chat, code })
    await consumeIdentityEvents(people.as())
    await pump(id)
    expect(await countsOf(id)).toEqual({ cancelled: 2, queued: 1 })
    expect(await outboxRows(test.db)).toHaveLength(1)
    expect(await reconcileDispatch(people.as(), { dispatchId: id })).toBe(true)
  })
})

it('one round after the other brings a dispatch from plan to end', async () => {
  for (let i = 0; i < 5; i++) await people.subscriber([unit()])
  const id = await dispatches.create()
  expect(await runDispatches(people.as())).toBeGreaterThan(0)
  expect((await dispatches.progress(id)).state).toBe('ready')
  expect(await runDispatches(people.as())).toBe(0)
  await steer(id, 'start')
  expect(await runDispatches(people.as())).toBe(5)
  await settleAll()
  await runDispatches(people.as())
  expect(await dispatches.progress(id)).toMatchObject({ state: 'done', counts: { sent: 5 } })
  expect(await runDispatches(people.as())).toBe(0)
})
