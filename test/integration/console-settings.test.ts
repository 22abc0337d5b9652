import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { localDate } from '../../api/core/time.ts'
import { purgeEnded } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { desk } from './console-kit.ts'
import { type Commune, OFFICE, openCommune, POLICE, UNIT } from './incidents-kit.ts'

let test: TestDb
let c: Commune
let admin: Actor
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
  admin = { ...c.dispatcher, roles: ['admin'] }
})
afterAll(() => test.close())

const at = (actor: Actor = admin) => desk(test.db, c, actor)
const settings = async () => (await at().get('/console/settings')).json()
const audits = async () =>
  (await test.db.selectFrom('audit').selectAll().orderBy('seq').execute()).map((row) => row.action)

it('a route gets another agency and term, and a case keeps what it was accepted under', async () => {
  const before = (await c.report()).publicCode
  await c.move(c.dispatcher, before, { kind: 'accept' })
  const { dueDate, dueBasis } = await c.rowOf(before)
  const route = { category: 'road', unitCode: UNIT, agencyCode: POLICE, dueInWorkingDays: 2 }
  expect((await at().put('/console/settings/routes', route)).status).toBe(204)
  expect((await settings()).routes).toContainEqual({ ...route, kind: null })
  expect(await c.rowOf(before)).toMatchObject({ dueDate, dueBasis })
  const after = (await c.report()).publicCode
  await c.move(c.dispatcher, after, { kind: 'accept' })
  expect((await c.rowOf(after)).dueBasis).toMatchObject({ workingDays: 2 })
  expect(await audits()).toContain('incident.save_route')
  const unknown = await at().put('/console/settings/routes', { ...route, agencyCode: 'none' })
  expect((await unknown.json()).code).toBe('incidents.agency_unknown')
})

it('a holiday moves new terms only; taking it off twice is recorded once', async () => {
  const day = {
    ...{ date: '2026-11-25', kind: 'holiday', nameVi: 'Nghỉ', nameEn: 'Off' },
    ...{ source: 'test', confirmed: true },
  }
  const old = await c.rowOf((await c.report()).publicCode)
  expect((await at().put('/console/settings/calendar', day)).status).toBe(204)
  const fresh = await c.rowOf((await c.report()).publicCode)
  expect([old.dueDate, fresh.dueDate]).toEqual(['2026-12-01', '2026-12-02'])
  for (let i = 0; i < 2; i++)
    expect((await at().remove(`/console/settings/calendar/${day.date}`)).status).toBe(204)
  expect((await audits()).filter((action) => action === 'areas.remove_day')).toHaveLength(1)
  const wrong = await at().put('/console/settings/calendar', { ...day, date: '2026-02-30' })
  expect(wrong.status).toBe(422)
})

it('an agency is added and changed, with the fields that changed on record', async () => {
  const agency = {
    ...{ code: 'quang-dien.y-te', unitCode: UNIT, nameVi: 'Trạm Y tế', nameEn: 'Health post' },
    ...{ kind: 'health', validFrom: '2025-07-01' },
  }
  await at().put('/console/settings/agencies', agency)
  await at().put('/console/settings/agencies', { ...agency, nameVi: 'Trạm Y tế xã' })
  const { agencies } = await settings()
  expect(agencies.find((one: { code: string }) => one.code === agency.code)).toMatchObject({
    nameVi: 'Trạm Y tế xã',
  })
  const rows = await test.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'areas.changed')
    .execute()
  expect(rows.map((row) => row.fields)).toEqual([['nameVi']])
})

it('a key is shown once, kept as a hash, and ended by its name', async () => {
  const made = await at().post('/console/settings/keys', {
    name: 'partner',
    rights: ['updates.read'],
  })
  const { secret } = await made.json()
  expect(secret.length).toBeGreaterThan(30)
  const text = JSON.stringify(await settings())
  expect(text).toContain('"partner"')
  expect(text).not.toContain(secret)
  const again = await at().post('/console/settings/keys', {
    name: 'partner',
    rights: ['updates.read'],
  })
  expect(again.status).toBe(409)
  expect((await at().remove('/console/settings/keys/partner')).status).toBe(204)
  expect((await at().remove('/console/settings/keys/partner')).status).toBe(404)
  expect(await audits()).toEqual(
    expect.arrayContaining(['open311.create_key', 'open311.revoke_key']),
  )
})

it('residents of a unit are kept with their source, of a known unit only', async () => {
  const row = { unitCode: UNIT, residents: 21_000, asOf: '2025-07-01', source: OFFICE }
  expect((await at().put('/console/settings/populations', row)).status).toBe(204)
  expect((await settings()).populations).toEqual([row])
  const unknown = await at().put('/console/settings/populations', { ...row, unitCode: '1' })
  expect(unknown.status).toBe(422)
})

