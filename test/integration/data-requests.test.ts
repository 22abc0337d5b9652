import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { exportEverything } from '../../api/data-requests.ts'
import { deliver } from '../../api/rooms/delivery/index.ts'
import { findResidentOfChat, openResidentSession } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { news } from './delivery-kit.ts'
import { openDoor, reportLight } from './doors-kit.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

let test: TestDb
let c: Commune
let house: TestApp
let residentId: string
let code: string
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
  house = testApp(test.db)
  const door = openDoor(c, 'telegram', 'one')
  code = await reportLight(door)
  residentId = (await findResidentOfChat(c.nobody(), { channel: 'telegram', chatKey: 'one' })) ?? ''
  await deliver(c.nobody(), news(residentId, 'water is off'))
})
afterAll(() => test.close())

const call = async (method: string, path: string, secret: string) => {
  const headers: Record<string, string> = secret === '' ? {} : { authorization: `Bearer ${secret}` }
  return house.request(`/api/v1${path}`, { method, headers })
}
const sessionOf = async (id: string) =>
  (await openResidentSession(c.as({ kind: 'system', name: 't' }), { residentId: id, label: '' }))
    .secret
const exported = async () =>
  (
    await test.db
      .selectFrom('audit')
      .select('subjectId')
      .where('action', '=', 'identity.resident_exported')
      .execute()
  ).length

it('the whole copy holds what each room keeps, and is audited each time', async () => {
  const secret = await sessionOf(residentId)
  for (const n of [1, 2]) {
    const answer = await call('GET', '/me/export', secret)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toContain('loa.json')
    const copy = (await answer.json()) as Awaited<ReturnType<typeof exportEverything>>
    expect(copy.identity.links).toMatchObject([{ channel: 'telegram' }])
    expect(copy.incidents.incidents).toMatchObject([{ publicCode: code, category: 'lighting' }])
    expect(JSON.stringify(copy.delivery.inbox)).toContain('water is off')
    expect(copy.chats).toMatchObject([{ channel: 'telegram' }])
    expect(JSON.stringify(copy.chats)).toContain('đèn đường hư ba đêm nay')
    expect(await exported()).toBe(n)
  }
})

it('nobody gets another’s: no session, an official, another resident', async () => {
  expect((await call('GET', '/me/export', '')).status).toBe(401)
  expect((await call('DELETE', '/me', '')).status).toBe(401)
  const other = openDoor(c, 'web', 'two')
  await reportLight(other)
  const otherId = await findResidentOfChat(c.nobody(), { channel: 'web', chatKey: 'two' })
  const copy = await (await call('GET', '/me/export', await sessionOf(otherId ?? ''))).text()
  expect(copy).not.toContain(code)
  const as = c.as({ kind: 'resident', residentId: otherId ?? '' })
  await expect(exportEverything(as, residentId)).rejects.toThrow('http.forbidden')
  await expect(exportEverything(c.as({ kind: 'anonymous' }), residentId)).rejects.toThrow(
    'http.unauthenticated',
  )
  expect(await exported()).toBe(1)
})

it('after erasure there is no session and no copy', async () => {
  const secret = await sessionOf(residentId)
  expect((await call('DELETE', '/me', secret)).status).toBe(204)
  expect((await call('GET', '/me/export', secret)).status).toBe(401)
})
