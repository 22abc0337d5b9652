import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import {
  createIncident,
  findSimilarIncidents,
  getPublicIncident,
  saveRoute,
} from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type Commune, INSIDE, OFFICE, openCommune, POLICE, UNIT } from './incidents-kit.ts'

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

const call = { onBehalf: { channel: 'phone', consent: 'spoken' } } as const

describe('a report on behalf of somebody', () => {
  it('by phone keeps who wrote it down, the channel and the consent, and no reporter', async () => {
    const ctx = c.as(c.dispatcher)
    const { publicCode, secret } = await createIncident(ctx, c.input(call))
    const row = await c.rowOf(publicCode)
    expect(row).toMatchObject({
      channel: 'phone',
      takenById: c.dispatcher.officialId,
      reporterId: null,
      hidesIdentity: true,
    })
    expect(secret).not.toBe('')
    const steps = await test.db.selectFrom('incidentActivity').selectAll().execute()
    expect(steps[0]?.data).toMatchObject({ channel: 'phone', consent: 'spoken', consentVersion: 1 })
    expect(await c.audited()).toMatchObject([
      { action: 'incident.create', actorKind: 'official', data: { channel: 'phone' } },
    ])
  })

  it('is written by a hamlet head in the field, who may do nothing else with it', async () => {
    const head: Actor = { ...c.dispatcher, roles: [], capabilities: ['hamlet_head'] }
    const { publicCode } = await createIncident(
      c.as(head),
      c.input({ onBehalf: { channel: 'field', consent: 'spoken' } }),
    )
    await expect(c.move(head, publicCode, { kind: 'accept' })).rejects.toMatchObject({
      code: 'http.forbidden',
    })
  })

  it.each([
    ['a resident', () => c.nobody(), call],
    ['an officer', () => c.as(c.officer), call],
    ['a dispatcher of another commune', () => c.as(c.elsewhere), call],
    ['a dispatcher who does not say for whom', () => c.as(c.dispatcher), {}],
  ])('is not taken from %s', async (_who, ctx, more) => {
    await expect(createIncident(ctx(), c.input(more))).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    expect(await test.db.selectFrom('incident').selectAll().execute()).toEqual([])
  })
})

describe('a number of another system', () => {
  const externalRef = { source: 'hue-s', number: 'a228251' }
  it('belongs to one case, and the second is told which', async () => {
    const ctx = c.as(c.dispatcher)
    const first = await createIncident(ctx, c.input({ ...call, externalRef }))
    await expect(createIncident(ctx, c.input({ ...call, externalRef }))).rejects.toMatchObject({
      code: 'incidents.external_taken',
      params: { code: first.publicCode },
    })
    const other = { source: '1022', number: 'a228251' }
    await createIncident(ctx, c.input({ ...call, externalRef: other }))
    expect(JSON.stringify(await getPublicIncident(c.nobody(), first.publicCode))).not.toContain(
      'a228251',
    )
  })

  it('is an official’s to give', async () => {
    await expect(c.report({ externalRef })).rejects.toMatchObject({ code: 'http.forbidden' })
  })
})

describe('finer kinds', () => {
  it('decide the route before the category does', async () => {
    const route = { unitCode: UNIT, dueInWorkingDays: 9 }
    await saveRoute(c.system, { ...route, category: 'flood', agencyCode: OFFICE })
    await saveRoute(c.system, {
      category: 'flood',
      kind: 'riverbank',
      unitCode: null,
      agencyCode: POLICE,
      dueInWorkingDays: 3,
    })
    const bank = await c.report({ category: 'flood', kind: 'riverbank' })
    const street = await c.report({ category: 'flood', kind: 'street' })
    expect([bank.nextStep, street.nextStep]).toEqual([
      expect.stringContaining('Công an xã'),
      expect.stringContaining('Phòng Kinh tế'),
    ])
    expect(bank.dueDate).toBe('2026-11-27')
  })

  it('of another category are refused', async () => {
    await expect(c.report({ category: 'road', kind: 'street' })).rejects.toMatchObject({
      code: 'http.invalid_input',
      issues: [{ path: 'kind' }],
    })
    const route = { unitCode: null, agencyCode: OFFICE, category: 'road', kind: 'street' } as const
    await expect(saveRoute(c.system, route)).rejects.toMatchObject({ code: 'http.invalid_input' })
  })
})