it('the ladder of reminders is seen, dated and replaced, and every change is on record', async () => {
  const [shipped, ...later] = (await settings()).ladders
  expect([shipped.validFrom, shipped.isNow, later]).toEqual([null, true, []])
  expect(shipped.steps).toEqual([
    { afterWorkingDays: -2, recipient: 'officer' },
    { afterWorkingDays: 1, recipient: 'dispatcher' },
    { afterWorkingDays: 3, recipient: 'approver' },
  ])
  const steps = [{ afterWorkingDays: -1, recipient: 'officer' }]
  const more = [...steps, { afterWorkingDays: 2, recipient: 'approver' }]
  const put = (validFrom: string, rungs: object[]) =>
    at().put('/console/settings/ladders', { validFrom, steps: rungs })
  expect((await put('2026-12-01', steps)).status).toBe(204)
  expect((await put('2026-12-01', more)).status).toBe(204)
  expect((await settings()).ladders).toEqual([
    shipped,
    { validFrom: '2026-12-01', isNow: false, steps: more },
  ])
  c.clock.set('2026-12-01T02:00:00Z')
  expect((await settings()).ladders).toEqual([
    { validFrom: '2026-12-01', isNow: true, steps: more },
  ])
  const rows = await test.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'incident.save_ladder')
    .orderBy('seq')
    .execute()
  expect(rows.map((row) => row.data?.steps)).toEqual(['-1 officer', '-1 officer, 2 approver'])
  for (const wrong of [
    put('2026-11-30', steps),
    put('2026-12-02', []),
    put('2026-12-02', [...more].reverse()),
    put('2026-12-02', [{ afterWorkingDays: 1, recipient: 'mayor' }]),
  ])
    expect((await wrong).status).toBe(422)
})

it('an office is added and changed with its hours, each change with its fields on record', async () => {
  const office = {
    ...{ agencyCode: OFFICE, unitCode: UNIT, nameVi: 'Bộ phận Một cửa', nameEn: 'One-stop desk' },
    ...{ addressVi: 'Thị trấn Sịa', source: 'test' },
    hours: { '1': [['07:30', '11:30']] },
  }
  const save = (row: object, actor: Actor = admin) =>
    at(actor).put('/console/settings/offices', row)
  for (let i = 0; i < 2; i++) expect((await save(office)).status).toBe(204)
  const changed = {
    ...office,
    hours: {
      '1': [
        ['07:30', '11:30'],
        ['13:30', '17:00'],
      ],
    },
  }
  expect((await save(changed)).status).toBe(204)
  expect((await settings()).offices).toMatchObject([
    { nameVi: 'Bộ phận Một cửa', hours: changed.hours },
  ])
  expect((await audits()).filter((action) => action === 'areas.changed')).toHaveLength(1)
  expect((await save({ ...office, hours: { '1': [['11:30', '07:30']] } })).status).toBe(422)
  expect((await save({ ...office, agencyCode: 'none' })).status).toBe(422)
  expect((await save(office, c.dispatcher)).status).toBe(403)
})

it('a hamlet is added, moved and ended; one of the same name at the same time is refused', async () => {
  const hamlet = {
    ...{ unitCode: UNIT, name: 'Đông Xuyên', kind: 'thon', lng: 107.5, lat: 16.55 },
    ...{ validFrom: '2025-07-01', validTo: null, source: 'test' },
  }
  const save = (row: object, actor: Actor = admin) =>
    at(actor).put('/console/settings/hamlets', row)
  for (let i = 0; i < 2; i++) expect((await save(hamlet)).status).toBe(204)
  expect((await save({ ...hamlet, lat: 16.56, validTo: '2026-12-31' })).status).toBe(204)
  const kept = (await settings()).hamlets.filter((one: { name: string }) => /Xuyên/.test(one.name))
  expect(kept).toMatchObject([{ lat: 16.56, validTo: '2026-12-31' }])
  expect(await audits()).toContain('areas.hamlets_imported')
  const twin = await save({ ...hamlet, validFrom: '2026-01-01' })
  expect([twin.status, (await twin.json()).code]).toEqual([422, 'areas.invalid_import'])
  expect((await save({ ...hamlet, kind: 'x' })).status).toBe(422)
  expect((await save(hamlet, c.dispatcher)).status).toBe(403)
})

it('a term of keeping is dated within its bounds, once on record, and the purge follows it', async () => {
  const save = (row: object, actor: Actor = admin) =>
    at(actor).put('/console/settings/retention', row)
  const term = { kept: 'cases', validFrom: '2026-12-01', days: 60 }
  const casesNow = async () =>
    (await settings()).retention.find((one: { kept: string }) => one.kept === 'cases')
  expect(await casesNow()).toEqual({
    ...{ kept: 'cases', days: 180 },
    choice: { shipped: 180, least: 30, most: 365, later: [] },
  })
  for (const wrong of [
    { ...term, days: 29 },
    { ...term, days: 366 },
    { ...term, kept: 'audit' },
    { ...term, validFrom: localDate(c.clock.now()) },
    { ...term, validFrom: '2026-02-30' },
  ])
    expect((await save(wrong)).status).toBe(422)
  expect((await save(term, c.dispatcher)).status).toBe(403)
  for (let i = 0; i < 2; i++) expect((await save(term)).status).toBe(204)
  const rows = (await test.db.selectFrom('audit').selectAll().execute()).filter(
    (row) => row.action === 'console.save_retention',
  )
  expect(rows).toMatchObject([{ subjectId: 'cases', data: { validFrom: '2026-12-01', days: 60 } }])
  expect(await casesNow()).toMatchObject({
    days: 180,
    choice: { later: [{ validFrom: '2026-12-01', days: 60 }] },
  })
  const { publicCode } = await c.report()
  await c.move(c.dispatcher, publicCode, { kind: 'refuse', reasonCode: 'out_of_scope' })
  c.clock.advance(60 * 86_400 - 1)
  expect(await purgeEnded(c.system)).toBe(0)
  c.clock.advance(2)
  expect(await casesNow()).toMatchObject({ days: 60, choice: { later: [] } })
  expect(await purgeEnded(c.system)).toBe(1)
})
