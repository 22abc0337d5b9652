import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { listScam } from '../../api/rooms/guides/index.ts'
import { listScams, moveScam } from '../../api/rooms/guides/scam/desk.ts'
import { draftWanted } from '../../api/rooms/notices/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { codeOf, openNotices } from './notices-kit.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(() => test.truncate())
afterAll(() => test.close())

const all = () => test.db.selectFrom('notice').selectAll().execute()

async function wanted(subject = 'https://nhan-tien.example.top/a') {
  const desk = await openNotices(test.db)
  await listScam(desk.writer, { subject, state: 'known_scam' })
  const [item] = (await listScams(desk.writer, 'known_scam')).items
  await moveScam(desk.writer, item?.id ?? '', { move: 'notice', version: item?.version ?? 0 })
  return { desk, scamId: item?.id ?? '' }
}

it('a scam becomes one draft of who asked, in both languages, audited, however often the job runs', async () => {
  const { desk } = await wanted()
  await draftWanted(desk.system)
  await draftWanted(desk.system)
  const rows = await all()
  expect(rows).toMatchObject([
    {
      state: 'draft',
      unitCode: '19867',
      titleVi: 'Cảnh giác lừa đảo',
      titleEn: 'Beware of a scam',
      bodyVi: expect.stringContaining('nhan-tien.example.top'),
      bodyEn: expect.stringContaining('nhan-tien.example.top'),
      ...{ signer: null, documentNo: null },
    },
  ])
  const [row] = rows
  const { actor } = desk.writer
  expect(actor).toMatchObject({ officialId: row?.authorId })
  const audits = await test.db
    .selectFrom('audit')
    .selectAll()
    .where('subjectId', '=', row?.id ?? '')
    .execute()
  expect(audits).toMatchObject([{ action: 'notices.drafted', actorKind: 'system' }])
})

it('is not proposed before somebody signed it, and nobody reads it meanwhile', async () => {
  const { desk } = await wanted()
  await draftWanted(desk.system)
  const [row] = await all()
  expect(await codeOf(desk.move(desk.writer, row?.id ?? '', 'propose'))).toBe('notices.incomplete')
  expect(await desk.listed()).toEqual([])
})

it('a scam that was removed meanwhile holds up nothing', async () => {
  const { desk, scamId } = await wanted()
  await test.db.deleteFrom('scamSubject').where('id', '=', scamId).execute()
  await draftWanted(desk.system)
  expect(await all()).toEqual([])
})

it('of somebody who works for the whole city it is for the home commune', async () => {
  const desk = await openNotices(test.db)
  const city = await desk.official('thanh-pho', ['dispatcher'], null)
  await listScam(city, { subject: '0912345678', state: 'known_scam' })
  const [item] = (await listScams(city, 'known_scam')).items
  await moveScam(city, item?.id ?? '', { move: 'notice', version: item?.version ?? 0 })
  await draftWanted(desk.system)
  expect(await all()).toMatchObject([{ unitCode: desk.system.settings.homeUnitCode }])
})
