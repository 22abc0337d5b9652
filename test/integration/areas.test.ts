import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Ctx } from '../../api/context.ts'
import { AppError, ERROR_STATUS } from '../../api/core/errors.ts'
import type { HttpEnv } from '../../api/http/kit.ts'
import {
  areaRoutes,
  findAgency,
  homeHamlets,
  importBoundaries,
  importHamlets,
  importIssueText,
  listAgencies,
  listHamlets,
  listHotlines,
  listOffices,
  loadAreaIndex,
  loadCalendar,
  placeFactsForPin,
  placeFactsForText,
  resolveAreaName,
  resolveCoordinate,
  saveAgency,
  saveHotline,
  saveOffice,
  seedReference,
  UNITS,
  workingDaysAfter,
} from '../../api/rooms/areas/index.ts'
import { openDatabase, type TestDb, testCtx } from '../harness.ts'

let test: TestDb
let ctx: Ctx
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  ctx = testCtx(test.db)
})
afterAll(() => test.close())

const official = (roles: ('officer' | 'admin')[]): Actor => ({
  kind: 'official',
  officialId: '01900000-0000-7000-8000-000000000001',
  roles,
  capabilities: [],
  unitCode: '19867',
  agencyCode: null,
})
const errorOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof AppError) return error
  throw new Error(`expected an AppError, got ${String(error)}`)
}
const auditActions = async () =>
  (await test.db.selectFrom('audit').select(['action', 'fields']).orderBy('seq').execute()).map(
    (row) => row.action,
  )

const square = (code: string, lng: number, lat: number, r: number) => ({
  type: 'Feature',
  properties: { code },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [lng - r, lat - r],
        [lng + r, lat - r],
        [lng + r, lat + r],
        [lng - r, lat + r],
        [lng - r, lat - r],
      ],
    ],
  },
})
const collection = (...features: object[]) =>
  JSON.stringify({ type: 'FeatureCollection', features })
const HOME = { lng: 107.5325, lat: 16.5697 }
const home = () => square('19867', HOME.lng, HOME.lat, 0.005)
const unitLevel = { level: 'unit', source: 'test' } as const

const ROWS = [
  { unitCode: '19867', name: 'Thôn Phước Yên', validFrom: '2025-07-01', lng: 107.53, lat: 16.56 },
  { unitCode: '19867', name: 'Hà Đồ', validFrom: '2025-07-01' },
  { unitCode: '19867', name: 'Thôn Cũ', validFrom: '2025-07-01', validTo: '2026-01-31' },
]
const hamletSource = { source: 'test' }

