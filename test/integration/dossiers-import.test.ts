import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import type { Actor } from '../../api/context.ts'
import { xlsxOf } from '../../api/core/xlsx.ts'
import { createShell } from '../../api/http/shell.ts'
import {
  createKey,
  decodeText,
  dossierImportRoutes,
  endKey,
  importDossiers,
  listDossierSources,
  previewFile,
  readCsv,
  readXlsx,
  saveSource,
  tableEntries,
} from '../../api/rooms/dossiers/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp, testDeps } from '../harness-app.ts'
import {
  bytesOf,
  CODE,
  csv,
  csvRow,
  HEADER,
  MAPPING,
  NOBODY,
  official,
  openMirror,
} from './dossiers-kit.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
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

const codes = (n: number) =>
  Array.from({ length: n }, (_, i) => `H57.19-261120-${String(i + 1).padStart(4, '0')}`)

describe('a file', () => {
  it('comes in whole; the name is masked and numbers are hashes', async () => {
    expect(await mirror.load(csv(csvRow()))).toMatchObject({
      outcome: 'done',
      readRows: 1,
      added: 1,
    })
    const row = await mirror.rowOf()
    expect(row).toMatchObject({
      state: 4,
      applicantMasked: 'T*** T** M',
      receivedAt: '2026-11-20T01:30:00.000Z',
      dueAt: '2026-11-27T16:59:59.999Z',
      outcome: 'open',
      version: 1,
      unitCode: '19867',
    })
    expect(JSON.stringify(row)).not.toMatch(/Mận|678|1234/)
    expect(row.phoneHash).toMatch(/^[0-9a-f]{64}$/)
    expect(row.phoneHash).not.toBe(row.idHash)
  })

  it('again changes nothing, and a later one only what it says', async () => {
    await mirror.load(csv(csvRow()))
    expect(await mirror.load(csv(csvRow()))).toMatchObject({ added: 0, changed: 0, unchanged: 1 })
    mirror.clock.advance(60)
    const supplement = csvRow({
      state: 'Yêu cầu bổ sung giấy tờ',
      stateAt: '23/11/2026 09:00',
      missingPapers: 'Giấy chứng sinh; Tờ khai',
    })
    expect(await mirror.load(csv(supplement))).toMatchObject({ changed: 1 })
    expect(await mirror.rowOf()).toMatchObject({
      state: 5,
      version: 2,
      missingPapers: ['Giấy chứng sinh', 'Tờ khai'],
    })
  })

  it('older news that arrives later changes nothing', async () => {
    mirror.clock.advance(3600)
    await mirror.load(csv(csvRow({ state: '9', stateAt: '23/11/2026 09:30' })))
    const asOf = new Date(mirror.clock.now().getTime() - 3600_000)
    expect(await mirror.load(csv(csvRow()), { asOf })).toMatchObject({ unchanged: 1 })
    expect((await mirror.rowOf()).state).toBe(9)
  })

  it('is all or nothing: one bad line in 2,500 and no row is kept, with line, column and reason of each', async () => {
    const rows = codes(2_500).map((code) => csvRow({ code }))
    rows[1_700] = csvRow({ code: codes(1)[0] ?? '', dueAt: '31/02/2026' })
    rows[2_400] = csvRow({ code: 'không có', state: 'lạ' })
    const report = await mirror.load(csv(...rows))
    expect(report).toMatchObject({ outcome: 'refused', readRows: 2_500, added: 0, moreIssues: 0 })
    expect(report.issues).toEqual([
      { line: 1_702, column: 'Ngày hẹn trả', reason: 'date_bad' },
      { line: 2_402, column: 'Mã hồ sơ', reason: 'code_bad' },
      { line: 2_402, column: 'Trạng thái', reason: 'state_unknown' },
    ])
    const { n } = await database.db
      .selectFrom('dossier')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBe(0)
    const kept = await database.db.selectFrom('dossierImport').selectAll().executeTakeFirstOrThrow()
    expect(kept).toMatchObject({ outcome: 'refused', readRows: 2_500 })
  })

  it('of many rows is one set of rows, and the same code twice is one dossier', async () => {
    const all = codes(2_100)
    const report = await mirror.load(
      csv(...all.map((code) => csvRow({ code })), csvRow({ code: all[2_099] ?? '' })),
    )
    expect(report).toMatchObject({ added: 2_100, unchanged: 1 })
  })

  it.each([
    ['an open quote', `${HEADER.join(',')}\r\n"${CODE},x`, 'quote_open'],
    ['nothing', '', 'empty'],
    ['a column twice', csv(csvRow()).replace('Lệ phí', 'Trạng thái'), 'column_twice'],
    ['a column less', csv(csvRow()).replace('Thủ tục', 'Khác'), 'column_missing'],
  ])('with %s is refused with the reason', async (_name, text, reason) => {
    const report = await mirror.load(text)
    expect(report.outcome).toBe('refused')
    expect(report.issues.map((issue) => issue.reason)).toContain(reason)
  })

  it('keeps the calendar that a dossier was accepted under', async () => {
    await mirror.load(csv(csvRow()))
    const { ruleVersion } = await mirror.rowOf()
    await database.db
      .insertInto('calendarDay')
      .values({
        date: '2026-11-25',
        kind: 'swap_off',
        nameVi: 'x',
        nameEn: 'x',
        source: 'x',
        confirmed: true,
      })
      .execute()
    mirror.clock.advance(60)
    await mirror.load(csv(csvRow({ state: '9' }), csvRow({ code: codes(1)[0] ?? '' })))
    expect((await mirror.rowOf()).ruleVersion).toBe(ruleVersion)
    expect((await mirror.rowOf(codes(1)[0])).ruleVersion).toBe(ruleVersion + 1)
  })

  it('is only for who manages sources, of a source that exists, and audited', async () => {
    for (const actor of [NOBODY, official(['dispatcher'], ['onestop'])])
      await expect(mirror.load(csv(csvRow()), {}, mirror.as(actor))).rejects.toMatchObject({
        code: actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden',
      })
    await expect(mirror.load(csv(csvRow()), { source: 'khac' })).rejects.toMatchObject({
      code: 'dossiers.source_unknown',
    })
    await mirror.load(csv(csvRow()), {}, mirror.as(official(['admin'])))
    const rows = await database.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'dossiers.imported')
      .execute()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toMatch(/H57|Mận/)
  })
})

