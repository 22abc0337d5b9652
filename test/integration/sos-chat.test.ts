import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHANNELS } from '../../api/chat/inbound.ts'
import { saveHotline } from '../../api/rooms/areas/index.ts'
import { tellDueRounds } from '../../api/rooms/sos/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { UNIT } from './incidents-kit.ts'
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
const CALL = { rescue: '112', fire: '114', ambulance: '115' }

describe.each(CHANNELS)('a call for rescue on %s', (channel) => {
  it('says whom to dial at once, asks no consent, and is sent with its first words', async () => {
    const an = await w.watcher('an')
    const door = w.open(channel, 'caller')
    const said = await door.type('cuu voi nuoc len toi mai roi')
    const banner = `${vi()('chat:demo.banner')}\n\n`
    expect(said.replace(banner, '').indexOf(vi()('sos:call.now', CALL))).toBe(0)
    expect(said).toContain(vi()('sos:told', { count: 1, unit: 'xã Quảng Điền' }))
    expect(said).toContain(vi()('sos:ask.where'))
    expect(await w.cases()).toMatchObject([{ state: 'open', placeLabel: null, people: null }])
    expect((await w.pushed(an.door.chatKey)).at(-1)?.text).toContain('nuoc len toi mai')
    expect(await test.db.selectFrom('resident').selectAll().execute()).toEqual([])
  })

  it('takes place, people and who is helped first as they come, and tells what is new', async () => {
    const an = await w.watcher('an')
    const door = w.open(channel, 'caller')
    await door.type('cứu với, nước ngập nhà rồi')
    const people = await door.type('Phước Yên')
    expect(people).toContain(vi()('sos:ask.people'))
    expect(await door.type('4')).toContain(vi()('sos:ask.vulnerable'))
    expect(await door.press('k.elderly')).toContain(vi()('sos:standing'))
    await door.pin(107.512, 16.553)
    expect(await door.type('nước tới cổ rồi')).toContain(vi()('sos:added'))
    const [row, ...more] = await w.cases()
    expect(more).toEqual([])
    expect(row).toMatchObject({
      state: 'open',
      placeLabel: expect.stringContaining('Quảng Điền'),
      people: 4,
      vulnerable: ['elderly'],
      lng: 107.512,
      lat: 16.553,
    })
    const told = (await w.pushed(an.door.chatKey)).at(-1)?.text ?? ''
    expect(told).toContain('16.55300, 107.51200')
    expect(told).toContain(vi()('sos:line.people', { people: 4 }))
    expect((await w.notes()).map(({ text }) => text)).toEqual([
      'cứu với, nước ngập nhà rồi',
      'Phước Yên',
      'nước tới cổ rồi',
    ])
  })

  it('asks only what the first words did not say', async () => {
    await w.watcher('an')
    const door = w.open(channel, 'caller')
    const said = await door.type(
      'cứu gấp, nước ngập nhà ở thôn Phước Yên, nhà có 4 người, có bà già bệnh nặng',
    )
    expect(said).toContain(vi()('sos:standing'))
    expect(await w.cases()).toMatchObject([
      {
        people: 4,
        vulnerable: ['elderly', 'sick'],
        placeLabel: expect.stringContaining('Phước Yên'),
      },
    ])
  })

  it('is taken back with one word, and those on duty hear it', async () => {
    const an = await w.watcher('an')
    const door = w.open(channel, 'caller')
    await door.type('cứu với')
    expect(await door.type('nhầm')).toContain(vi()('sos:ended.withdrawn', CALL))
    expect(await w.cases()).toMatchObject([{ state: 'withdrawn' }])
    expect((await w.pushed(an.door.chatKey)).at(-1)?.text).toContain(
      vi()('sos:colleagues.sender_withdrawn', { at: '09:00 23/11/2026' }),
    )
    expect((await w.audited()).map(({ action }) => action)).toEqual([
      'sos.raised',
      'sos.round',
      'sos.withdraw',
    ])
  })

  it('with nobody on duty says so, with the numbers again', async () => {
    const door = w.open(channel, 'caller')
    const said = await door.type('cứu với')
    expect(said).toContain(vi()('sos:told.nobody', CALL))
    expect(await w.cases()).toMatchObject([{ isTold: false, round: 1 }])
  })

  it('shows who took it and each step, by office and time, never by name', async () => {
    const an = await w.watcher('an')
    const door = w.open(channel, 'caller')
    await door.type('cứu với, nhà ở Phước Yên')
    w.c.clock.advance(60)
    expect(await w.pressPushed(an.door, 'sos_claim')).toContain(vi()('sos:done.claim'))
    expect(await an.door.press(`sos_reach.${(await w.cases())[0]?.id}`)).toContain(
      vi()('sos:done.reach'),
    )
    await an.door.press(`sos_safe.${(await w.cases())[0]?.id}`)
    const who = vi()('sos:duty.unit', { unit: 'xã Quảng Điền' })
    const at = '09:01 23/11/2026'
    const texts = (await w.pushed('caller')).map(({ text }) => text)
    expect(texts).toEqual([
      vi()('sos:step.claimed', { who, at, ...CALL }),
      vi()('sos:step.reached', { who, at, ...CALL }),
      vi()('sos:step.safe', { who, at, ...CALL }),
    ])
    expect(texts.join()).not.toContain('Cán bộ')
    expect(await w.cases()).toMatchObject([{ state: 'safe', claimedBy: an.actor.officialId }])
  })
})