describe('boundaries', () => {
  it('make a point exact, and a second file replaces them', async () => {
    expect((await resolveCoordinate(ctx, HOME)).isExact).toBe(false)
    const first = await importBoundaries(ctx, collection(home()), unitLevel)
    expect(first.imported).toBe(1)
    expect(first.missing).toHaveLength(39)
    expect(await resolveCoordinate(ctx, HOME)).toMatchObject({
      outcome: 'one',
      isExact: true,
      candidates: [{ unitCode: '19867', why: 'inside' }],
    })
    await importBoundaries(ctx, collection(square('19867', 107.51, 16.59, 0.002)), unitLevel)
    const moved = await resolveCoordinate(ctx, HOME)
    expect(moved.candidates.map((c) => c.unitCode)).not.toContain('19867')
    expect(await auditActions()).toEqual(['areas.boundaries_imported', 'areas.boundaries_imported'])
  })

  it('one bad feature leaves nothing behind, and every bad one is reported', async () => {
    const bad = square('10000', HOME.lng, HOME.lat, 0.01)
    const swapped = square('19885', 16.6, 107.46, 0.01)
    const error = await errorOf(importBoundaries(ctx, collection(home(), bad, swapped), unitLevel))
    expect(error.code).toBe('areas.invalid_import')
    expect(error.issues.map((issue) => issue.code)).toEqual(['unknown_code', 'swapped'])
    for (const issue of error.issues) expect(importIssueText(issue, ctx.t)).toContain(issue.path)
    expect(await test.db.selectFrom('areaBoundary').selectAll().execute()).toEqual([])
    expect(await auditActions()).toEqual([])
  })

  it('of hamlets, by id, by code, and by unit and name, name the hamlet of a point', async () => {
    await importHamlets(
      ctx,
      [{ ...ROWS[1], code: 'HD' }, ROWS[0]].flatMap((row) =>
        row ? [{ name: '', unitCode: '', validFrom: '', ...row }] : [],
      ),
      hamletSource,
    )
    const byCode = square('HD', HOME.lng, HOME.lat, 0.003)
    const byName = square('', 107.53, 16.56, 0.003)
    byName.properties = Object.assign(byName.properties, { unitCode: '19867', name: 'phuoc yen' })
    await importBoundaries(ctx, collection(byCode, byName), { level: 'hamlet', source: 'test' })
    const pin = await placeFactsForPin(ctx, HOME)
    expect(pin.places).toMatchObject([
      { label: 'thôn Hà Đồ, xã Quảng Điền', exact: true, at: HOME },
    ])
    const [yen] = await listHamlets(test.db, '19867').then((l) =>
      l.filter((h) => h.name !== 'Hà Đồ'),
    )
    const other = await resolveCoordinate(ctx, { lng: 107.53, lat: 16.56 })
    expect(other.candidates[0]?.hamletId).toBe(yen?.id)
    const nobody = square('XX', HOME.lng, HOME.lat, 0.003)
    const refused = importBoundaries(ctx, collection(nobody), { level: 'hamlet', source: 'test' })
    expect((await errorOf(refused)).issues).toMatchObject([{ code: 'unknown_code' }])
  })

  it('are for administrators and the system', async () => {
    const as = (actor: Actor) =>
      importBoundaries(testCtx(test.db, { actor }), collection(home()), unitLevel)
    expect((await errorOf(as({ kind: 'anonymous' }))).code).toBe('http.unauthenticated')
    expect((await errorOf(as({ kind: 'resident', residentId: 'r' }))).code).toBe('http.forbidden')
    expect((await errorOf(as(official(['officer'])))).code).toBe('http.forbidden')
    expect((await as(official(['admin']))).imported).toBe(1)
  })
})

describe('hamlets', () => {
  it('come from a file once: the same file again changes nothing', async () => {
    const csv = `unitCode,name,validFrom,lng,lat\n19867,Phước Yên,2025-07-01,107.53,16.56\n19885,TDP 5,2025-07-01,,\n`
    const first = await importHamlets(ctx, csv, hamletSource)
    expect(first).toEqual({ inserted: 2, updated: 0, unchanged: 0 })
    const before = await listHamlets(test.db, '19867')
    const again = await importHamlets(ctx, csv, hamletSource)
    expect(again).toEqual({ inserted: 0, updated: 0, unchanged: 2 })
    const moved = await importHamlets(ctx, csv.replace('107.53', '107.54'), hamletSource)
    expect(moved).toEqual({ inserted: 0, updated: 1, unchanged: 1 })
    const [after] = await listHamlets(test.db, '19867')
    expect(after).toEqual({ ...before[0], lng: 107.54 })
    expect(await auditActions()).toEqual(['areas.hamlets_imported', 'areas.hamlets_imported'])
  })

  it('are dated: a past one is not listed, and a name may return on a later day', async () => {
    await importHamlets(ctx, ROWS, hamletSource)
    const names = async (at?: Date) =>
      (await listHamlets(test.db, '19867', at)).map((hamlet) => hamlet.name)
    expect(await names(ctx.now())).toEqual(['Hà Đồ', 'Phước Yên'])
    expect(await names()).toEqual(['Hà Đồ', 'Phước Yên'])
    expect(await names(new Date('2026-01-31T10:00:00Z'))).toContain('Cũ')
    const clash = { unitCode: '19867', name: 'Cũ', validFrom: '2026-01-01' }
    const error = await errorOf(importHamlets(ctx, [clash], hamletSource))
    expect(error.issues).toEqual([{ path: 'rows.0.name', code: 'duplicate' }])
    const later = { ...clash, validFrom: '2026-02-01' }
    expect((await importHamlets(ctx, [later], hamletSource)).inserted).toBe(1)
  })

  it('a bad row keeps the good ones out, and nobody else may', async () => {
    const bad = { unitCode: '10000', name: 'X', validFrom: '2025-07-01' }
    const error = await errorOf(importHamlets(ctx, [...ROWS, bad], hamletSource))
    expect(error.issues).toEqual([{ path: 'rows.3.unitCode', code: 'unknown_code' }])
    expect(await listHamlets(test.db, '19867')).toEqual([])
    const other = testCtx(test.db, { actor: official(['officer']) })
    expect((await errorOf(importHamlets(other, ROWS, hamletSource))).code).toBe('http.forbidden')
  })
})

