import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  findProcedures,
  importProcedures,
  STARTER_PROCEDURES,
} from '../../api/rooms/dossiers/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { bytesOf, NOBODY, official, openMirror } from './dossiers-kit.ts'

let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
let mirror: Awaited<ReturnType<typeof openMirror>>
beforeEach(async () => {
  await database.truncate()
  mirror = await openMirror(database.db)
})

const HEADER =
  'code,nameVi,nameEn,fieldVi,papers,workingDays,timeVi,feeVi,placeVi,isOnline,forms,lifeEvents,keywords,source,sourceDate,isIllustration'
const row = (more: Partial<Record<'code' | 'date' | 'event' | 'days', string>> = {}) => {
  const { code = '1.001193', date = '15/09/2025', event = 'child', days = '1' } = more
  return `${code},Thủ tục đăng ký khai sinh,Birth,Hộ tịch,"Tờ khai|Giấy chứng sinh",${days},Trong ngày,Không thu,Một cửa,có,"Tờ khai <https://dichvucong.gov.vn/to-khai>",${event},khai sinh|sinh con,TT 04/2020/TT-BTP,${date},không`
}
const csv = (...rows: string[]) => ({
  kind: 'csv' as const,
  bytes: bytesOf([HEADER, ...rows].join('\r\n')),
})
const admin = () => mirror.as(official(['admin'], [], null))

describe('a file of procedures', () => {
  it('comes in whole from a table, with source, date and forms, and again it is the same', async () => {
    expect(await importProcedures(admin(), csv(row()))).toMatchObject({ outcome: 'done', saved: 1 })
    await importProcedures(admin(), csv(row()))
    const { items } = await findProcedures(mirror.as(NOBODY), { words: 'khai sinh' })
    expect(items).toMatchObject([
      {
        code: '1.001193',
        papers: ['Tờ khai', 'Giấy chứng sinh'],
        forms: [{ name: 'Tờ khai', url: 'https://dichvucong.gov.vn/to-khai' }],
        isOnline: true,
        sourceDate: '2025-09-15',
        isIllustration: false,
      },
    ])
    expect(items[0]?.sourceText).toContain('TT 04/2020/TT-BTP')
    const audits = await database.db.selectFrom('audit').select('action').execute()
    expect(audits.map(({ action }) => action)).toContain('dossiers.procedures_saved')
  })

  it('is all or nothing, and each bad cell is named', async () => {
    const rows = [
      row({ code: 'MH-1', date: 'hôm qua' }),
      row({ code: 'MH-2', event: 'party', days: 'mấy' }),
    ]
    const report = await importProcedures(admin(), csv(row(), ...rows, row()))
    expect(report).toMatchObject({ outcome: 'refused', saved: 0, readRows: 4 })
    expect(report.issues).toEqual([
      { line: 3, column: 'sourceDate', reason: 'value_bad' },
      { line: 4, column: 'workingDays', reason: 'value_bad' },
      { line: 4, column: 'lifeEvents', reason: 'value_bad' },
      { line: 5, column: 'code', reason: 'code_twice' },
    ])
    expect(await database.db.selectFrom('procedure').selectAll().execute()).toEqual([])
  })

  it.each([
    ['no JSON', 'json', '{', 'not_json'],
    ['JSON of something else', 'json', '{"a":1}', 'not_json'],
    ['an empty list', 'json', '[]', 'empty'],
    ['nothing', 'csv', '', 'empty'],
    ['no columns of ours', 'csv', 'a,b\r\n1,2', 'column_missing'],
  ] as const)('that is %s is refused', async (_what, kind, text, reason) => {
    const report = await importProcedures(admin(), { kind, bytes: bytesOf(text) })
    expect(report.outcome).toBe('refused')
    expect(report.issues[0]?.reason).toBe(reason)
  })

  it('may be JSON, as the starter set is, and is for who manages the installation', async () => {
    const bytes = () => bytesOf(JSON.stringify({ procedures: STARTER_PROCEDURES }))
    const report = await importProcedures(admin(), { kind: 'json', bytes: bytes() })
    expect(report).toMatchObject({ outcome: 'done', saved: STARTER_PROCEDURES.length })
    const clerk = mirror.as(official(['officer'], ['onestop']))
    await expect(importProcedures(clerk, { kind: 'json', bytes: bytes() })).rejects.toMatchObject({
      code: 'http.forbidden',
    })
  })
})