describe('the chat of a call', () => {
  it('is free again once an official has ended it', async () => {
    const an = await w.watcher('an')
    const door = w.open('web', 'caller')
    await door.type('cứu với')
    await w.pressPushed(an.door, 'sos_claim')
    await an.door.press(`sos_safe.${(await w.cases())[0]?.id}`)
    expect(await door.type('cảm ơn')).toContain(vi()('menu:thanks'))
    expect(await w.cases()).toHaveLength(1)
  })

  it('a call inside a report is a call; words like "help" and bare numbers never end it', async () => {
    await w.watcher('an')
    const door = w.open('telegram', 'caller')
    await door.type('đèn đường hư ở Phước Yên')
    expect(await door.type('cứu với, con tôi bị nước cuốn')).toContain(vi()('sos:call.now', CALL))
    await door.type('Phước Yên')
    await door.type('bỏ qua')
    await door.type('bỏ qua')
    expect(await door.type('giúp')).toContain(vi()('sos:standing'))
    expect(await door.type('1')).toContain(vi()('sos:standing'))
    expect(await w.cases()).toMatchObject([{ state: 'open' }])
    expect(await door.type('menu')).toContain(vi()('menu:main'))
    expect(await door.type('cứu tôi với')).toContain(vi()('sos:call.now', CALL))
    expect(await w.cases()).toHaveLength(1)
  })

  it('names the unit’s own lines once they are confirmed', async () => {
    const line = { unitCode: UNIT, position: 1, source: 'test' }
    for (const [code, phone, confirmed] of [
      ['truc-ban', '02340000001', true],
      ['chua-xac-nhan', '02340000002', false],
    ] as const)
      await saveHotline(w.c.system, {
        ...line,
        code,
        phone,
        nameVi: 'Trực ban xã',
        nameEn: 'Duty desk',
        confirmed,
      })
    const said = await w.open('telegram', 'caller').type('cứu với')
    expect(said).toContain('Trực ban xã: 02340000001')
    expect(said).not.toContain('02340000002')
  })
})

