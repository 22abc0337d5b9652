import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { desk } from './console-kit.ts'
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

const at = (actor: Actor | null) => desk(test.db, c, actor)
const map = async (actor: Actor, query = '') =>
  (await at(actor).get(`/console/map${query}`)).json() as Promise<{
    lng: number[]
    minutes: number[]
    flags: number[]
    hasMore: boolean
  }>
const pin = (east = 0) => ({
  place: { source: 'pin' as const, lng: INSIDE.lng + east, lat: INSIDE.lat, unitCode: UNIT },
})

describe('the map', () => {
  it('has the points of open cases within reach, with age, urgency and lateness', async () => {
    const first = (await c.report({ ...pin(), urgency: 'urgent' })).publicCode
    c.clock.advance(3_600)
    const second = (await c.report(pin(0.01))).publicCode
    await c.move(c.dispatcher, second, { kind: 'accept_and_assign', agencyCode: OFFICE })
    const points = await map(c.dispatcher)
    expect(points).toMatchObject({ minutes: [0, 60], flags: [0, 1], hasMore: false })
    expect((await map(c.officer)).lng).toEqual([expect.closeTo(INSIDE.lng + 0.01, 4)])
    expect((await map(c.elsewhere)).lng).toEqual([])
    await c.move(c.dispatcher, first, { kind: 'refuse', reasonCode: 'spam' })
    expect((await map(c.dispatcher)).lng).toHaveLength(1)
    expect((await map(c.dispatcher, '?scope=all')).lng).toHaveLength(2)
    expect((await map(c.dispatcher, '?category=waste')).lng).toHaveLength(0)
    c.clock.advance(60 * 86_400)
    expect((await map(c.dispatcher)).flags).toEqual([2])
  })

  it('opens a list of its window', async () => {
    const inside = (await c.report(pin())).publicCode
    await c.report(pin(0.05))
    const { lng, lat } = INSIDE
    const bbox = [lng - 0.01, lat - 0.01, lng + 0.01, lat + 0.01].map((n) => n.toFixed(4)).join(',')
    const list = await (await at(c.dispatcher).get(`/console/incidents?bbox=${bbox}`)).json()
    expect(list.items.map((item: { publicCode: string }) => item.publicCode)).toEqual([inside])
    expect((await at(c.dispatcher).get('/console/incidents?bbox=1,2,3')).status).toBe(422)
  })

  it('is shut for residents, strangers and whoever reads no case', async () => {
    expect((await at(null).get('/console/map')).status).toBe(401)
    expect((await at({ ...c.dispatcher, roles: ['admin'] }).get('/console/map')).status).toBe(403)
    expect((await at(c.dispatcher).get('/console/map?scope=none')).status).toBe(422)
  })
})

describe('the rows of a list as a file', () => {
  const file = (actor: Actor | null, rest: string) => at(actor).get(`/console/incidents.${rest}`)
  const audits = async () =>
    (await test.db.selectFrom('audit').selectAll().execute()).filter(
      (row) => row.action === 'console.export_rows',
    )

  it('has what the filter leaves, formulas made harmless, names masked, and is audited', async () => {
    const { publicCode } = await c.report({
      description: '=HYPERLINK("x") nhà ông Nguyễn Văn Sửu 0912345678',
    })
    await c.report({ category: 'waste', description: 'Rác' })
    const answer = await file(c.dispatcher, 'csv?scope=open&category=road')
    expect(answer.headers.get('content-disposition')).toContain('.csv')
    const lines = (await answer.text()).trim().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(publicCode)
    expect(lines[1]).toMatch(/"?'=HYPERLINK/)
    expect(lines[1]).not.toMatch(/Sửu|0912345678/)
    const book = new Uint8Array(await (await file(c.dispatcher, 'xlsx?scope=all')).arrayBuffer())
    expect(String.fromCharCode(...book.slice(0, 2))).toBe('PK')
    expect((await audits()).map((row) => [row.subjectId, row.fields, row.data])).toEqual([
      ['open', ['category'], { format: 'csv', rows: 1 }],
      ['all', [], { format: 'xlsx', rows: 2 }],
    ])
  })

  it('has nothing out of reach, and nothing for whoever reads no case', async () => {
    await c.report()
    const lines = (await (await file(c.elsewhere, 'csv?scope=all')).text()).trim().split('\r\n')
    expect(lines).toHaveLength(1)
    expect((await file(null, 'csv')).status).toBe(401)
    expect((await file({ ...c.dispatcher, roles: ['admin'] }, 'xlsx')).status).toBe(403)
    expect((await file(c.dispatcher, 'csv?scope=none')).status).toBe(422)
    expect(await audits()).toHaveLength(1)
  })
})

it('a figure of a group without a name opens its rows', async () => {
  const waiting = (await c.report()).publicCode
  const given = (await c.report()).publicCode
  await c.move(c.dispatcher, given, { kind: 'accept_and_assign', agencyCode: OFFICE })
  const codes = async (query: string) => {
    const list = await (await at(c.dispatcher).get(`/console/incidents?scope=all&${query}`)).json()
    return list.items.map((item: { publicCode: string }) => item.publicCode)
  }
  expect(await codes('agencyCode=none')).toEqual([waiting])
  expect(await codes('outcome=accepted')).toEqual([given])
  expect(await codes('unitCode=none')).toEqual([])
})
