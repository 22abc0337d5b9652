import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Ctx } from '../../api/context.ts'
import {
  homeHamlets,
  importBoundaries,
  importHamlets,
  importIssueText,
  listHamlets,
  loadAreaIndex,
  placeFactsForPin,
  placeFactsForText,
  resolveAreaName,
  resolveCoordinate,
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
const home = () => square('19867', HOME.lng, HOME.lat, 0.005)
const unitLevel = { level: 'unit', source: 'test' } as const

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
    expect(await areas.auditActions()).toEqual([
      'areas.boundaries_imported',
      'areas.boundaries_imported',
    ])
  })

  it('one bad feature leaves nothing behind, and every bad one is reported', async () => {
    const bad = square('10000', HOME.lng, HOME.lat, 0.01)
    const swapped = square('19885', 16.6, 107.46, 0.01)
    const error = await errorOf(importBoundaries(ctx, collection(home(), bad, swapped), unitLevel))
    expect(error.code).toBe('areas.invalid_import')
    expect(error.issues.map((issue) => issue.code)).toEqual(['unknown_code', 'swapped'])
    for (const issue of error.issues) expect(importIssueText(issue, ctx.t)).toContain(issue.path)
    expect(await test.db.selectFrom('areaBoundary').selectAll().execute()).toEqual([])
    expect(await areas.auditActions()).toEqual([])
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
    const as = (actor: Actor) => importBoundaries(areas.as(actor), collection(home()), unitLevel)
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
    expect(await areas.auditActions()).toEqual(['areas.hamlets_imported', 'areas.hamlets_imported'])
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
    const other = areas.as(official(['officer']))
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
