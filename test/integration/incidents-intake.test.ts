import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parsePublicCode, sha256Hex } from '../../api/core/ids.ts'
import {
  createIncident,
  getPublicIncident,
  listPublicIncidents,
  lookupOwn,
  saveRoute,
} from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb, testCtx, testPorts } from '../harness.ts'
import { type Commune, INSIDE, OFFICE, openCommune, UNIT } from './incidents-kit.ts'

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

const incidents = () => test.db.selectFrom('incident').selectAll().execute()
const WRONG = 'x'.repeat(43)

describe('a report', () => {
  it('gets a code, a secret kept only as a hash, a unit and a day under the working calendar', async () => {
    const created = await c.report()
    expect(parsePublicCode(created.publicCode)).toBe(created.publicCode)
    const row = await c.rowOf(created.publicCode)
    expect(row.secretHash).toBe(await sha256Hex(created.secret))
    expect(row).toMatchObject({
      state: 'received',
      unitCode: UNIT,
      version: 1,
      hidesIdentity: true,
    })
    // Monday 23/11/2026 plus five working days; 24/11 is a holiday.
    expect([created.unitCode, created.dueDate]).toEqual([UNIT, '2026-12-01'])
    expect(created.nextStep).toContain('Phòng Kinh tế')
    expect(created.nextStep).toContain('01/12/2026')
  })

  it('without a route is due after seven working days', async () => {
    const { dueDate } = await c.report({ category: 'trees' })
    expect(dueDate).toBe('2026-12-03')
  })

  it('leaves an audit row and an event without a word of what was written', async () => {
    const { publicCode } = await c.report({ description: 'gọi 0912345678 gấp' })
    const { id } = await c.rowOf(publicCode)
    const [row] = await c.audited()
    expect(row).toMatchObject({ action: 'incident.create', subjectId: id })
    const events = await test.db.selectFrom('domainEvent').selectAll().execute()
    expect(events.map((e) => [e.kind, e.subjectId])).toContainEqual(['incident.received', id])
    expect(JSON.stringify([row, events])).not.toMatch(/0912345678|16\.56/)
  })

  it('keeps the depth and the time that its words name, and tells the depth to later rooms', async () => {
    const { publicCode } = await c.report({
      category: 'flood',
      description: 'ngập tới gối từ tối qua',
    })
    const row = await c.rowOf(publicCode)
    expect(row).toMatchObject({ depthCm: 50, timeWords: 'từ tối qua', beganOn: '2026-11-22' })
    const event = await test.db
      .selectFrom('domainEvent')
      .select('data')
      .where('subjectId', '=', row.id)
      .executeTakeFirstOrThrow()
    expect(event.data).toMatchObject({ category: 'flood', depthCm: 50 })
    const given = await c.report({ category: 'flood', description: 'ngập rồi', depthCm: 70 })
    expect((await c.rowOf(given.publicCode)).depthCm).toBe(70)
    const hole = await c.report({ category: 'road', description: 'ổ gà sâu 40 phân' })
    expect((await c.rowOf(hole.publicCode)).depthCm).toBeNull()
  })

  it('is stored NFC and without invisible signs', async () => {
    const { publicCode } = await c.report({ description: ' đèn\u200B hư'.normalize('NFD') })
    expect((await c.rowOf(publicCode)).description).toBe('đèn hư'.normalize('NFC'))
  })

  it.each([
    ['nothing but invisible signs', { description: '\u200B \u0007' }, 'http.invalid_input'],
    ['more than 4,000 signs', { description: 'a'.repeat(4_001) }, 'http.invalid_input'],
    ['a consent text that is not the current one', { consentVersion: 9 }, 'identity.consent_stale'],
    ['a pin without a point', { place: { source: 'pin' as const } }, 'incidents.place_missing'],
    [
      'a pin in another province',
      { place: { source: 'pin' as const, lng: 106.7, lat: 10.8 } },
      'incidents.outside_province',
    ],
    [
      'a hamlet that is none',
      {
        place: { source: 'hamlet' as const, hamletId: '0190a000-0000-7000-8000-000000000009' },
      },
      'incidents.place_missing',
    ],
    [
      'a name that means nothing',
      { place: { source: 'name' as const, text: 'Xanh Đỏ Tím' } },
      'incidents.place_missing',
    ],
    [
      'a unit that does not exist',
      { place: { source: 'name' as const, unitCode: '00000' } },
      'incidents.place_missing',
    ],
    [
      'a photo that is not the sender’s',
      { media: [{ mediaId: '0190a000-0000-7000-8000-000000000009' }] },
      'files.not_found',
    ],
  ])('with %s is refused and leaves nothing', async (_what, more, code) => {
    await expect(c.report(more)).rejects.toMatchObject({ code })
    expect(await incidents()).toEqual([])
    expect(await c.audited()).toEqual([])
  })

  it('at a name that means several places is refused with the candidates', async () => {
    const place = { source: 'name' as const, text: 'Hương Phong' }
    const refused = await c.report({ place }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'incidents.place_unclear' })
    const { detail } = refused as { detail: { candidates: { unitCode: string }[] } }
    expect(new Set(detail.candidates.map((one) => one.unitCode)).size).toBeGreaterThan(1)
  })

  it('at a former commune goes to the unit of today', async () => {
    const place = { source: 'name' as const, text: 'xã Quảng Thọ' }
    expect((await c.report({ place })).unitCode).toBe(UNIT)
  })

  it('keeps the hamlet that is named beside a pin, if it is of the same unit', async () => {
    const pin = { source: 'pin' as const, ...INSIDE, unitCode: UNIT, hamletId: c.hamlet.id }
    const { publicCode } = await c.report({ place: pin })
    await c.walkTo(publicCode, 'accepted')
    expect(await getPublicIncident(c.nobody(), publicCode)).toMatchObject({
      ...{ hamletName: 'Phước Yên', place: INSIDE },
    })
    const far = { source: 'pin' as const, lng: 107.6, lat: 16.46, hamletId: c.hamlet.id }
    const elsewhere = await c.report({ place: far })
    expect((await c.rowOf(elsewhere.publicCode)).hamletId).toBeNull()
  })

  it('at a hamlet takes its unit and its point', async () => {
    const { publicCode } = await c.report({
      place: { source: 'hamlet', hamletId: c.hamlet.id, text: 'gần đình' },
    })
    expect(await c.rowOf(publicCode)).toMatchObject({
      unitCode: UNIT,
      hamletId: c.hamlet.id,
      lng: 107.51,
      placeText: 'gần đình',
    })
  })

  it('of an official is not taken: they have other doors', async () => {
    await expect(createIncident(c.as(c.dispatcher), c.input())).rejects.toMatchObject({
      code: 'http.forbidden',
    })
  })

  it('of a resident keeps the proof of consent and who reported', async () => {
    const { publicCode, residentId } = await c.reportFromChat()
    const consents = await test.db.selectFrom('consent').selectAll().execute()
    expect(consents).toMatchObject([{ residentId, purpose: 'report', version: 1 }])
    expect(await c.rowOf(publicCode)).toMatchObject({ reporterId: residentId, channel: 'telegram' })
  })

  it('draws another code when the first is taken', async () => {
    const random = testPorts().random
    let draws = 0
    // The first two codes come out alike: secrets take 32 bytes, codes 14.
    const ports = testPorts({
      random: (length) => (length === 14 && draws++ < 2 ? new Uint8Array(14) : random(length)),
    })
    const ctx = testCtx(test.db, { actor: { kind: 'anonymous' }, clock: c.clock, ports })
    const codes = [await createIncident(ctx, c.input()), await createIncident(ctx, c.input())]
    expect(new Set(codes.map((one) => one.publicCode)).size).toBe(2)
    expect(draws).toBe(3)
  })

  it('keeps its photos private until an official accepts it', async () => {
    const { mediaId } = await c.photo({ kind: 'anonymous' }, 'chat-1')
    const { publicCode } = await c.reportFromChat({ media: [{ mediaId }] })
    expect((await getPublicIncident(c.nobody(), publicCode)).mediaIds).toEqual([])
    await c.walkTo(publicCode, 'accepted')
    expect((await getPublicIncident(c.nobody(), publicCode)).mediaIds).toEqual([mediaId])
  })

  it('about a private matter keeps its photos with the desk for good', async () => {
    const { mediaId } = await c.photo({ kind: 'anonymous' }, 'chat-1')
    const { publicCode } = await c.reportFromChat({ category: 'noise', media: [{ mediaId }] })
    await c.walkTo(publicCode, 'answered')
    expect((await getPublicIncident(c.nobody(), publicCode)).mediaIds).toEqual([])
  })
})

