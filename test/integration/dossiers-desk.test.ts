import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import {
  draftApology,
  exportDesk,
  getBoard,
  listDeskRows,
  readXlsx,
  saveSource,
} from '../../api/rooms/dossiers/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testDeps } from '../harness-app.ts'
import { csv, csvRow, NOBODY, official, openMirror } from './dossiers-kit.ts'

let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
let mirror: Awaited<ReturnType<typeof openMirror>>
const code = (n: number) => `H57.19-261110-${String(n).padStart(4, '0')}`
const desk = () => mirror.as(official(['officer'], ['onestop']))

/** The clock stands at 09:00 on Monday 23/11/2026; the 24th is a holiday. */
beforeEach(async () => {
  await database.truncate()
  mirror = await openMirror(database.db)
  const received = { receivedAt: '10/11/2026 08:00' }
  await mirror.load(
    csv(
      csvRow({
        ...received,
        code: code(1),
        state: '4',
        stateAt: '11/11/2026',
        dueAt: '20/11/2026',
      }),
      csvRow({
        ...received,
        code: code(2),
        state: '4',
        stateAt: '22/11/2026',
        dueAt: '23/11/2026',
      }),
      csvRow({
        ...received,
        code: code(3),
        state: '2',
        stateAt: '10/11/2026',
        dueAt: '30/11/2026',
      }),
      csvRow({
        ...received,
        code: code(4),
        state: '9',
        stateAt: '18/11/2026',
        dueAt: '19/11/2026',
      }),
      csvRow({
        ...received,
        code: code(5),
        state: '10',
        stateAt: '20/11/2026',
        endedAt: '19/11/2026',
        dueAt: '19/11/2026',
      }),
      csvRow({
        ...received,
        code: code(6),
        state: '10',
        stateAt: '20/11/2026',
        dueAt: '19/11/2026',
      }),
      csvRow({ ...received, code: code(7), state: '8', stateAt: '12/11/2026', dueAt: '' }),
    ),
  )
})

describe('the board', () => {
  it('counts what is open, due, late and still, and the rate by the national rule', async () => {
    const { total, groups } = await getBoard(desk(), { by: 'state' })
    expect(total).toMatchObject({
      open: 3,
      dueToday: 1,
      late: 1,
      still: 2,
      onTime: 2,
      overdue: 1,
      unknown: 1,
    })
    expect(total.onTimePercent).toBe(66.7)
    expect(groups.find(({ key }) => key === '4')).toMatchObject({
      label: 'Đang xử lý',
      open: 2,
      late: 1,
    })
    const ages = await getBoard(desk(), { by: 'age' })
    expect(ages.groups.map(({ label }) => label)).toEqual(['6 đến 15 ngày'])
  })

  it('each figure opens exactly its rows', async () => {
    const { groups, total } = await getBoard(desk(), { by: 'state' })
    const lists = {
      open: 'open',
      dueToday: 'due_today',
      late: 'late',
      still: 'still',
      onTime: 'on_time',
      overdue: 'overdue',
      unknown: 'unknown',
    } as const
    for (const [figure, list] of Object.entries(lists)) {
      const count = async (more: object) =>
        (await listDeskRows(desk(), { list, ...more })).items.length
      expect(await count({}), figure).toBe(total[figure as keyof typeof lists])
      for (const group of groups)
        expect(await count({ by: 'state', key: group.key }), `${figure} ${group.key}`).toBe(
          group[figure as keyof typeof lists],
        )
    }
  })

  it('pages through rows, each once, the longest due first', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listDeskRows(desk(), {
        list: 'open',
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      })
      seen.push(...page.items.map((item) => item.code))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual([code(1), code(2), code(3)])
    await expect(listDeskRows(desk(), { cursor: 'xx' })).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
  })

  it('reaches the own unit only, and nobody without the right', async () => {
    const elsewhere = mirror.as(official(['officer'], ['onestop'], '19789'))
    expect((await getBoard(elsewhere, {})).total).toMatchObject({ open: 0, onTimePercent: null })
    expect((await listDeskRows(elsewhere, { list: 'open' })).items).toEqual([])
    await saveSource(mirror.system, { ...mirror.source, name: 'khac', unitCode: '19789' })
    for (const actor of [NOBODY, official(['officer']), official(['dispatcher'])])
      await expect(getBoard(mirror.as(actor), {})).rejects.toMatchObject({
        code: actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden',
      })
    expect((await getBoard(mirror.as(official(['approver'])), {})).total.open).toBe(3)
  })
})

describe('an export', () => {
  it('holds the rows of the list with formulas made harmless, and is noted', async () => {
    await mirror.load(
      csv(
        csvRow({
          code: code(1),
          state: '4',
          stateAt: '11/11/2026',
          dueAt: '20/11/2026',
          procedureName: '=HYPERLINK("x")',
        }),
      ),
    )
    const { body } = await exportDesk(desk(), { list: 'late' }, 'csv')
    const file = String(body)
    expect(file).toContain('Mã hồ sơ,Thủ tục')
    expect(file).toContain(`${code(1)},"'=HYPERLINK(""x"")"`)
    expect(file.split('\r\n')).toHaveLength(3)
    const workbook = await exportDesk(desk(), { list: 'late' }, 'xlsx')
    const cells: string[][] = []
    for await (const group of readXlsx(new Blob([workbook.body])))
      cells.push(...group.map((line) => line.cells))
    expect(cells[1]?.slice(0, 2)).toEqual([code(1), `'=HYPERLINK("x")`])
    const noted = await database.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'dossiers.exported')
      .execute()
    expect(noted).toHaveLength(2)
  })

  it('is no page for the public', async () => {
    const app = createApp(testDeps(database.db, mirror.clock, { ports: mirror.ports }))
    for (const path of ['board', 'rows', 'rows.csv', 'rows.xlsx'])
      expect((await app.request(`/api/v1/dossiers/desk/${path}`)).status).toBe(401)
  })
})

describe('an apology', () => {
  const idOf = async (n: number) => (await mirror.rowOf(code(n))).id
  it('names dossier, reason and a new working day, once', async () => {
    const draft = async (n: number, newDue: string) =>
      draftApology(desk(), { id: await idOf(n), reason: 'chờ đo lại ranh giới', newDue })
    const { text } = await draft(1, '2026-11-26')
    expect(text).toContain(code(1))
    expect(text).toContain('chờ đo lại ranh giới')
    expect(text).toContain('xin lỗi')
    expect(text).toContain('26/11/2026')
    for (const bad of ['2026-11-24', '2026-11-22', '2026-11-28'])
      await expect(draft(1, bad)).rejects.toMatchObject({ code: 'http.invalid_input' })
    await expect(draft(4, '2026-11-26')).rejects.toMatchObject({ code: 'dossiers.not_found' })
    await mirror.load(
      csv(csvRow({ code: code(1), state: '4', stateAt: '11/11/2026', newDueAt: '26/11/2026' })),
    )
    await expect(draft(1, '2026-11-30')).rejects.toMatchObject({ code: 'dossiers.apology_twice' })
  })
})
