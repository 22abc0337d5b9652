import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

let test: TestDb
let c: Commune
let http: TestApp
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
  http = testApp(test.db, { now: c.clock.now, ports: c.ports })
})
afterAll(() => test.close())

const suggest = (json: unknown) =>
  http.request('/api/v1/incidents/suggest', { method: 'POST', json })
const countAudit = async () => (await test.db.selectFrom('audit').select('seq').execute()).length

describe('POST /incidents/suggest', () => {
  it('names the category of words without tone marks, and keeps nothing', async () => {
    const before = await countAudit()
    const answer = await suggest({ text: 'den duong truoc nha van hoa tat ba dem nay' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ categories: [{ category: 'lighting' }] })
    expect(await countAudit()).toBe(before)
  })

  it('says nothing of a few letters, and marks danger', async () => {
    expect(await (await suggest({ text: 'đ' })).json()).toEqual({ categories: [], isUrgent: false })
    const answer = await suggest({ text: 'cuu voi nuoc ngap toi mai nha roi' })
    expect(await answer.json()).toMatchObject({ isUrgent: true })
  })

  it('refuses what is no text or too long', async () => {
    for (const json of [{}, { text: 7 }, { text: 'a'.repeat(4_001) }])
      expect((await suggest(json)).status).toBe(422)
  })

  it('bounds what one address asks in a minute', async () => {
    const statuses = new Set<number>()
    for (let i = 0; i <= 600; i++) statuses.add((await suggest({ text: 'a' })).status)
    expect([...statuses]).toEqual([200, 429])
  })
})