describe('the public', () => {
  it('sees only the state before acceptance, and masked facts afterwards', async () => {
    const description = 'Tôi là Trần Thị Mận, 0912345678, đèn hư'
    const { publicCode } = await c.reportFromChat({
      description,
      place: { source: 'pin', ...INSIDE, text: 'nhà số 3, 0912345678', isPrivate: true },
    })
    await test.db.updateTable('resident').set({ displayName: 'Trần Thị Mận' }).execute()
    const before = await getPublicIncident(c.nobody(), publicCode)
    expect(before).toMatchObject({ state: 'received', unitName: 'Xã Quảng Điền' })
    expect([before.description, before.place]).toEqual([undefined, undefined])
    await c.walkTo(publicCode, 'accepted')
    const after = await getPublicIncident(c.nobody(), publicCode)
    expect(after.description).toContain('đèn hư')
    expect(after.place).toEqual({ lng: 107.533, lat: 16.57, text: 'Xã Quảng Điền' })
    const all = JSON.stringify([after, await listPublicIncidents(c.nobody(), {})])
    expect(all).not.toMatch(/Mận|0912|107\.5325|telegram|chat-1/)
  })

  it('finds nothing by an unknown code and by what is no code', async () => {
    for (const code of ['HUE-2222-2222', '', 'x'.repeat(200)]) {
      await expect(getPublicIncident(c.nobody(), code)).rejects.toMatchObject({
        code: 'incidents.not_found',
      })
    }
  })

  it('lists from acceptance on, newest first, a page at a time, each case once', async () => {
    const codes: string[] = []
    for (let i = 0; i < 5; i++) {
      const { publicCode } = await c.report()
      if (i !== 2) await c.walkTo(publicCode, 'accepted')
      codes.unshift(publicCode)
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listPublicIncidents(c.nobody(), { limit: 3, ...(cursor && { cursor }) })
      seen.push(...page.items.map((item) => item.publicCode))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual(codes.filter((_code, i) => i !== 2))
  })

  it('filters by unit, category, state and distance', async () => {
    const road = (await c.report()).publicCode
    const far = { source: 'pin' as const, lng: 107.55, lat: 16.6, unitCode: UNIT }
    const trees = (await c.report({ category: 'trees', place: far })).publicCode
    await c.walkTo(road, 'answered')
    await c.walkTo(trees, 'accepted')
    const list = async (query: Parameters<typeof listPublicIncidents>[1]) =>
      (await listPublicIncidents(c.nobody(), query)).items.map((item) => item.publicCode)
    expect(await list({ unit: '19789' })).toEqual([])
    expect(await list({ category: 'trees' })).toEqual([trees])
    expect(await list({ state: 'open' })).toEqual([trees])
    expect(await list({ state: 'closed' })).toEqual([road])
    expect(await list({ ...INSIDE, radiusM: 500 })).toEqual([road])
    expect(await list({ ...INSIDE, radiusM: 10_000 })).toEqual([trees, road])
  })

  it('cannot find a private place by drawing small circles', async () => {
    const { publicCode } = await c.report({ place: { source: 'pin', ...INSIDE, isPrivate: true } })
    await c.walkTo(publicCode, 'accepted')
    const at = async (lng: number, lat: number) =>
      (await listPublicIncidents(c.nobody(), { lng, lat, radiusM: 50 })).items.length
    expect(await at(107.533, 16.57)).toBe(1)
    // 60 m from the rounded point, at the true one.
    expect(await at(INSIDE.lng, INSIDE.lat)).toBe(0)
  })

  it('a cursor that is none of ours is an invalid input', async () => {
    await expect(listPublicIncidents(c.nobody(), { cursor: 'zzz' })).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
  })
})

describe('own cases', () => {
  it('are shown whole to who holds the secret, and to nobody else', async () => {
    const mine = await c.report({ description: 'gọi 0912345678' })
    const other = await c.report()
    const items = await lookupOwn(c.nobody(), {
      cases: [
        { code: mine.publicCode.toLowerCase(), secret: mine.secret },
        { code: other.publicCode, secret: mine.secret },
        { code: other.publicCode, secret: WRONG },
        { code: 'HUE-2222-2222', secret: WRONG },
        { code: mine.publicCode, secret: mine.secret },
      ],
    })
    expect(items.map((item) => item.publicCode)).toEqual([mine.publicCode])
    expect(items[0]).toMatchObject({ ownDescription: 'gọi 0912345678', ownPlace: INSIDE })
  })

  it('an unknown code and a wrong secret get the same answer', async () => {
    const { publicCode } = await c.report()
    const ask = (code: string) => lookupOwn(c.nobody(), { cases: [{ code, secret: WRONG }] })
    expect(await ask(publicCode)).toEqual(await ask('HUE-2222-2222'))
  })
})

describe('routes', () => {
  it('are set by who keeps reference data, once a category and unit, and audited', async () => {
    const route = { category: 'trees' as const, unitCode: null, agencyCode: OFFICE }
    await saveRoute(c.system, route)
    await saveRoute(c.system, { ...route, agencyCode: 'hue.dien' })
    const rows = await test.db
      .selectFrom('incidentRoute')
      .selectAll()
      .where('category', '=', 'trees')
      .execute()
    expect(rows).toMatchObject([{ agencyCode: 'hue.dien', dueInWorkingDays: 7 }])
    const saved = await test.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'incident.save_route')
      .execute()
    expect(saved).toHaveLength(3)
    expect((await c.report({ category: 'trees' })).nextStep).toContain('Điện lực')
    await expect(saveRoute(c.as(c.officer), route)).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    await expect(saveRoute(c.system, { ...route, agencyCode: 'khong-co' })).rejects.toMatchObject({
      code: 'incidents.agency_unknown',
    })
  })
})
