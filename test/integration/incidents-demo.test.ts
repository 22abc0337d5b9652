import { afterAll, beforeAll, expect, it } from 'vitest'
import { seedDemo } from '../../api/hosts/demo/index.ts'
import { seedReference } from '../../api/rooms/areas/index.ts'
import { seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb, testCtx } from '../harness.ts'

let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
  await database.truncate()
})
afterAll(() => database.close())

it('the demo commune has a case in each situation, and the loudspeaker for the third time', async () => {
  const ctx = testCtx(database.db, { actor: { kind: 'system', name: 'seed' } })
  await seedConsentTexts(database.db, ctx.now())
  await seedReference(database.db, ctx.now(), ctx.newId)
  await seedDemo(ctx, { password: () => 'a-long-enough-password' })
  const rows = await database.db
    .selectFrom('incident')
    .select(['id', 'state', 'category', 'urgency', 'description', 'reasonCode'])
    .orderBy('id')
    .execute()
  const of = (words: string) => rows.filter((row) => row.description.includes(words))
  const [, , third] = of('Loa kéo')
  expect(of('Loa kéo').map((row) => row.state)).toEqual(['closed', 'closed', 'reopened'])
  const repeats = await database.db.selectFrom('incidentRepeat').selectAll().execute()
  expect(repeats.filter((row) => row.incidentId === third?.id)).toHaveLength(2)
  const stateOf = (words: string) => of(words).map((row) => row.state)
  expect(stateOf('Ngập 40 cm')).toEqual(['received'])
  expect(stateOf('ngap o phuoc yen')).toEqual(['duplicate'])
  expect(of('Sạt bờ sông Bồ')).toMatchObject([{ urgency: 'urgent' }])
  expect(stateOf('Cống Hà Đồ')).toEqual(['in_progress'])
  expect(stateOf('Đèn đường Mỹ Xá')).toEqual(['assigned'])
  expect(stateOf('Khói đốt rơm')).toEqual(['answered'])
  expect(stateOf('Bãi rác')).toEqual(['closed'])
  expect(stateOf('Heo chết')).toEqual(['needs_info'])
  expect(of('ranh đất')).toMatchObject([{ state: 'refused', reasonCode: 'judicial_or_civil' }])
})
