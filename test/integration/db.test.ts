import { afterAll, beforeAll, expect, it } from 'vitest'
import { audit, sealAudit, verifyAudit } from '../../api/db/audit.ts'
import { inTransaction } from '../../api/db/transaction.ts'
import { openPglite, type TestDb, testCtx } from '../harness.ts'

let test: TestDb
beforeAll(async () => {
  test = await openPglite()
})
afterAll(() => test.close())

it('an audit row changed by hand is found by its seal', async () => {
  const ctx = testCtx(test.db)
  await inTransaction(ctx, (tx) => audit(tx, { action: 'a.b', subjectKind: 'x', subjectId: '1' }))
  expect(await sealAudit(ctx)).toBe(1)
  expect(await verifyAudit(test.db)).toEqual({ sealed: 1, unsealed: 0, brokenSeals: [] })
  await test.db.updateTable('audit').set({ action: 'a.c' }).execute()
  expect((await verifyAudit(test.db)).brokenSeals).toEqual([1])
})
