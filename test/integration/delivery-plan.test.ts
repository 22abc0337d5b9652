import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { say } from '../../api/chat/message.ts'
import {
  createDispatch,
  noteInteraction,
  setChannelOrder,
  stopAll,
  subscribe,
} from '../../api/rooms/delivery/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { auditActions, OTHER_UNIT, openDispatches, UNIT, unit } from './delivery-kit.ts'

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

const ledger = (dispatchId: string) =>
  test.db
    .selectFrom('dispatchRecipient')
    .selectAll()
    .where('dispatchId', '=', dispatchId)
    .orderBy('areaRank')
    .orderBy('residentId')
    .execute()
const planned = async (dispatchId: string) =>
  (await ledger(dispatchId)).map(({ residentId }) => residentId).toSorted()

describe('creating a dispatch', () => {
  it('is done once a subject, in both languages, and audited', async () => {
    const subject = { kind: 'alert', id: 'a1' }
    const first = await dispatches.create({ subject })
    expect(await dispatches.create({ subject })).toBe(first)
    expect(await auditActions(test.db)).toEqual(['delivery.dispatch_created'])
    const [row] = await test.db.selectFrom('dispatch').selectAll().execute()
    expect(JSON.stringify(row?.messageVi)).toContain('vi: ')
    expect(JSON.stringify(row?.messageEn)).toContain('en: ')
  })

  it('is for officials and jobs, and reaches everybody only for danger to life', async () => {
    const make = (ctx: ReturnType<typeof people.as>, isEveryone = false) =>
      createDispatch(ctx, {
        subject: { kind: 'alert', id: 'x' },
        lane: 'alert',
        audience: { kind: 'flood', places: [], isEveryone },
        message: () => say('x'),
      })
    await expect(make(people.nobody())).rejects.toThrow('http.unauthenticated')
    await expect(make(people.self(people.as().newId()))).rejects.toThrow('http.forbidden')
    await expect(make(people.as(), true)).rejects.toThrow('http.invalid_input')
    expect(await test.db.selectFrom('dispatch').selectAll().execute()).toEqual([])
  })
})

