import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import { AppError, ERROR_STATUS } from '../../api/core/errors.ts'
import type { HttpEnv } from '../../api/http/kit.ts'
import {
  areaRoutes,
  findAgency,
  importHamlets,
  listAgencies,
  listHotlines,
  listOffices,
  loadCalendar,
  saveAgency,
  saveHotline,
  saveOffice,
  seedReference,
  UNITS,
  workingDaysAfter,
} from '../../api/rooms/areas/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { errorOf, HOME, hamletSource, official, openAreas, ROWS } from './areas-kit.ts'

let test: TestDb
let areas: ReturnType<typeof openAreas>
let ctx: Ctx
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  areas = openAreas(test.db)
  ctx = areas.ctx
})
afterAll(() => test.close())

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
    expect(await areas.auditActions()).toEqual([
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
    const other = areas.as(official(['officer']))
    for (const work of [
      saveAgency(other, AGENCY),
      saveOffice(other, OFFICE),
      saveHotline(other, HOTLINE),
    ])
      expect((await errorOf(work)).code).toBe('http.forbidden')
    expect(await areas.auditActions()).toEqual([])
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