describe('places for the chat', () => {
  beforeEach(() => importHamlets(ctx, ROWS, hamletSource))

  it('a text gives the hamlet with its unit, a former name says what it is now', async () => {
    const [yen] = (await placeFactsForText(ctx, 'ngap o thon phuoc yen toi goi')).places
    expect(yen).toMatchObject({
      label: 'thôn Phước Yên, xã Quảng Điền',
      unitCode: '19867',
      exact: true,
      at: { lng: 107.53, lat: 16.56 },
    })
    const [tho] = (await placeFactsForText(ctx, 'ngap o quang tho')).places
    expect(tho).toMatchObject({ unitCode: '19867', exact: true })
    expect(tho?.label).toContain('Quảng Thọ')
    expect(tho?.label).toContain('xã Quảng Điền')
  })

  it('namesakes come as several with labels that differ, none exact', async () => {
    const { places } = await placeFactsForText(ctx, 'ngập ở xã Phú Vinh')
    expect(places.map((place) => place.unitCode)).toEqual(['19945', '20071'])
    expect(new Set(places.map((place) => place.label)).size).toBe(2)
    expect(places.some((place) => place.exact)).toBe(false)
  })

  it('a past hamlet is no place any more', async () => {
    expect((await placeFactsForText(ctx, 'thôn Cũ')).places).toEqual([])
  })

  it('a pin outside says so, a pin inside without boundaries is not exact', async () => {
    const hanoi = await placeFactsForPin(ctx, { lng: 105.85, lat: 21.03 })
    expect(hanoi).toEqual({ places: [], outsideProvince: true })
    const pin = await placeFactsForPin(ctx, HOME)
    expect(pin.outsideProvince).toBe(false)
    expect(pin.places[0]).toEqual({
      label: 'xã Quảng Điền',
      at: HOME,
      unitCode: '19867',
      exact: false,
    })
  })

  it('the home commune’s hamlets are buttons in Vietnamese order', async () => {
    const buttons = await homeHamlets(ctx)
    expect(buttons.map((button) => button.label)).toEqual(['thôn Hà Đồ', 'thôn Phước Yên'])
    expect(buttons.every((button) => button.exact && button.hamletId !== undefined)).toBe(true)
  })

  it('the whole index knows the hamlets of the day', async () => {
    const index = await loadAreaIndex(test.db, ctx.now())
    expect(resolveAreaName('Phước Yên, Quảng Thọ', index).candidates[0]?.hamlet?.name).toBe(
      'Phước Yên',
    )
    expect(resolveAreaName('thôn Cũ', index).outcome).toBe('none')
  })
})

const AGENCY = {
  code: 'ubnd-19867',
  unitCode: '19867',
  nameVi: 'UBND xã Quảng Điền',
  nameEn: "People's Committee of Quảng Điền",
  kind: 'commune_office',
  validFrom: '2025-07-01',
} as const
const OFFICE = {
  agencyCode: AGENCY.code,
  unitCode: '19867',
  nameVi: 'Một cửa',
  nameEn: 'One-stop desk',
  addressVi: 'Sịa',
  hours: { '1': [['07:30', '11:30']] as [string, string][] },
  source: 'test',
}
const HOTLINE = {
  code: 'xa-19867',
  unitCode: '19867',
  phone: '02340000000',
  nameVi: 'Trực ban xã',
  nameEn: 'Duty desk',
  position: 5,
  confirmed: true,
  source: 'test',
}

