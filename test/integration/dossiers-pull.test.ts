import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import type { Ctx } from '../../api/context.ts'
import type { Fetched } from '../../api/files/ports.ts'
import {
  endPull,
  listDossierSources,
  pullDossiers,
  purgeReports,
  setPull,
} from '../../api/rooms/dossiers/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testDeps } from '../harness-app.ts'
import { MAPPING, NOBODY, official, openMirror } from './dossiers-kit.ts'

const URL_OF = 'https://motcua.example/api/ho-so'
const KEY = 'khoa-bi-mat-cua-mot-cua'
let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
let mirror: Awaited<ReturnType<typeof openMirror>>
let asked: { url: URL; bearer: string | undefined }[]
let answer: (url: URL) => unknown
let admin: Ctx
beforeEach(async () => {
  await database.truncate()
  mirror = await openMirror(database.db)
  admin = mirror.as(official(['admin'], [], null))
  asked = []
  answer = () => ({ dossiers: [] })
})

const code = (n: number) => `H57.19-261120-${String(n).padStart(4, '0')}`
const item = (n: number, state = 'Đang xử lý') => ({
  [MAPPING.code]: code(n),
  [MAPPING.procedureName]: 'Thủ tục đăng ký khai sinh',
  [MAPPING.state]: state,
  [MAPPING.stateAt]: '2026-11-20T14:00:00+07:00',
  [MAPPING.missingPapers]: ['Giấy chứng sinh', 'Tờ khai'],
  [MAPPING.feeVnd]: 8000,
  unknown: { nested: true },
})
const isFetched = (value: unknown): value is Fetched =>
  typeof value === 'object' && value !== null && 'kind' in value
const pull = (minutes = 0) => {
  mirror.clock.advance(minutes * 60)
  const fetchDocument: Ctx['ports']['fetchDocument'] = async (url, options) => {
    asked.push({ url: new URL(url), bearer: options?.bearer })
    const said = answer(new URL(url))
    if (isFetched(said)) return said
    return { kind: 'file', bytes: new TextEncoder().encode(JSON.stringify(said)) }
  }
  return pullDossiers({ ...mirror.system, ports: { ...mirror.ports, fetchDocument } })
}
const begin = () => setPull(admin, { source: 'mot-cua', url: URL_OF, key: KEY })
const standing = async () => (await listDossierSources(admin))[0]
const count = async () => {
  const rows = await database.db.selectFrom('dossier').select('id').execute()
  return rows.length
}

