import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Capability } from '../../api/context.ts'
import { sealAudit } from '../../api/db/audit.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { desk } from './console-kit.ts'
import { type Commune, OFFICE, openCommune } from './incidents-kit.ts'

let test: TestDb
let c: Commune
let admin: Actor
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
  admin = { ...c.dispatcher, roles: ['admin'] }
})
afterAll(() => test.close())

const get = (actor: Actor | null, path: string) => desk(test.db, c, actor).get(path)
const rowsOf = async (query = '') =>
  (await (await get(admin, `/console/audit?${query}`)).json()).rows as {
    seq: number
    action: string
    actorName?: string
    subjectId: string
  }[]

describe('the audit page', () => {
  it('finds by action, login, code of a case and day; goes on where it stopped', async () => {
    const { publicCode } = await c.report()
    await c.move(c.dispatcher, publicCode, { kind: 'accept_and_assign', agencyCode: OFFICE })
    await c.move(c.officer, publicCode, { kind: 'start' })
    const { id } = await c.rowOf(publicCode)
    const ofCase = await rowsOf(`subject=${publicCode}`)
    expect(new Set(ofCase.map((row) => row.subjectId))).toEqual(new Set([id]))
    expect((await rowsOf('actor=xuly')).map((row) => row.actorName)).toEqual(['Cán bộ xuly'])
    expect((await rowsOf('action=incident.')).length).toBeGreaterThan(0)
    expect(await rowsOf('from=2030-01-01')).toEqual([])
    const all = await rowsOf('limit=200')
    const first = await (await get(admin, '/console/audit?limit=2')).json()
    const rest = await rowsOf(`limit=200&before=${first.nextBefore}`)
    expect([...first.rows, ...rest].map((row) => row.seq)).toEqual(all.map((row) => row.seq))
  })

  it('gives a file without anything that a spreadsheet runs, and records that it was taken', async () => {
    await test.db
      .insertInto('audit')
      .values({
        id: c.system.newId(),
        at: c.clock.now(),
        actorKind: 'system',
        actorId: '=1+1',
        action: 'x',
        subjectKind: 'x',
        subjectId: '@SUM(A1)',
        fields: [],
        data: '{}',
        requestId: 'x',
      })
      .execute()
    const text = await (await get(admin, '/console/audit.csv?action=x')).text()
    expect(text).toContain(",'=1+1,x,x,'@SUM(A1),")
    expect((await rowsOf('action=audit.export')).length).toBe(1)
  })

  it('finds a row that was changed by hand, and says under which seal', async () => {
    await c.report()
    await sealAudit(c.system)
    const whole = await (await get(admin, '/console/audit/seals')).json()
    expect(whole).toMatchObject({ brokenSeals: [] })
    expect(whole.sealed).toBeGreaterThan(0)
    const [row] = await rowsOf('limit=1')
    await test.db
      .updateTable('audit')
      .set({ actorId: 'somebody else' })
      .where('seq', '=', row?.seq ?? 0)
      .execute()
    const broken = await (await get(admin, '/console/audit/seals')).json()
    expect(broken.brokenSeals).toMatchObject([{ n: expect.any(Number), fromSeq: 1 }])
  })

  it('is closed to everybody who may not read it', async () => {
    for (const path of ['/console/audit', '/console/audit.csv', '/console/audit/seals']) {
      expect((await get(c.dispatcher, path)).status).toBe(403)
      expect((await get(null, path)).status).toBe(401)
    }
    expect((await get(admin, '/console/audit?from=x')).status).toBe(422)
  })
})

describe('who reported', () => {
  const viewer = (unitCode = '19867'): Actor => ({
    ...c.dispatcher,
    capabilities: ['identity_viewer'] as Capability[],
    unitCode,
  })
  const look = (actor: Actor | null, id: string, reason: unknown = 'danger') =>
    desk(test.db, c, actor).post(`/console/incidents/${id}/reporter`, { reason })

  it('is told to a viewer of the unit with a reason, and each look is recorded', async () => {
    const { publicCode } = await c.reportFromChat()
    await test.db.updateTable('resident').set({ displayName: 'Trần Thị Mận' }).execute()
    const { id } = await c.rowOf(publicCode)
    expect(await (await look(viewer(), id)).json()).toMatchObject({
      reporter: { name: 'Trần Thị Mận', channels: ['telegram'] },
    })
    await look(viewer(), id, 'court')
    const rows = (await c.audited()).filter((row) => row.action === 'identity.view_reporter')
    expect(rows.map((row) => row.data)).toEqual([{ reason: 'danger' }, { reason: 'court' }])
    expect(JSON.stringify(rows)).not.toContain('Mận')
  })

  it('is told to nobody else, not without a reason, and then nothing is recorded', async () => {
    const { publicCode } = await c.reportFromChat()
    const { id } = await c.rowOf(publicCode)
    const statuses = [
      await look(c.dispatcher, id),
      await look(viewer('19789'), id),
      await look(admin, id),
      await look(null, id),
      await look(viewer(), id, 'curious'),
      await look(viewer(), crypto.randomUUID()),
    ].map((answer) => answer.status)
    expect(statuses).toEqual([403, 403, 403, 401, 422, 404])
    expect((await c.audited()).some((row) => row.action === 'identity.view_reporter')).toBe(false)
  })

  it('is nobody once the person was erased', async () => {
    const { publicCode } = await c.report()
    const { id } = await c.rowOf(publicCode)
    expect(await (await look(viewer(), id)).json()).toEqual({ reporter: null })
  })
})