describe('agencies, offices, hotlines', () => {
  it('are added, changed and left alone, with one audit row a change', async () => {
    const { id } = await saveAgency(ctx, AGENCY)
    await saveAgency(ctx, AGENCY)
    const renamed = await saveAgency(ctx, { ...AGENCY, nameVi: 'Ủy ban nhân dân xã Quảng Điền' })
    expect(renamed.id).toBe(id)
    await saveOffice(ctx, OFFICE)
    await saveOffice(ctx, OFFICE)
    const hours = { ...OFFICE.hours, '2': [['13:30', '17:00']] as [string, string][] }
    await saveOffice(ctx, { ...OFFICE, hours })
    await saveHotline(ctx, HOTLINE)
    await saveHotline(ctx, { ...HOTLINE, confirmed: false })
    expect(await auditActions()).toEqual([
      'areas.added',
      'areas.changed',
      'areas.added',
      'areas.changed',
      'areas.added',
      'areas.changed',
    ])
    const changes = await test.db.selectFrom('audit').select(['fields', 'data']).execute()
    expect(changes.map((row) => row.fields).filter((fields) => fields.length === 1)).toEqual([
      ['nameVi'],
      ['hours'],
      ['confirmed'],
    ])
    expect((await listOffices(test.db, '19867'))[0]?.hours).toEqual(hours)
    expect(await listHotlines(test.db, '19867')).toMatchObject([{ confirmed: false }])
    expect(await listHotlines(test.db, '19885')).toEqual([])
  })

  it('a merged agency keeps its code and leaves the list', async () => {
    await saveAgency(ctx, { ...AGENCY, code: 'new' })
    await saveAgency(ctx, { ...AGENCY, successorCode: 'new', validTo: '2026-06-30' })
    expect((await listAgencies(test.db, '19867', ctx.now())).map((a) => a.code)).toEqual(['new'])
    expect((await listAgencies(test.db, '19885', ctx.now())).map((a) => a.code)).toEqual([])
    expect((await findAgency(test.db, AGENCY.code))?.successorCode).toBe('new')
    expect(await findAgency(test.db, 'none')).toBeUndefined()
  })

  it('refuse an unknown unit, agency or successor, bad hours, and other people', async () => {
    const codes = [
      await errorOf(saveAgency(ctx, { ...AGENCY, unitCode: '10000' })),
      await errorOf(saveAgency(ctx, { ...AGENCY, successorCode: 'nobody' })),
      await errorOf(saveAgency(ctx, { ...AGENCY, successorCode: AGENCY.code })),
      await errorOf(saveOffice(ctx, OFFICE)),
      await errorOf(saveOffice(ctx, { ...OFFICE, hours: { '1': [['12:00', '07:00']] } })),
      await errorOf(saveHotline(ctx, { ...HOTLINE, phone: 'gọi đi' })),
    ].map((error) => error.code)
    expect(new Set(codes)).toEqual(new Set(['http.invalid_input']))
    const other = testCtx(test.db, { actor: official(['officer']) })
    for (const work of [
      saveAgency(other, AGENCY),
      saveOffice(other, OFFICE),
      saveHotline(other, HOTLINE),
    ])
      expect((await errorOf(work)).code).toBe('http.forbidden')
    expect(await auditActions()).toEqual([])
  })
})

describe('reference data', () => {
  it('is there after the first start and the same after the second', async () => {
    await seedReference(test.db, ctx.now(), ctx.newId)
    const first = await listHotlines(test.db)
    await saveHotline(ctx, { ...HOTLINE, code: 'police-113', unitCode: null, phone: '113' })
    await seedReference(test.db, ctx.now(), ctx.newId)
    expect(first.map(({ phone, confirmed }) => [phone, confirmed])).toEqual([
      ['112', false],
      ['113', false],
      ['114', false],
      ['115', false],
      ['19001075', true],
    ])
    const second = await listHotlines(test.db)
    expect(second).toHaveLength(5)
    expect(second.find((row) => row.phone === '113')?.confirmed).toBe(true)
    const calendar = await loadCalendar(test.db)
    expect(workingDaysAfter('2026-11-23', 7, calendar)).toEqual({
      date: '2026-12-03',
      isEstimated: false,
    })
  })

  it('replaces estimates and never a confirmed day', async () => {
    await seedReference(test.db, ctx.now(), ctx.newId)
    const set = (date: string, change: { nameVi?: string; confirmed?: boolean }) =>
      test.db.updateTable('calendarDay').set(change).where('date', '=', date).execute()
    await set('2027-02-05', { nameVi: 'x', confirmed: true })
    await set('2027-02-08', { nameVi: 'x' })
    const estimate = await test.db
      .selectFrom('calendarDay')
      .selectAll()
      .where('date', '=', '2027-02-09')
      .executeTakeFirstOrThrow()
    await test.db
      .insertInto('calendarDay')
      .values({ ...estimate, date: '2027-02-12' })
      .execute()
    await seedReference(test.db, ctx.now(), ctx.newId)
    const days = await test.db
      .selectFrom('calendarDay')
      .select(['date', 'nameVi'])
      .where('date', 'in', ['2027-02-05', '2027-02-08', '2027-02-12'])
      .orderBy('date')
      .execute()
    expect(days.map(({ date, nameVi }) => [date, nameVi === 'x'])).toEqual([
      ['2027-02-05', true],
      ['2027-02-08', false],
    ])
  })
})