describe('those on duty', () => {
  it('are told again until one takes it; then nobody is', async () => {
    const an = await w.watcher('an')
    const khoi = await w.watcher('khoi', UNIT, 'zalo-oa')
    await w.open('telegram', 'caller').type('cứu với, ở Phước Yên')
    const counts = async () =>
      Promise.all([an, khoi].map(async ({ door }) => (await w.pushed(door.chatKey)).length))
    expect(await counts()).toEqual([1, 1])
    expect(await tellDueRounds(w.c.system)).toBe(0)
    w.c.clock.advance(120)
    expect(await tellDueRounds(w.c.system)).toBe(1)
    expect(await tellDueRounds(w.c.system)).toBe(0)
    expect(await counts()).toEqual([2, 2])
    await w.pressPushed(khoi.door, 'sos_claim')
    expect((await w.pushed(an.door.chatKey)).at(-1)?.text).toContain(
      vi()('sos:colleagues.claimed', { at: '09:02 23/11/2026' }),
    )
    w.c.clock.advance(3_600)
    expect(await tellDueRounds(w.c.system)).toBe(0)
    await expect(w.pressPushed(an.door, 'sos_claim')).rejects.toThrow('no button')
  })

  it('who presses after somebody else hears that it is taken; given back it goes round again', async () => {
    const an = await w.watcher('an')
    const khoi = await w.watcher('khoi')
    await w.open('telegram', 'caller').type('cứu với')
    const [row] = await w.cases()
    const claim = { kind: 'choice', id: `menu:1:sos_claim.${row?.id}` } as const
    await an.door.send(claim)
    expect(await khoi.door.send(claim)).toContain(vi()('errors:sos.taken'))
    expect(await an.door.send(claim)).toContain(vi()('sos:done.claim'))
    await an.door.send({ kind: 'choice', id: `menu:1:sos_release.${row?.id}` })
    expect(await tellDueRounds(w.c.system)).toBe(1)
    await khoi.door.send(claim)
    expect(await w.cases()).toMatchObject([{ state: 'claimed', claimedBy: khoi.actor.officialId }])
  })

  it('the city’s desk is told when the unit has nobody, and as well from the second round', async () => {
    const city = await w.watcher('thanhpho', null)
    await w.open('telegram', 'caller').type('cứu với')
    expect(await w.pushed(city.door.chatKey)).toHaveLength(1)
    const an = await w.watcher('an')
    w.c.clock.advance(120)
    await tellDueRounds(w.c.system)
    expect(await w.pushed(city.door.chatKey)).toHaveLength(2)
    expect(await w.pushed(an.door.chatKey)).toHaveLength(1)
  })

  it('somebody who comes on duty later is told, and the sender hears of it', async () => {
    await w.open('telegram', 'caller').type('cứu với')
    const an = await w.watcher('an')
    w.c.clock.advance(120)
    await tellDueRounds(w.c.system)
    expect(await w.pushed(an.door.chatKey)).toHaveLength(1)
    expect((await w.pushed('caller')).at(-1)?.text).toBe(
      vi()('sos:step.told', { at: '09:02 23/11/2026' }),
    )
  })

  it('after the third round the sender is told that nobody has it, and to dial', async () => {
    await w.watcher('an')
    await w.open('telegram', 'caller').type('cứu với')
    for (const wait of [120, 180]) {
      w.c.clock.advance(wait)
      await tellDueRounds(w.c.system)
    }
    expect((await w.pushed('caller')).map(({ text }) => text)).toEqual([
      vi()('sos:step.waiting', { at: '09:05 23/11/2026', ...CALL }),
    ])
  })

  it('a chat that no official has linked, and an official of elsewhere, take nothing', async () => {
    await w.watcher('an')
    await w.open('telegram', 'caller').type('cứu với')
    const [row] = await w.cases()
    const claim = { kind: 'choice', id: `menu:1:sos_claim.${row?.id}` } as const
    expect(await w.open('telegram', 'stranger').send(claim)).toContain(vi()('sos:official.unknown'))
    const far = await w.official('xa', '19789')
    await w.linkChat(far)
    expect(await far.door.send(claim)).toContain(vi()('errors:http.forbidden'))
    expect(await w.cases()).toMatchObject([{ state: 'open' }])
  })

  it('a code links a chat once; another official’s next code takes it over', async () => {
    const an = await w.official('an')
    expect(await w.linkChat(an)).toContain(vi()('sos:official.joined', { name: 'Cán bộ an' }))
    const khoi = await w.official('khoi')
    await w.linkChat({ actor: khoi.actor, door: an.door })
    await w.onDuty(an.actor)
    await w.open('telegram', 'caller').type('cứu với')
    expect(await w.pushed(an.door.chatKey)).toEqual([])
  })
})
