import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exportEverything } from '../../api/data-requests.ts'
import { eraseResident, residentForChat } from '../../api/rooms/identity/index.ts'
import { seedStations } from '../../api/rooms/readings/index.ts'
import { followResidents, moveSos, purgeCalls } from '../../api/rooms/sos/index.ts'
import type { CallView } from '../../api/rooms/sos/schema.ts'
import { readBoard } from '../../api/rooms/sos/service/board.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { openWatch, type Watch } from './sos-kit.ts'

let test: TestDb
let w: Watch
let app: TestApp
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  w = await openWatch(test.db)
  app = testApp(test.db)
})
afterAll(() => test.close())

const SECRET = 'a1'.repeat(32)
const post = (path: string, json: unknown) =>
  app.request(`/api/v1${path}`, { method: 'POST', json })
const view = async (response: Response) => (await response.json()) as CallView

describe('the page', () => {
  it('calls without a session; sent again it is one call, more under the secret adds to it', async () => {
    const an = await w.watcher('an')
    expect((await post('/sos', { secret: SECRET })).status).toBe(200)
    const more = { secret: SECRET, at: { lng: 107.5325, lat: 16.5697 }, people: 3 }
    const kept = await view(
      await post('/sos', { ...more, vulnerable: ['child'], words: 'gác hai' }),
    )
    expect(kept).toMatchObject({ state: 'open', isTold: true, people: 3, vulnerable: ['child'] })
    await post('/sos', { ...more, vulnerable: ['child'], words: 'gác hai' })
    expect(await w.cases()).toHaveLength(1)
    expect((await w.notes()).map(({ text }) => text)).toEqual(['gác hai'])
    expect((await w.pushed(an.door.chatKey)).map(({ text }) => text)).toHaveLength(2)
    const later = await view(await post('/sos', { secret: SECRET, vulnerable: [] }))
    expect(later).toMatchObject({ people: 3, vulnerable: [] })
  })

  it('takes the place from the words where nothing better is known, and never over a pin', async () => {
    await post('/sos', { secret: SECRET })
    expect(await view(await post('/sos', { secret: SECRET, words: 'gác hai' }))).toMatchObject({
      place: null,
    })
    const named = { secret: SECRET, words: 'thon phuoc yen, nuoc toi co' }
    expect((await view(await post('/sos', named))).place).toContain('Phước Yên')
    const pinned = 'b2'.repeat(32)
    const at = { lng: 107.5325, lat: 16.5697 }
    const first = await view(await post('/sos', { secret: pinned, at }))
    const then = await view(await post('/sos', { ...named, secret: pinned }))
    expect(then.place).toBe(first.place)
  })

  it('shows who took it by office, each step, and the end', async () => {
    const an = await w.watcher('an')
    await post('/sos', { secret: SECRET })
    const caseId = (await w.cases())[0]?.id ?? ''
    await moveSos(an.ctx, { caseId, move: 'claim' })
    const claimed = await view(await post('/sos/status', { secret: SECRET }))
    expect(claimed.claimedBy).toBe(w.c.nobody().t('sos:duty.unit', { unit: 'xã Quảng Điền' }))
    expect(claimed.claimedAt).not.toBeNull()
    const ended = await view(await post('/sos/end', { secret: SECRET, as: 'safe' }))
    expect(ended).toMatchObject({ state: 'safe' })
    expect((await post('/sos/end', { secret: SECRET, as: 'safe' })).status).toBe(200)
    expect((await post('/sos/end', { secret: SECRET, as: 'withdrawn' })).status).toBe(409)
  })

  it('with nobody on duty says so; another secret or a bad body learns nothing', async () => {
    expect(await view(await post('/sos', { secret: SECRET }))).toMatchObject({ isTold: false })
    expect((await post('/sos/status', { secret: 'b2'.repeat(32) })).status).toBe(404)
    for (const bad of [{}, { secret: 'x' }, { secret: SECRET, people: 0 }])
      expect((await post('/sos', bad)).status).toBe(422)
    expect(await w.cases()).toHaveLength(1)
  })
})