describe('the term', () => {
  it('is kept with the days that did not count', async () => {
    const { publicCode, dueDate } = await c.report({ category: 'waste' })
    const { dueBasis } = await c.rowOf(publicCode)
    expect(dueDate).toBe('2026-12-03')
    expect(dueBasis).toMatchObject({ from: '2026-11-23', workingDays: 7, isEstimated: false })
    expect(dueBasis?.skipped).toEqual([
      {
        date: '2026-11-24',
        why: 'holiday',
        name: { vi: 'Ngày Văn hóa Việt Nam', en: 'Vietnam Culture Day' },
      },
      { date: '2026-11-28', why: 'weekend' },
      { date: '2026-11-29', why: 'weekend' },
    ])
  })
})

describe('an address', () => {
  it('is kept as written, with the unit that its last part names', async () => {
    const text = 'Kiệt 15/15 Đống Đa, xã Quảng Điền'
    const { publicCode, unitCode } = await c.report({ place: { source: 'address', text } })
    expect(unitCode).toBe(UNIT)
    expect(await c.rowOf(publicCode)).toMatchObject({ placeSource: 'address', placeText: text })
  })

  it('without a commune is asked for', async () => {
    await expect(
      c.report({ place: { source: 'address', text: 'số 7 kiệt 3' } }),
    ).rejects.toMatchObject({ code: 'incidents.place_missing' })
  })
})

describe('similar cases', () => {
  const DEGREE_M = 111_195
  const north = (metres: number) => ({ lng: INSIDE.lng, lat: INSIDE.lat + metres / DEGREE_M })
  const near = (more: object = {}) =>
    findSimilarIncidents(c.nobody(), {
      category: 'road',
      place: { source: 'pin', ...INSIDE, unitCode: UNIT },
      ...more,
    })
  const accepted = async (more: Parameters<Commune['report']>[0] = {}) => {
    const { publicCode } = await c.report(more)
    await c.walkTo(publicCode, 'accepted')
    return publicCode
  }

  it('are open, public, of the category, within 150 m and 14 days', async () => {
    const here = await accepted({ place: { source: 'pin', ...north(140), unitCode: UNIT } })
    await accepted({ place: { source: 'pin', ...north(160), unitCode: UNIT } })
    await accepted({ category: 'waste' })
    await c.report()
    const [found, ...others] = await near()
    expect([found?.publicCode, others]).toEqual([here, []])
    expect(found?.distanceM).toBeGreaterThan(130)
    c.clock.advance(15 * 86_400)
    expect(await near()).toEqual([])
  })

  it('without a point are those of the same hamlet', async () => {
    const place = { source: 'hamlet', hamletId: c.hamlet.id } as const
    const here = await accepted({ place })
    await accepted()
    const found = await near({ place })
    expect(found.map((one) => one.publicCode)).toEqual([here])
  })

  it('tie a new case to earlier ones at the same place, for the desk', async () => {
    const first = await accepted()
    const second = await c.report({
      place: { source: 'pin', ...north(40), unitCode: UNIT },
    })
    await c.report({ place: { source: 'pin', ...north(120), unitCode: UNIT } })
    const rows = await test.db.selectFrom('incidentRepeat').selectAll().execute()
    const [from, to] = [await c.rowOf(second.publicCode), await c.rowOf(first)]
    expect(rows).toEqual([{ incidentId: from.id, earlierId: to.id }])
  })
})