describe('a back office that is asked', () => {
  it('is read page by page with its key, then only for what changed since', async () => {
    await begin()
    answer = (url) =>
      url.searchParams.get('cursor') === null
        ? { dossiers: [item(1), item(2)], next: 'two' }
        : { dossiers: [item(3, 'Yêu cầu bổ sung giấy tờ')] }
    const startedAt = mirror.clock.now()
    expect(await pull()).toBe(2)
    expect(asked.map(({ bearer }) => bearer)).toEqual([KEY, KEY])
    expect(asked[0]?.url.searchParams.get('since')).toBeNull()
    expect(await count()).toBe(3)
    expect(await mirror.rowOf(code(3))).toMatchObject({
      missingPapers: ['Giấy chứng sinh', 'Tờ khai'],
      feeVnd: 8000,
    })
    expect(await pull(1)).toBe(0)
    answer = () => ({ dossiers: [item(2, 'Đã xử lý xong')] })
    expect(await pull(10)).toBe(1)
    const since = new Date(startedAt.getTime() - 5 * 60_000).toISOString()
    expect(asked.at(-1)?.url.searchParams.get('since')).toBe(since)
    expect((await mirror.rowOf(code(2))).state).toBe(9)
    expect(await standing()).toMatchObject({
      lastTakenAt: mirror.clock.now().toISOString(),
      pull: { url: URL_OF, hasKey: true, problem: null, okAt: mirror.clock.now().toISOString() },
    })
  })

  it('that fails in the middle is asked again from there, ever more seldom', async () => {
    await begin()
    answer = (url) =>
      url.searchParams.get('cursor') === null
        ? { dossiers: [item(1)], next: 'two' }
        : { kind: 'retry', code: 'http_503' }
    expect(await pull()).toBe(1)
    expect(await pull(10)).toBe(0)
    expect(await pull(10)).toBe(0)
    expect(asked).toHaveLength(3)
    expect(await standing()).toMatchObject({ pull: { problem: 'http_503' } })
    answer = () => ({ dossiers: [item(2)] })
    expect(await pull(10)).toBe(1)
    expect(asked.at(-1)?.url.searchParams.get('cursor')).toBe('two')
    expect(await count()).toBe(2)
    expect(await standing()).toMatchObject({ pull: { problem: null } })
  })

  const lost = (n: number) => ({ ...item(n), [MAPPING.state]: 'Bay mất' })
  const asides = () => database.db.selectFrom('dossierAside').selectAll().execute()

  it('holds nothing up by a bad row: that is kept aside with its reason, the rest and the next page go in', async () => {
    await begin()
    const noCode = { ...item(4), [MAPPING.code]: 'Trần Thị Mận' }
    answer = (url) =>
      url.searchParams.get('cursor') === null
        ? { dossiers: [item(1), lost(2), noCode], next: 'two' }
        : { dossiers: [item(3)] }
    expect(await pull()).toBe(2)
    expect(await count()).toBe(2)
    const issues = [{ column: MAPPING.state, reason: 'state_unknown' }]
    expect(await standing()).toMatchObject({
      dossiers: 2,
      asideCount: 2,
      aside: expect.arrayContaining([
        expect.objectContaining({ code: code(2), issues: [expect.objectContaining(issues[0])] }),
        expect.objectContaining({ code: null }),
      ]),
      pull: { problem: null, okAt: mirror.clock.now().toISOString() },
    })
    expect((await standing())?.aside[0]?.issues[0]?.text).toMatch(/[.]$/)
    expect(JSON.stringify(await asides())).not.toMatch(/Mận|Bay mất/)
    const kept = await database.db
      .selectFrom('dossierImport')
      .selectAll()
      .orderBy('id')
      .executeTakeFirstOrThrow()
    expect(kept).toMatchObject({ kind: 'pull', outcome: 'done', readRows: 3, added: 1 })
    expect(kept.issues).toContainEqual({ line: 2, ...issues[0] })
  })

  it('has a bad row aside once however often it comes, and no more when it comes in order', async () => {
    await begin()
    answer = () => ({ dossiers: [lost(2)] })
    await pull()
    const firstAt = mirror.clock.now().toISOString()
    await pull(10)
    expect(await asides()).toEqual([
      expect.objectContaining({ code: code(2), firstAt, lastAt: mirror.clock.now().toISOString() }),
    ])
    answer = () => ({ dossiers: [item(2)] })
    await pull(10)
    expect(await asides()).toEqual([])
    expect(await count()).toBe(1)
    answer = () => ({ dossiers: [lost(5)] })
    await pull(10)
    mirror.clock.advance(91 * 86_400)
    await purgeReports(mirror.system)
    expect(await asides()).toEqual([])
  })

  it('whose rows are mostly bad is read wrongly: nothing is taken, and that page is asked for again', async () => {
    await begin()
    const rows = Array.from({ length: 40 }, (_, i) => (i < 19 ? item(i) : lost(i)))
    answer = () => ({ dossiers: rows })
    expect(await pull()).toBe(0)
    expect(await count()).toBe(0)
    expect(await asides()).toEqual([])
    expect(await standing()).toMatchObject({
      pull: { problem: 'import_refused', problemText: expect.stringContaining('cột'), okAt: null },
    })
    answer = () => ({ dossiers: rows.slice(0, 39) })
    expect(await pull(10)).toBe(1)
    expect(await count()).toBe(19)
    expect(await asides()).toHaveLength(20)
  })

  it.each([
    ['http_401', /khóa.*401/],
    ['http_503', /503/],
    ['network', /kết nối/],
    ['something_new', /nhật ký/],
  ])('says %s in words', async (problem, words) => {
    await begin()
    answer = () => ({ kind: 'failed', code: problem })
    await pull()
    expect((await standing())?.pull?.problemText).toMatch(words)
  })

  it.each([
    ['no page', { items: [] }, 'not_a_page'],
    ['a page without end', { dossiers: [], next: 'same' }, 'page_repeated'],
    [
      'an address of our own network',
      { kind: 'failed', code: 'address_not_allowed' },
      'address_not_allowed',
    ],
  ])('%s is a problem that is named', async (_what, said, problem) => {
    await begin()
    answer = () => said
    await pull()
    expect(await standing()).toMatchObject({ pull: { problem } })
  })
})

describe('who is asked', () => {
  it('is said by an admin, by https alone; the key is kept sealed and told to nobody', async () => {
    await expect(
      setPull(mirror.as(official(['officer'])), { source: 'mot-cua', url: URL_OF }),
    ).rejects.toMatchObject({ code: 'http.forbidden' })
    await expect(
      setPull(admin, { source: 'mot-cua', url: 'http://motcua.example/' }),
    ).rejects.toMatchObject({ code: 'http.invalid_input' })
    await expect(setPull(admin, { source: 'khong-co', url: URL_OF })).rejects.toMatchObject({
      code: 'dossiers.source_unknown',
    })
    await begin()
    const row = await database.db.selectFrom('dossierPull').selectAll().executeTakeFirstOrThrow()
    expect(row.sealedKey).not.toContain(KEY)
    expect(JSON.stringify(await listDossierSources(admin))).not.toContain(KEY)
    await endPull(admin, 'mot-cua')
    await expect(endPull(admin, 'mot-cua')).rejects.toMatchObject({ code: 'http.not_found' })
    expect(await pull(10)).toBe(0)
    expect(asked).toHaveLength(0)
    const noted = await database.db.selectFrom('audit').select(['action', 'data']).execute()
    const actions = noted.map(({ action }) => action)
    expect(actions).toEqual(expect.arrayContaining(['dossiers.pull_set', 'dossiers.pull_ended']))
    expect(JSON.stringify(noted)).not.toContain(KEY)
  })

  it('has a door that is closed to the public', async () => {
    const app = createApp(testDeps(database.db, mirror.clock, { ports: mirror.ports }))
    const path = '/api/v1/dossiers/sources/mot-cua/pull'
    const put = await app.request(path, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: URL_OF }),
    })
    expect(put.status).toBe(401)
    expect((await app.request(path, { method: 'DELETE' })).status).toBe(401)
    await expect(endPull(mirror.as(NOBODY), 'mot-cua')).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
  })

  it('leaves reports for 90 days, and where it stands for good', async () => {
    await begin()
    answer = () => ({ dossiers: [item(1)] })
    await pull()
    await pull(11)
    mirror.clock.advance(91 * 86_400)
    expect(await purgeReports(mirror.system)).toBe(1)
    expect(await purgeReports(mirror.system)).toBe(0)
    await pull()
    expect(asked.at(-1)?.url.searchParams.get('since')).not.toBeNull()
  })
})
