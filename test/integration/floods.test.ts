import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeFloodPoint, editFloodPoint, purgeDepths } from '../../api/rooms/floods/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { buttonFor, choicesOf, openChat, textOf } from './chat-kit.ts'
import { HUNG_VUONG, openFloods } from './floods-kit.ts'

let database: TestDb
let room: Awaited<ReturnType<typeof openFloods>>
beforeAll(async () => {
  database = await openDatabase()
  await database.truncate()
  room = await openFloods(database.db)
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.deleteFrom('floodPoint').execute()
  // What the test before said of the water is old by then.
  room.clock.advance(4 * 3_600)
})

const http = () => testApp(database.db, { now: room.clock.now }).request
const device = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`
const say = (id: string, mark: string, n: number) =>
  http()(`/api/v1/flood-points/${id}/depths`, { method: 'POST', json: { mark, device: device(n) } })
const listed = async () => {
  const answer = await http()('/api/v1/flood-points')
  return (await answer.json()).points
}
const measured = (cm: number, at = room.clock.now()) => ({
  depth: { cm, measuredAt: at.toISOString(), source: 'Ban Chỉ huy PTDS xã' },
})
let chats = 0
/** A chat that nobody has used yet. */
const chatOf = () => {
  const chat = openChat(room.nobody())
  const more = { chatKey: `c${++chats}` }
  return {
    type: (text: string) => chat.type(text, `${more.chatKey}-${text}`, more),
    deliver: (content: Parameters<typeof chat.deliver>[0]) =>
      chat.deliver(content, `${more.chatKey}-${JSON.stringify(content)}`, more),
  }
}
const audited = async (id: string) =>
  (await database.db.selectFrom('audit').selectAll().orderBy('seq').execute())
    .filter(({ subjectId }) => subjectId === id)
    .map(({ action, fields }) => [action, fields])

describe('officials', () => {
  it('add, state a depth with its time and source, close the road, end the watch; each leaves a row', async () => {
    const id = await room.add()
    await editFloodPoint(room.desk, {
      ...{ id, version: 1, ...room.point({ road: 'closed', ...measured(45) }) },
    })
    expect(await listed()).toMatchObject([
      {
        ...{ id, road: 'closed', isFlooded: true, unit: 'Xã Quảng Điền', residents: null },
        official: { cm: 45, mark: 'knee', source: 'Ban Chỉ huy PTDS xã', isOld: false },
      },
    ])
    room.clock.advance(7 * 3_600)
    expect((await listed())[0].official.isOld).toBe(true)
    await closeFloodPoint(room.desk, { id, version: 2 })
    await closeFloodPoint(room.desk, { id, version: 2 })
    expect(await listed()).toEqual([])
    expect(await audited(id)).toEqual([
      ['floods.added', []],
      ['floods.changed', ['road', 'depthCm', 'measuredAt', 'source']],
      ['floods.closed', []],
    ])
  })

  it('not of another commune, not over somebody else’s change, not outside the city, not of the future', async () => {
    const id = await room.add()
    const elsewhere = room.as(room.elsewhere)
    const edit = (ctx: typeof room.desk, version: number, more = {}) =>
      editFloodPoint(ctx, { id, version, ...room.point(more) })
    await expect(edit(elsewhere, 1)).rejects.toMatchObject({ code: 'http.forbidden' })
    await expect(edit(elsewhere, 1, { unitCode: '19789' })).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    await expect(edit(room.desk, 2)).rejects.toMatchObject({ code: 'http.conflict' })
    for (const more of [
      { lng: 105.8, lat: 21 },
      measured(20, new Date(room.clock.now().getTime() + 60_000)),
    ])
      await expect(edit(room.desk, 1, more)).rejects.toMatchObject({ code: 'http.invalid_input' })
    expect(await audited(id)).toHaveLength(1)
  })
})

describe('residents', () => {
  it('press a mark: each phone counts once, its last word, for three hours', async () => {
    const id = await room.add()
    for (const [n, mark] of [
      [1, 'ankle'],
      [2, 'knee'],
      [3, 'waist'],
      [1, 'knee'],
    ] as const)
      expect((await say(id, mark, n)).status).toBe(204)
    expect((await listed())[0]).toMatchObject({
      isFlooded: true,
      residents: { reports: 3, medianCm: 50, lowCm: 50, highCm: 100, mark: 'knee' },
    })
    room.clock.advance(3 * 3_600 + 1)
    expect((await listed())[0]).toMatchObject({ isFlooded: false, residents: null })
    room.clock.advance(22 * 3_600)
    expect(await purgeDepths(room.desk)).toBe(3)
  })

  it('what reports said of the water near the point counts too; far ones and refused ones do not', async () => {
    const id = await room.add()
    const report = (lat: number, depthCm: number) =>
      room.report({
        ...{ category: 'flood', description: 'Nước ngập đường', depthCm },
        place: { source: 'pin', ...HUNG_VUONG, lat },
      })
    await report(HUNG_VUONG.lat + 0.0005, 40)
    await report(HUNG_VUONG.lat + 0.01, 150)
    const refused = await report(HUNG_VUONG.lat + 0.0006, 300)
    await room.move(room.dispatcher, refused.publicCode, { kind: 'refuse', reasonCode: 'untrue' })
    expect((await listed()).find((p: { id: string }) => p.id === id).residents).toMatchObject({
      ...{ reports: 1, medianCm: 40 },
    })
  })

  it('a mark that is none, a point that is none, a closed one', async () => {
    const id = await room.add()
    expect((await say(id, 'roof', 1)).status).toBe(422)
    expect((await say(device(9), 'knee', 1)).status).toBe(404)
    await closeFloodPoint(room.desk, { id, version: 1 })
    expect((await say(id, 'knee', 1)).status).toBe(404)
  })
})

it('GeoJSON has an ETag that a change alters, and a 304 for who has it', async () => {
  const id = await room.add()
  const { request } = testApp(database.db, { now: room.clock.now })
  const get = (etag = '') =>
    request('/api/v1/flood-points.geojson', { headers: { 'if-none-match': etag } })
  const first = await get()
  expect(first.headers.get('content-type')).toContain('application/geo+json')
  expect(first.headers.get('access-control-allow-origin')).toBe('*')
  expect(await first.json()).toMatchObject({
    type: 'FeatureCollection',
    features: [{ id, geometry: { coordinates: [HUNG_VUONG.lng, HUNG_VUONG.lat] } }],
  })
  const etag = first.headers.get('etag') ?? ''
  expect((await get(etag)).status).toBe(304)
  await say(id, 'knee', 1)
  room.clock.advance(3)
  expect((await get(etag)).status).toBe(200)
})

describe('in a chat', () => {
  it('the named point is answered with road, figure, source, time; one press tells the depth, once a person', async () => {
    const id = await room.add({ road: 'closed', ...measured(45) })
    const chat = chatOf()
    const said = (await chat.type('hung vuong ngap ko')).messages
    for (const words of ['Hùng Vương', 'cấm qua', '45 cm', 'Ban Chỉ huy PTDS xã', '112'])
      expect(textOf(said)).toContain(words)
    const asked = (await chat.deliver(buttonFor(said, `depth.${id}`))).messages
    expect(choicesOf(asked)).toHaveLength(6)
    const done = (await chat.deliver(buttonFor(asked, `depth.${id}.waist`))).messages
    expect(textOf(done)).toContain('Ngang bụng')
    const again = (await chat.type('hùng vương ngập không')).messages
    expect(textOf(again)).toContain('1 lượt')
    expect(textOf(again)).toContain('100 cm')
  })

  it('which roads: those under water, here first; a place that nobody watches is not said to be dry', async () => {
    await room.add()
    const chat = chatOf()
    expect(textOf((await chat.type('đường nào ngập')).messages)).toContain(
      'Chỗ khác có thể vẫn ngập',
    )
    await room.add({ name: 'Đập Đá', road: 'closed' })
    const wet = textOf((await chat.type('chừ mô ngập rứa')).messages)
    expect(wet).toContain('Đập Đá')
    expect(wet).not.toContain('Hùng Vương')
    const other = textOf((await chat.type('Phong Điền ngập không')).messages)
    expect(other).toContain('không biết')
  })

  it('none watched at all: says so, and what one can do', async () => {
    const said = (await chatOf().type('đường nào ngập')).messages
    expect(textOf(said)).toContain('chưa theo dõi điểm ngập nào')
    expect(choicesOf(said).map(({ id }) => id.split(':')[2])).toContain('report_incident')
  })
})