describe('a workbook', () => {
  const rows = (...more: string[][]) => [HEADER, ...more]
  const load = (file: Blob) =>
    importDossiers(mirror.system, {
      source: 'mot-cua',
      kind: 'file',
      entries: (mapping) => tableEntries(readXlsx(file), mapping),
    })
  const cells = (state: string) => csvRow({ state }).slice(1, -1).split('","')

  it('comes in as a file of text does, and a bad cell is named by its line', async () => {
    const good = new Blob([xlsxOf('x', rows(cells('Đang xử lý')))])
    expect(await load(good)).toMatchObject({ outcome: 'done', added: 1 })
    expect((await mirror.rowOf()).applicantMasked).toBe('T*** T** M')
    const bad = new Blob([xlsxOf('x', rows(cells('Đang xử lý'), cells('xong chưa')))])
    const report = await load(bad)
    expect(report).toMatchObject({ outcome: 'refused', readRows: 2 })
    expect(report.issues).toEqual([{ line: 3, column: 'Trạng thái', reason: 'state_unknown' }])
  })

  it('that is none is refused with a reason', async () => {
    const report = await load(new Blob([csv(csvRow())]))
    expect(report.issues).toEqual([{ line: 1, column: '', reason: 'not_a_workbook' }])
  })
})

describe('the mapping', () => {
  it('is shown before anything is kept, with a masked sample and the faults', async () => {
    const text = csv(csvRow(), csvRow({ dueAt: 'mai' }))
    const read = await previewFile(mirror.system, readCsv(decodeText(bytesOf(text))), {
      source: 'mot-cua',
    })
    expect(read.columns).toEqual(HEADER)
    expect(read.sample).toEqual([
      expect.objectContaining({ code: CODE, applicantMasked: 'T*** T** M', state: 4 }),
    ])
    expect(read.issues).toEqual([{ line: 3, column: 'Ngày hẹn trả', reason: 'date_bad' }])
    const guessed = await previewFile(mirror.system, readCsv(decodeText(bytesOf(text))), {})
    expect(guessed.mapping).toMatchObject({
      code: 'Mã hồ sơ',
      state: 'Trạng thái',
      phone: 'Điện thoại',
    })
    expect(await database.db.selectFrom('dossier').select('id').execute()).toEqual([])
  })

  it('is tried on the file before it is kept, through a door that names what is left out', async () => {
    let actor: Actor | null = official(['admin'], [], null)
    const { request } = testApp(database.db, { ports: mirror.ports }, (deps) =>
      createShell(deps, {
        authenticate: async () => actor,
        cookieName: 'loa_session',
        mount: (api) => api.route('/', dossierImportRoutes()),
      }),
    )
    const preview = async (text: string, mapping?: object, type = 'text/csv') => {
      const answer = await request('/api/v1/dossiers/imports/mot-cua/preview', {
        method: 'POST',
        headers: {
          cookie: 'loa_session=x',
          'content-type': type,
          ...(mapping && { 'x-mapping': encodeURIComponent(JSON.stringify(mapping)) }),
        },
        body: text,
      })
      return { status: answer.status, body: await answer.json() }
    }
    const text = csv(csvRow(), csvRow({ state: 'lạ' })).replaceAll('\r\n', ',STT\r\n')
    const kept = await preview(text)
    expect(kept.body).toMatchObject({
      mapping: MAPPING,
      unused: ['STT'],
      sample: [{ line: 2, stateName: 'Đang xử lý', receivedAt: '2026-11-20T01:30:00.000Z' }],
      issues: [{ line: 3, column: 'Trạng thái', reason: 'state_unknown' }],
    })
    expect(kept.body.issues[0].text).toContain('mười trạng thái')
    const tried = { ...MAPPING, receivedAt: 'Ngày kết thúc', lateReason: 'Lý do' }
    const other = await preview(text, tried)
    expect(other.body.sample[0]?.receivedAt).toBeUndefined()
    expect(other.body.unused).toEqual(['Ngày tiếp nhận', 'STT'])
    expect(other.body.issues[0]).toMatchObject({
      line: 1,
      column: 'Lý do',
      reason: 'column_missing',
    })
    const [source] = await listDossierSources(mirror.system)
    expect(source?.mapping).toEqual(MAPPING)
    expect((await preview(text, { colour: 'Màu' })).status).toBe(422)
    expect(await preview('')).toMatchObject({
      status: 200,
      body: { issues: [{ reason: 'empty' }] },
    })
    const none = await preview('no workbook', undefined, XLSX)
    expect(none.body).toMatchObject({ columns: [], issues: [{ reason: 'not_a_workbook' }] })
    actor = official(['approver'], ['onestop'])
    expect((await preview(text)).status).toBe(403)
    actor = null
    expect((await preview('no workbook', undefined, XLSX)).status).toBe(401)
  })

  it('needs the three columns of every row and a unit that exists', async () => {
    for (const bad of [
      { ...mirror.source, mapping: { code: 'Mã' } },
      { ...mirror.source, unitCode: '00000' },
      { ...mirror.source, name: 'Một cửa' },
    ])
      await expect(saveSource(mirror.system, bad)).rejects.toMatchObject({
        code: 'http.invalid_input',
      })
    await expect(saveSource(mirror.as(official(['officer'])), mirror.source)).rejects.toMatchObject(
      {
        code: 'http.forbidden',
      },
    )
  })
})