describe('what is kept', () => {
  const HALF_YEAR_SECONDS = 181 * 86_400

  it('half a year after its end a call no longer leads to its sender, and says no more words', async () => {
    await post('/sos', { secret: SECRET, words: 'gác hai', phone: '0900000001' })
    await post('/sos/end', { secret: SECRET, as: 'safe' })
    expect(await purgeCalls(w.c.system)).toBe(0)
    w.c.clock.advance(HALF_YEAR_SECONDS)
    expect(await purgeCalls(w.c.system)).toBe(1)
    expect(await purgeCalls(w.c.system)).toBe(0)
    expect(await w.cases()).toMatchObject([{ state: 'safe', secretHash: null, phone: null }])
    expect(await w.notes()).toEqual([])
  })

  it('who erases themselves is forgotten in calls that ended, and has them in the copy before', async () => {
    const { id: residentId } = await residentForChat(w.c.nobody(), {
      channel: 'telegram',
      chatKey: 'caller',
      language: 'vi',
    })
    const door = w.open('telegram', 'caller')
    await door.type('cứu với, ở Phước Yên')
    await door.type('nhầm')
    const own = w.c.as({ kind: 'resident', residentId })
    expect((await exportEverything(own, residentId)).calls).toMatchObject([
      { state: 'withdrawn', said: [{ text: 'cứu với, ở Phước Yên' }] },
    ])
    await eraseResident(own, residentId)
    await followResidents(w.c.system)
    expect(await w.cases()).toMatchObject([{ chatKey: null, residentId: null }])
    expect(await w.notes()).toEqual([])
  })
})

describe('the board', () => {
  it('shows people, water near, who has it and each step, oldest first', async () => {
    await seedStations(test.db)
    const an = await w.watcher('an')
    await post('/sos', { secret: SECRET, at: { lng: 107.51, lat: 16.55 }, people: 2 })
    const [only] = (await readBoard(an.ctx)).cases
    expect(only).toMatchObject({ state: 'open', people: 2, claimedBy: null, isMine: false })
    expect(only?.water?.distanceKm).toBeGreaterThan(0)
    await moveSos(an.ctx, { caseId: only?.id ?? '', move: 'claim' })
    await moveSos(an.ctx, { caseId: only?.id ?? '', move: 'reach' })
    const [reached] = (await readBoard(an.ctx)).cases
    expect(reached).toMatchObject({ state: 'reached', claimedBy: 'Cán bộ an', isMine: true })
    expect((await readBoard(an.ctx)).onDuty).toEqual([{ name: 'Cán bộ an', hasChat: true }])
  })

  it('is for those who watch the unit; closing needs a reason and is audited', async () => {
    const an = await w.watcher('an')
    await post('/sos', { secret: SECRET })
    const caseId = (await w.cases())[0]?.id ?? ''
    expect((await app.request('/api/v1/console/sos')).status).toBe(401)
    await expect(readBoard(w.c.as(w.c.officer))).rejects.toMatchObject({ code: 'http.forbidden' })
    expect((await readBoard(w.c.as(w.c.elsewhere))).cases).toEqual([])
    const elsewhere = moveSos(w.c.as(w.c.elsewhere), { caseId, move: 'claim' })
    await expect(elsewhere).rejects.toMatchObject({ code: 'http.forbidden' })
    const bare = moveSos(an.ctx, { caseId, move: 'close' })
    await expect(bare).rejects.toMatchObject({ code: 'http.invalid_input' })
    await moveSos(an.ctx, { caseId, move: 'close', reason: 'false_alarm' })
    expect((await w.audited()).at(-1)).toMatchObject({
      action: 'sos.close',
      data: { from: 'open', to: 'closed', reason: 'false_alarm' },
    })
  })
})