describe('over HTTP', () => {
  const app = new OpenAPIHono<HttpEnv>()
  app.use(async (c, next) => {
    c.set('ctx', ctx)
    await next()
  })
  app.onError((error, c) => {
    if (!(error instanceof AppError)) throw error
    return c.json({ code: error.code }, ERROR_STATUS[error.code])
  })
  app.route('/', areaRoutes())
  const get = async (path: string) => {
    const response = await app.request(path)
    return { status: response.status, body: await response.json() }
  }

  it('lists the 40 units with their former communes', async () => {
    const { status, body } = await get('/areas')
    expect(status).toBe(200)
    expect(body.units).toHaveLength(40)
    expect(body.units).toHaveLength(UNITS.length)
    const unit = body.units.find((one: { code: string }) => one.code === '19867')
    expect(unit).toMatchObject({ name: 'Quảng Điền', fullName: 'Xã Quảng Điền', kind: 'xa' })
    expect(unit.formedFrom.map((f: { code: string }) => f.code)).toEqual([
      '19867',
      '19882',
      '19888',
      '19894',
    ])
  })

  it('resolves a name and a point, and refuses half a question', async () => {
    const name = await get(`/areas/resolve?q=${encodeURIComponent('xã Quảng Thọ')}`)
    expect(name.body).toMatchObject({
      query: 'xã Quảng Thọ',
      outcome: 'one',
      exact: true,
      candidates: [{ unitCode: '19867', why: 'former', matched: 'Xã Quảng Thọ' }],
    })
    const many = await get('/areas/resolve?q=phu%20vinh')
    expect(many.body).toMatchObject({ outcome: 'many', exact: false })
    const notes = many.body.candidates.map((c: { note: string }) => c.note)
    expect(new Set(notes).size).toBe(2)
    const text = await get('/areas/resolve?q=ngap%20o%20quang%20tho')
    expect(text.body.candidates[0].unitCode).toBe('19867')
    const point = await get('/areas/resolve?lat=16.5697&lng=107.5325')
    expect(point.body).toMatchObject({ exact: false, query: HOME })
    expect(point.body.candidates[0].distanceM).toBe(0)
    expect((await get('/areas/resolve?lat=21.03&lng=105.85')).body.outcome).toBe('outside')
    for (const bad of [
      '',
      '?lat=16.5',
      '?lng=107',
      '?q=',
      '?q=a&lat=16&lng=107',
      '?lat=x&lng=1',
      '?lat=&lng=',
    ]) {
      const answer = await get(`/areas/resolve${bad}`)
      expect([bad, answer.status, answer.body.code]).toEqual([bad, 422, 'http.invalid_input'])
    }
  })

  it('lists hamlets, agencies and hotlines', async () => {
    await seedReference(test.db, ctx.now(), ctx.newId)
    await importHamlets(ctx, ROWS, hamletSource)
    await saveAgency(ctx, AGENCY)
    const { hamlets } = (await get('/areas/19867/hamlets')).body
    expect(hamlets.map((h: { name: string }) => h.name)).toEqual(['Hà Đồ', 'Phước Yên'])
    expect((await get('/areas/19868/hamlets')).body.code).toBe('areas.not_found')
    expect((await get('/areas/agencies?unit=19867')).body.agencies).toMatchObject([
      { code: AGENCY.code, kind: 'commune_office' },
    ])
    expect((await get('/areas/agencies?unit=x')).status).toBe(422)
    expect((await get('/areas/hotlines')).body.hotlines).toHaveLength(5)
  })
})