describe('pushing over HTTP', () => {
  const push = async (key: string, body: unknown) => {
    const app = createApp(testDeps(database.db, mirror.clock, { ports: mirror.ports }))
    return app.request('/api/v1/dossiers/sync', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify(body),
    })
  }
  const dossiers = [{ code: CODE, procedureName: 'Đăng ký khai sinh', state: '4' }]

  it('takes a key that only its hash is kept of, the same again changes nothing', async () => {
    const { key } = await createKey(mirror.system, { source: 'mot-cua' })
    expect(
      JSON.stringify(await database.db.selectFrom('dossierKey').selectAll().execute()),
    ).not.toContain(key)
    const first = await push(key, { dossiers })
    expect(await first.json()).toMatchObject({ outcome: 'done', added: 1 })
    expect(await (await push(key, { dossiers })).json()).toMatchObject({ unchanged: 1 })
  })

  it('refuses a wrong key, a revoked one, and a body with one bad item', async () => {
    const { key, id } = await createKey(mirror.system, { source: 'mot-cua' })
    expect((await push('x'.repeat(43), { dossiers })).status).toBe(401)
    const bad = await push(key, {
      dossiers: [...dossiers, { code: 'x', state: '4', procedureName: 'y' }],
    })
    expect(bad.status).toBe(422)
    const problem = await bad.json()
    expect(problem).toMatchObject({ code: 'dossiers.import_refused', params: { count: 1 } })
    expect(problem.changed.issues).toEqual([
      { line: 2, column: 'Mã hồ sơ', reason: 'code_bad', text: 'Mã hồ sơ chưa đúng dạng.' },
    ])
    expect(await database.db.selectFrom('dossier').select('id').execute()).toEqual([])
    await endKey(mirror.system, id)
    expect((await push(key, { dossiers })).status).toBe(401)
    await expect(endKey(mirror.system, id)).rejects.toMatchObject({ code: 'http.not_found' })
  })
})
