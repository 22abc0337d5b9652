import { afterAll, beforeAll, expect, it } from 'vitest'
import { DEMO_DIGITS, seedDossiers } from '../../api/hosts/demo/dossiers.ts'
import { seedReference } from '../../api/rooms/areas/index.ts'
import { lookUpDossier } from '../../api/rooms/dossiers/index.ts'
import { openDatabase, type TestDb, testCtx } from '../harness.ts'

let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

it('the demo commune has a dossier in each of the six situations, with codes that cannot be real', async () => {
  const ctx = testCtx(database.db)
  await seedReference(database.db, ctx.now(), ctx.newId)
  await seedDossiers(ctx)
  const rows = await database.db
    .selectFrom('dossier')
    .select(['code', 'state', 'outcome'])
    .orderBy('state')
    .execute()
  expect(rows.map(({ state }) => state)).toEqual([2, 4, 4, 5, 6, 10])
  for (const { code } of rows) expect(code).toMatch(/^000\.00\.00\.H57-\d{6}-0000$/)
  expect(rows.find(({ state }) => state === 10)?.outcome).toBe('on_time')
  const nobody = { ...ctx, actor: { kind: 'anonymous' as const } }
  const code = rows.find(({ state }) => state === 5)?.code ?? ''
  const found = await lookUpDossier(nobody, { code, digits: DEMO_DIGITS }, { remote: 'r' })
  expect(JSON.stringify(found)).toContain('bản chụp bị mờ')
  await seedDossiers(ctx)
  expect(await database.db.selectFrom('dossier').select('id').execute()).toHaveLength(6)
})
