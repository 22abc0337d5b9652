import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { editAlert, followAlert, saveMode } from '../../api/rooms/alerts/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openAlerts } from './alerts-kit.ts'
import { OTHER_UNIT, UNIT } from './delivery-kit.ts'

let database: TestDb
let room: Awaited<ReturnType<typeof openAlerts>>

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.truncate()
  room = await openAlerts(database.db)
})

/** One reading of the Bồ at Phú Ốc in centimetres, and all that follows from it. */
async function water(cm: number, minutes = 45) {
  room.clock.advance(minutes * 60)
  await room.rivers.put(room.rivers.reading(0, cm))
  await room.settle()
}
const speaks = () => saveMode(room.system, { stationCode: 'phu-oc', isAutomatic: true })
const story = async () =>
  (await room.rows()).map(({ messageType, state, level }) => `${messageType} ${state} ${level}`)

describe('a river that speaks by itself', () => {
  it('tells each stage once on the way up, each agreed step down, and that it is clear', async () => {
    await speaks()
    const { chat } = await room.people.subscriber([{ kind: 'flood', unitCode: UNIT }])
    const outside = await room.people.subscriber([{ kind: 'flood', unitCode: OTHER_UNIT }])
    for (const cm of [120, 155, 158, 149, 160, 310, 305, 312, 460]) await water(cm)
    expect(await story()).toEqual(['alert issued 1', 'update issued 2', 'update issued 3'])
    for (const cm of [400, 350, 280, 240, 200, 130, 110, 100]) await water(cm)
    expect((await story()).slice(3)).toEqual([
      'update issued 2',
      'update issued 1',
      'all_clear issued 1',
    ])
    expect(await room.inForce()).toEqual([])
    const messages = await room.heard(chat.chatKey)
    expect(messages.at(-1)).toContain('Vùng thấp có thể còn ngập')
    expect(messages.join()).not.toContain('Cảnh báo')
    expect(await room.heard(outside.chat.chatKey)).toEqual([])
  })

  it('says what was measured, where that stands, what to do, and whose figure it is', async () => {
    await speaks()
    await water(140)
    await water(325)
    const [alert] = await room.inForce()
    expect(alert).toMatchObject({ isMeasured: true, kind: 'flood', level: 2, signer: null })
    expect(alert?.headline).toMatch(/^Sông Bồ, trạm Phú Ốc: 3,25 m lúc .*, trên báo động 2/)
    expect(alert?.instruction).toContain('chuyển xe lên cao')
    expect(alert?.shareText).toContain('Tin mực nước đo được')
    expect(alert?.readOut.split(/\s+/).length).toBeLessThan(151)
  })
})

describe('a measured level and officials', () => {
  it('they do not reword it; what they write after it is their own word, with signer and number', async () => {
    await speaks()
    await water(140)
    await water(310)
    const [alert] = await room.inForce()
    const { id } = await followAlert(room.writer, { id: alert?.id ?? '', as: 'update' })
    await expect(room.move(room.writer, id, 'propose')).rejects.toMatchObject({
      code: 'alerts.incomplete',
    })
    await water(460)
    const [row] = (await room.rows()).filter(({ state }) => state === 'draft')
    expect(row).toMatchObject({ id, stationCode: null })
    await saveMode(room.system, { stationCode: 'phu-oc', isAutomatic: false })
    for (const cm of [400, 340, 280, 220, 160]) await water(cm)
    const proposed = (await room.rows()).find(({ state }) => state === 'proposed')
    const version = proposed?.version ?? 0
    const edit = editAlert(room.writer, { id: proposed?.id ?? '', version, ...room.input() })
    await expect(edit).rejects.toMatchObject({ code: 'alerts.bad_step' })
  })
})

describe('a river that does not', () => {
  it('leaves a proposal that a person issues', async () => {
    await water(140)
    await water(310)
    expect(await story()).toEqual(['alert proposed 2'])
    const [row] = await room.rows()
    await room.move(room.approver, row?.id ?? '', 'issue')
    expect((await room.inForce()).map(({ level }) => level)).toEqual([2])
  })

  it('has one proposal at a time: what is no longer true is dropped', async () => {
    await water(140)
    await water(160)
    await water(310)
    expect(await story()).toEqual(['alert dropped 1', 'alert proposed 2'])
    for (const cm of [200, 150, 120, 110, 100]) await water(cm)
    expect((await story()).every((line) => line.includes('dropped'))).toBe(true)
    expect(await room.inForce()).toEqual([])
  })
})

it('only whoever issues warnings there chooses so', async () => {
  const choose = (ctx: typeof room.writer) =>
    saveMode(ctx, { stationCode: 'phu-oc', isAutomatic: true })
  const elsewhere = await room.official('xa', ['approver'], OTHER_UNIT)
  await expect(choose(elsewhere)).rejects.toMatchObject({ code: 'http.forbidden' })
  await choose(room.approver)
  await expect(choose(room.writer)).rejects.toMatchObject({ code: 'http.forbidden' })
  await expect(choose(room.people.nobody())).rejects.toMatchObject({ code: 'http.unauthenticated' })
  await expect(
    saveMode(room.system, { stationCode: 'nowhere', isAutomatic: true }),
  ).rejects.toMatchObject({ code: 'readings.not_found' })
})
