import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHANNELS } from '../../api/chat/inbound.ts'
import { followIdentity } from '../../api/rooms/conversations/index.ts'
import { consumeIdentityEvents, deliver } from '../../api/rooms/delivery/index.ts'
import { findResidentOfChat } from '../../api/rooms/identity/index.ts'
import { seedStations } from '../../api/rooms/readings/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { news } from './delivery-kit.ts'
import { codeFrom, type Door, openDoor, reportLight } from './doors-kit.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

const ownerOf = ({ channel, chatKey }: Door) => findResidentOfChat(c.nobody(), { channel, chatKey })
const vi = () => c.nobody().translate('vi')
const topics = () => test.db.selectFrom('subscription').selectAll().execute()
const stateOf = async ({ channel, chatKey }: Door) =>
  (
    await test.db
      .selectFrom('conversation')
      .select('state')
      .where('channel', '=', channel)
      .where('chatKey', '=', chatKey)
      .executeTakeFirst()
  )?.state

/** Says yes to what is asked until something is subscribed to. */
async function subscribeFlood(door: Door): Promise<string> {
  await door.type('đăng ký nhận tin')
  await door.press('flood')
  await door.pressAny('u.')
  return door.press('agree')
}

describe.each(CHANNELS)('on %s', (channel) => {
  it('a code made here joins another chat, whose cases are then seen from both', async () => {
    const here = openDoor(c, channel, 'here')
    const there = openDoor(c, channel === 'web' ? 'telegram' : 'web', 'there')
    const code = await reportLight(here)
    const typed = await codeFrom(here)
    expect(await there.type(typed.toLowerCase())).toContain(vi()('doors:join.done'))
    expect(await ownerOf(there)).toBe(await ownerOf(here))
    expect(await there.type(code)).toContain(code)
    const again = openDoor(c, channel, 'third')
    expect(await again.type(typed)).toContain(vi()('doors:join.wrong', { tries: 4 }))
    expect(await ownerOf(again)).toBeUndefined()
  })

  it('subscribe: kind, place, consent; the list ends it again', async () => {
    const door = openDoor(c, channel, 'one')
    expect(await subscribeFlood(door)).toContain('Đã đăng ký')
    expect(await topics()).toMatchObject([{ kind: 'flood', unitCode: '19867', hamletId: null }])
    await door.type('đăng ký của tôi')
    await door.pressAny('unsubscribe.')
    expect(await topics()).toEqual([])
  })

  it('one word stops, whatever its marks; urgent messages about floods stay', async () => {
    for (const [i, word] of ['STOP', 'dừng', 'Dung', '/stop', 'hủy đăng ký'].entries()) {
      const door = openDoor(c, channel, `stop${i}`)
      await subscribeFlood(door)
      expect(await door.type(word)).toContain(vi()('delivery:stop.done_urgent'))
      expect((await topics()).at(-1)).toMatchObject({ onlyLifeSafety: true })
      await test.db.deleteFrom('subscription').execute()
    }
  })

  it('what no chat could carry is told once, at the next word, and read by another', async () => {
    const door = openDoor(c, channel, 'one')
    await subscribeFlood(door)
    const residentId = (await ownerOf(door)) ?? ''
    await test.db.updateTable('channelLink').set({ state: 'gone' }).execute()
    for (const key of ['first', 'second'])
      await deliver(c.nobody(), { ...news(residentId, key, 'flood') })
    await test.db.updateTable('channelLink').set({ state: 'active' }).execute()
    await door.type('phản ánh')
    expect(await door.type('cột điện nghiêng')).not.toContain('hộp thư')
    const note = vi()('doors:inbox.unsent', { count: 2 })
    expect(await door.type('hủy')).toContain(note)
    expect(await door.type('menu')).not.toContain('hộp thư')
    expect(await door.type('hộp thư')).toContain(vi()('doors:inbox.title'))
  })

  it('what is read, over, or on its way is not told of', async () => {
    const door = openDoor(c, channel, 'one')
    await subscribeFlood(door)
    const residentId = (await ownerOf(door)) ?? ''
    await deliver(c.nobody(), { ...news(residentId, 'sent', 'flood') })
    await test.db.updateTable('channelLink').set({ state: 'gone' }).execute()
    await deliver(c.nobody(), { ...news(residentId, 'read', 'flood') })
    await test.db.updateTable('inboxItem').set({ readAt: c.nobody().now() }).execute()
    await deliver(c.nobody(), { ...news(residentId, 'over', 'flood') })
    const before = new Date(c.nobody().now().getTime() - 1)
    const late = test.db.updateTable('inboxItem').set({ expiresAt: before })
    await late.where('dedupeKey', '=', 'over').execute()
    await test.db.updateTable('channelLink').set({ state: 'active' }).execute()
    expect(await door.type('menu')).not.toContain('hộp thư')
  })

  it('why: by the button of the message, by words; then the topic can be ended', async () => {
    const door = openDoor(c, channel, 'one')
    await subscribeFlood(door)
    const residentId = (await ownerOf(door)) ?? ''
    await deliver(c.nobody(), {
      ...news(residentId, 'level', 'flood'),
      why: { by: 'subscription', kind: 'flood', unitCode: '19867' },
    })
    const mail = await test.db
      .selectFrom('outbox')
      .selectAll()
      .where('dedupeKey', 'like', 'inbox:%')
      .executeTakeFirstOrThrow()
    const why = mail.message.choices?.find(({ id }) => id.includes(':why.'))
    const asked = await door.send({ kind: 'choice', id: why?.id ?? '' })
    expect(asked).toContain('Mực nước, lũ lụt')
    expect(await door.type('vì sao tôi nhận tin này?')).toBe(asked)
    await door.pressAny('unsubscribe.')
    expect(await topics()).toEqual([])
  })
})