describe('the plan', () => {
  it('holds everybody whose place touches the audience, once, whatever their chats and topics', async () => {
    const inHamlet = await people.subscriber([
      { ...unit(), hamletId: dispatches.hamletId },
      unit(),
      { kind: 'notices' },
    ])
    const inUnit = await people.subscriber([unit()])
    const anywhere = await people.subscriber([{ kind: 'notices' }])
    await people.subscriber([{ kind: 'notices', unitCode: OTHER_UNIT }])
    await people.subscriber([unit('air')])
    await people.addChat(inUnit.id, { channel: 'zalo-oa', chatKey: 'more' })
    const whole = await dispatches.create()
    expect(await dispatches.plan(whole)).toEqual({ planned: 3, isDone: true })
    expect(await planned(whole)).toEqual([inHamlet.id, inUnit.id, anywhere.id].toSorted())
    const places = [{ unitCode: UNIT, hamletId: dispatches.hamletId }]
    const part = await dispatches.create({ audience: { kind: 'notices', places } })
    await dispatches.plan(part)
    expect((await ledger(part)).map(({ residentId, areaRank }) => [residentId, areaRank])).toEqual([
      [inHamlet.id, 0],
      [inUnit.id, 1],
      [anywhere.id, 2],
    ])
    const city = await dispatches.create({ audience: { kind: 'notices', places: [] } })
    expect((await dispatches.plan(city)).planned).toBe(4)
  })

  it('leaves out who wants graver warnings alone; what everybody gets has no level', async () => {
    const all = await people.subscriber([unit('flood')])
    const grave = await people.subscriber([{ ...unit('flood'), minLevel: 3 }])
    const places = [{ unitCode: UNIT }]
    const at = async (level: number, more = {}) => {
      const audience = { kind: 'flood' as const, places, level, ...more }
      const id = await dispatches.create({ audience, isLifeSafety: 'isEveryone' in more })
      await dispatches.plan(id)
      return planned(id)
    }
    expect(await at(2)).toEqual([all.id])
    expect(await at(3)).toEqual([all.id, grave.id].toSorted())
    expect(await at(1, { isEveryone: true })).toEqual([all.id, grave.id].toSorted())
    await subscribe(people.as(), { residentId: grave.id, topic: unit('flood') })
    expect(await at(1)).toEqual([all.id, grave.id].toSorted())
  })

  it('again adds nobody and is audited once', async () => {
    await people.subscriber([unit()])
    const id = await dispatches.create()
    await dispatches.plan(id)
    expect(await dispatches.plan(id)).toEqual({ planned: 0, isDone: true })
    expect(await dispatches.progress(id)).toEqual({
      state: 'ready',
      counts: { planned: 1 },
      total: 1,
      byChannel: { telegram: { planned: 1 } },
      byUnit: { [UNIT]: { planned: 1 } },
    })
    expect((await auditActions(test.db)).filter((a) => a.endsWith('planned'))).toHaveLength(1)
  })

  it('leaves out who stopped, erased or took consent back, and keeps them for danger to life only', async () => {
    const stopped = await people.subscriber([unit('flood')])
    const kept = await people.subscriber([unit('flood')])
    const withdrawn = await people.subscriber([unit('flood')])
    const erased = await people.subscriber([unit('flood')])
    await stopAll(people.nobody(), stopped.chat)
    await test.db
      .updateTable('consent')
      .set({ withdrawnAt: dispatches.clock.now() })
      .where('residentId', '=', withdrawn.id)
      .execute()
    await test.db
      .updateTable('resident')
      .set({ erasedAt: dispatches.clock.now() })
      .where('id', '=', erased.id)
      .execute()
    const audience = { kind: 'flood' as const, places: [{ unitCode: UNIT }] }
    const calm = await dispatches.create({ audience })
    await dispatches.plan(calm)
    expect(await planned(calm)).toEqual([kept.id])
    const urgent = await dispatches.create({ audience, isLifeSafety: true })
    await dispatches.plan(urgent)
    expect(await planned(urgent)).toEqual([stopped.id, kept.id].toSorted())
  })

  it('for everybody takes whoever asked for anything there; for one language only those', async () => {
    const air = await people.subscriber([unit('air')], { language: 'en' })
    const flood = await people.subscriber([unit('flood')])
    const places = [{ unitCode: UNIT }]
    const all = await dispatches.create({
      audience: { kind: 'flood', places, isEveryone: true },
      isLifeSafety: true,
    })
    await dispatches.plan(all)
    expect(await planned(all)).toEqual([air.id, flood.id].toSorted())
    const english = await dispatches.create({ audience: { kind: 'air', places, language: 'en' } })
    const vietnamese = await dispatches.create({
      audience: { kind: 'air', places, language: 'vi' },
    })
    expect([
      (await dispatches.plan(english)).planned,
      (await dispatches.plan(vietnamese)).planned,
    ]).toEqual([1, 0])
  })

  it('takes the chat that a single message would take', async () => {
    let chats = 0
    const choose = async (
      channels: readonly ('telegram' | 'zalo-oa' | 'web')[],
      order: readonly ('telegram' | 'zalo-oa' | 'web')[],
      zaloHoursAgo?: number,
    ) => {
      const [first = 'telegram', ...rest] = channels
      const key = `c${++chats}`
      const { id } = await people.subscriber([unit()], { channel: first, chatKey: `${key}-0` })
      for (const [i, channel] of rest.entries()) {
        dispatches.clock.advance(1)
        await people.addChat(id, { channel, chatKey: `${key}-${i + 1}` })
      }
      if (order.length > 0)
        await setChannelOrder(people.self(id), { residentId: id, channels: [...order] })
      if (zaloHoursAgo !== undefined) {
        const chatKey = `${key}-${channels.indexOf('zalo-oa')}`
        const at = new Date(dispatches.clock.now().getTime() - zaloHoursAgo * 3_600_000)
        await noteInteraction(people.as(), { channel: 'zalo-oa', chatKey, at })
      }
      const dispatchId = await dispatches.create()
      await dispatches.plan(dispatchId)
      return (await ledger(dispatchId)).find((row) => row.residentId === id)?.channel
    }
    expect(await choose(['telegram'], [])).toBe('telegram')
    expect(await choose(['telegram', 'zalo-oa'], [])).toBe('zalo-oa')
    expect(await choose(['telegram', 'web'], [])).toBe('telegram')
    expect(await choose(['telegram', 'web'], ['web'])).toBe('web')
    expect(await choose(['telegram', 'zalo-oa'], ['telegram'])).toBe('telegram')
    expect(await choose(['zalo-oa', 'telegram'], ['zalo-oa'], 47)).toBe('zalo-oa')
    expect(await choose(['zalo-oa', 'telegram'], ['zalo-oa'], 49)).toBe('telegram')
    expect(await choose(['zalo-oa'], ['zalo-oa'], 49)).toBeNull()
  })
})
