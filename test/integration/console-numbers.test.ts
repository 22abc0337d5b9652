import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import type { Figures } from '../../api/rooms/console/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { desk } from './console-kit.ts'
import { type Commune, OFFICE, openCommune, UNIT } from './incidents-kit.ts'

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

const SPAN = 'from=2026-11-01&to=2026-12-31'
const get = (actor: Actor | null, path: string) => desk(test.db, c, actor).get(path)
const numbers = async (query = '', actor: Actor = c.dispatcher) =>
  (await (await get(actor, `/console/numbers?${SPAN}&${query}`)).json()) as {
    total: Figures
    rows: Figures[]
  }

/** Two answered, of these one late, reopened and one rated; one open and late; one open. */
async function handleSome(): Promise<void> {
  const onTime = (await c.report()).publicCode
  const late = (await c.report()).publicCode
  await c.report()
  await c.report({ category: 'trees' })
  await c.walkTo(onTime, 'answered')
  await test.db
    .updateTable('incident')
    .set({ rating: 4 })
    .where('publicCode', '=', onTime)
    .execute()
  c.clock.set('2026-12-02T02:00:00Z')
  await c.walkTo(late, 'answered')
  const { id } = await c.rowOf(late)
  await test.db
    .insertInto('incidentActivity')
    .values({
      id: c.system.newId(),
      incidentId: id,
      at: c.clock.now(),
      actorKind: 'resident',
      actorId: null,
      kind: 'reopen',
      fromState: 'answered',
      toState: 'reopened',
      isPublic: true,
      data: '{}',
    })
    .execute()
}

describe('numbers', () => {
  it('count each outcome once, with the same meaning in total and in each group', async () => {
    await handleSome()
    const { total, rows } = await numbers('by=category')
    expect(total).toMatchObject({
      ...{ received: 4, open: 2, onTime: 1, late: 2, answered: 2, reopened: 1 },
      ...{ rated: 1, rating: 4 },
    })
    expect(rows.map(({ key, name, received }) => [key, name, received])).toEqual([
      ['road', expect.stringContaining('ường'), 3],
      ['trees', expect.any(String), 1],
    ])
    expect(total.hoursToAnswer.p90).toBeGreaterThan(total.hoursToAnswer.median ?? Infinity)
  })

  it('each figure is as long as the list that it opens', async () => {
    await handleSome()
    const { total } = await numbers()
    for (const [figure, outcome] of [
      ['open', 'open'],
      ['onTime', 'on_time'],
      ['late', 'late'],
      ['answered', 'answered'],
      ['reopened', 'reopened'],
      ['rated', 'rated'],
    ] as const) {
      const list = await get(
        c.dispatcher,
        `/console/incidents?scope=all&${SPAN}&outcome=${outcome}`,
      )
      expect([figure, (await list.json()).items.length]).toEqual([figure, total[figure]])
    }
  })

  it('by unit stand beside the residents, by agency under its name, by week under its Monday', async () => {
    await handleSome()
    await test.db
      .insertInto('areaPopulation')
      .values({ unitCode: UNIT, residents: 20_000, asOf: '2025-07-01', source: 'test' })
      .execute()
    expect((await numbers('by=unit')).rows).toMatchObject([{ key: UNIT, per1000: 0.2 }])
    const agencies = (await numbers('by=agency')).rows
    expect(agencies.map(({ key, name }) => [key, name]).sort()).toEqual([
      [null, ''],
      [OFFICE, 'Phòng Kinh tế'],
    ])
    expect((await numbers('by=week')).rows.map((row) => row.key)).toEqual(['2026-11-23'])
  })

  it('reach as far as the own rights', async () => {
    await handleSome()
    expect((await numbers('', c.officer)).total.received).toBe(2)
    expect((await numbers('', c.elsewhere)).total).toMatchObject({ received: 0, rating: null })
    const admin: Actor = { ...c.dispatcher, roles: ['admin'] }
    expect((await get(admin, `/console/numbers?${SPAN}`)).status).toBe(403)
    expect((await get(null, `/console/numbers?${SPAN}`)).status).toBe(401)
    const wrong = await get(c.dispatcher, '/console/numbers?from=2026-12-01&to=2026-11-01')
    expect(wrong.status).toBe(422)
  })
})

describe('files of the numbers', () => {
  it('run nothing in a spreadsheet, hold the total, and are recorded', async () => {
    await handleSome()
    await test.db.updateTable('areaAgency').set({ nameVi: '=cmd|"/c calc"!A1' }).execute()
    const csv = await (await get(c.dispatcher, `/console/numbers.csv?${SPAN}&by=agency`)).text()
    expect(csv).toContain(`"'=cmd|""/c calc""!A1"`)
    const xlsx = await get(c.dispatcher, `/console/numbers.xlsx?${SPAN}&by=agency`)
    const parts = unzipSync(new Uint8Array(await xlsx.arrayBuffer()))
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(sheet).toContain('>&apos;=cmd'.replace('&apos;', "'"))
    expect(sheet).not.toContain('<f>')
    expect(sheet).toContain('<v>4</v>')
    const rows = await test.db.selectFrom('audit').selectAll().execute()
    const taken = rows.filter((row) => row.action === 'console.export_numbers')
    expect(taken.map((row) => row.data.format)).toEqual(['csv', 'xlsx'])
  })
})