describe('free words', () => {
  it('"bao cho toi khi co lut o phuoc yen" asks only for the yes', async () => {
    const door = openDoor(c, 'zalo-oa', 'one')
    await door.type('bao cho toi khi co lut o phuoc yen')
    await door.press('agree')
    expect(await topics()).toMatchObject([{ kind: 'flood', hamletId: c.hamlet.id }])
  })

  it('a level in the words is kept, shown with an example, and one sentence ends it', async () => {
    const door = openDoor(c, 'telegram', 'one')
    await door.type('báo cho tôi khi nước ở phước yên lên báo động 2')
    const done = await door.press('agree')
    expect(done).toContain('từ báo động 2')
    expect(done).toContain('nguy hiểm đến tính mạng thì đến ngay')
    expect(await topics()).toMatchObject([{ kind: 'flood', minLevel: 2, hamletId: c.hamlet.id }])
    expect(await door.type('tôi đang đăng ký gì')).toContain('từ báo động 2')
    expect(await door.type('thôi báo lụt')).toContain('Đã ngừng')
    expect(await topics()).toEqual([])
  })

  it('who names a river is not asked where: its station says so, unless a place is named too', async () => {
    await seedStations(test.db)
    const door = openDoor(c, 'telegram', 'one')
    const asked = await door.type('báo cho tôi khi sông Bồ lên báo động 2')
    expect(asked).not.toContain(vi()('doors:subscribe.place'))
    const done = await door.press('agree')
    expect(done).toContain('xã Quảng Điền (theo trạm Phú Ốc, sông Bồ), từ báo động 2')
    expect(await topics()).toMatchObject([{ unitCode: '19867', hamletId: null, minLevel: 2 }])
    await door.type('báo cho tôi khi sông Hương lên báo động 3')
    await door.type('bao cho toi khi nuoc song bo o phuoc yen len bao dong 1')
    expect(await topics()).toMatchObject([
      { unitCode: '19867', hamletId: null },
      { unitCode: '19774', hamletId: null, minLevel: 3 },
      { unitCode: '19867', hamletId: c.hamlet.id },
    ])
  })

  it('two rivers, or one without a station, are asked about', async () => {
    await seedStations(test.db)
    for (const words of ['sông Bồ và sông Hương', 'sông Đà']) {
      const door = openDoor(c, 'telegram', words)
      const asked = await door.type(`báo cho tôi khi mực nước ${words} lên báo động 2`)
      expect(asked).toContain(vi()('doors:subscribe.place'))
    }
  })

  it('a no keeps nobody', async () => {
    const door = openDoor(c, 'zalo-oa', 'one')
    await door.type('bao cho toi khi co lut o phuoc yen')
    await door.press('decline')
    expect(await topics()).toEqual([])
    expect(await ownerOf(door)).toBeUndefined()
  })
})

describe('in the middle of a report', () => {
  const begin = async () => {
    const door = openDoor(c, 'telegram', 'one')
    await subscribeFlood(door)
    await door.type('đèn đường hư ba đêm nay ở Phước Yên')
    return { door, before: await stateOf(door) }
  }

  it('a stop that names the messages stops them, and the question stays', async () => {
    const { door, before } = await begin()
    expect(before).toMatchObject({ flow: 'report' })
    for (const word of ['dừng nhận tin', '/stop', 'unsubscribe']) {
      await door.type(word)
      expect(await stateOf(door)).toEqual(before)
    }
    expect(await topics()).toMatchObject([{ onlyLifeSafety: true }])
  })

  it('a bare "stop" leaves the report, stops nothing, and says how to', async () => {
    const { door } = await begin()
    expect(await door.type('stop')).toContain(vi()('doors:stop.hint'))
    expect(await stateOf(door)).toBeNull()
    expect(await topics()).toMatchObject([{ onlyLifeSafety: false }])
    await door.type('stop')
    expect(await topics()).toMatchObject([{ onlyLifeSafety: true }])
  })

  it('the button of a pushed message is answered, and the question stays', async () => {
    const { door, before } = await begin()
    const done = await deliver(c.nobody(), news((await ownerOf(door)) ?? '', 'step'))
    const ref = 'inboxId' in done ? done.inboxId : ''
    const said = await door.send({ kind: 'choice', id: `menu:0:why.${ref}` })
    expect(said).toContain(vi()('delivery:why.own.incident_step'))
    expect(await stateOf(door)).toEqual(before)
  })
})

describe('joining', () => {
  it('a chat with cases of its own is asked first; a deep link works like typing', async () => {
    const here = openDoor(c, 'zalo-oa', 'here')
    const there = openDoor(c, 'telegram', 'there')
    await reportLight(there)
    const typed = (await codeFrom(here)).replace('-', '')
    expect(await there.send({ kind: 'start', payload: typed })).toContain(
      vi()('doors:join.confirm'),
    )
    expect(await ownerOf(there)).not.toBe(await ownerOf(here))
    await there.press(`join_yes.${typed}`)
    expect(await ownerOf(there)).toBe(await ownerOf(here))
  })

  it('wrong codes are counted, and then refused', async () => {
    const door = openDoor(c, 'web', 'one')
    const said: string[] = []
    for (let n = 0; n < 7; n++) said.push(await door.type('AAAA-2222'))
    expect(said[0]).toContain(vi()('doors:join.wrong', { tries: 4 }))
    expect(said[6]).toContain(vi()('doors:join.too_many'))
  })

  it('a chat that was taken off is a stranger’s', async () => {
    const door = openDoor(c, 'web', 'one')
    await codeFrom(door)
    await door.press('unlink')
    await door.press('unlink_yes')
    expect(await ownerOf(door)).toBeUndefined()
    expect(await door.type('hộp thư')).toContain(vi()('doors:inbox.empty'))
  })
})

describe('settings', () => {
  it('quiet hours and the first channel are chosen by buttons', async () => {
    const door = openDoor(c, 'telegram', 'one')
    await codeFrom(door)
    await door.type('giờ yên lặng')
    await door.press('quiet.20:00-07:00')
    await door.type('kênh nhận tin')
    await door.press('channel.telegram')
    expect(await test.db.selectFrom('deliveryProfile').selectAll().execute()).toMatchObject([
      { quietFrom: 1200, quietTo: 420, channelOrder: ['telegram'] },
    ])
    expect(await door.type('tắt giờ yên lặng')).toContain(vi()('doors:quiet.none'))
  })

  it('the inbox shows the last messages and marks them as read', async () => {
    const door = openDoor(c, 'telegram', 'one')
    await codeFrom(door)
    await deliver(c.nobody(), news((await ownerOf(door)) ?? '', 'water is off'))
    expect(await door.type('tin nhắn của tôi')).toContain('water is off')
    const rows = await test.db.selectFrom('inboxItem').select('readAt').execute()
    expect(rows.every(({ readAt }) => readAt !== null)).toBe(true)
  })
})

describe('data', () => {
  it('a copy counts what is kept and names the cases', async () => {
    const door = openDoor(c, 'telegram', 'one')
    const code = await reportLight(door)
    expect(await door.type('lấy dữ liệu của tôi')).toContain(code)
  })

  it('erasure asks first; then nobody is left, the case stays, and it is audited', async () => {
    const door = openDoor(c, 'telegram', 'one')
    const code = await reportLight(door)
    await door.type('xóa dữ liệu của tôi')
    expect(await ownerOf(door)).toBeDefined()
    await door.press('erase_yes')
    expect(await ownerOf(door)).toBeUndefined()
    for (const follow of [followIdentity, consumeIdentityEvents]) await follow(c.nobody())
    expect(await door.type(code)).toContain(code)
    const words = await test.db
      .selectFrom('inboundEvent')
      .select('body')
      .where('body', 'is not', null)
      .execute()
    expect(words).toHaveLength(1)
    const actions = (await test.db.selectFrom('audit').select('action').execute()).map(
      ({ action }) => action,
    )
    expect(actions).toContain('identity.resident_erased')
    expect(actions.filter((action) => action === 'conversations.forgotten')).toHaveLength(1)
  })
})

describe('something else in the middle', () => {
  it('of a look-up is done at once: nothing is lost by leaving it', async () => {
    const door = openDoor(c, 'zalo-oa', 'lan')
    await reportLight(door)
    await door.type('phan anh cua toi')
    expect(await door.type('noi kenh')).toMatch(/[2-9A-Z]{4}-[2-9A-Z]{4}/)
    expect(await stateOf(door)).toBeNull()
  })

  it('of a report says how to ask it, and the open question comes again', async () => {
    const door = openDoor(c, 'telegram', 'lan')
    const asked = await door.type('đèn đường hư ba đêm nay ở Phước Yên')
    const said = await door.type('noi kenh')
    expect(said).toContain(vi()('menu:later'))
    expect(said).toContain(asked.split('\n').at(-1))
    expect(await stateOf(door)).not.toBeNull()
  })
})
