import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addToOwn,
  answerSatisfaction,
  askSatisfaction,
  getPublicIncident,
  listMine,
  listOwnAttention,
  listSatisfaction,
  lookupOwn,
} from '../../api/rooms/incidents/index.ts'
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

const DAY = 86_400
const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  http.request(`/api/v1${path}`, { method: 'POST', json, headers })
const actions = async () => (await c.audited()).map(({ action }) => action)
const resident = (residentId: string) => c.as({ kind: 'resident', residentId })
const photosOf = async (code: string) => {
  const { id } = await c.rowOf(code)
  return c.db.selectFrom('incidentMedia').selectAll().where('incidentId', '=', id).execute()
}

describe('words added to an own case', () => {
  it('are kept with it, put before whoever has it, and are neither public nor in the audit', async () => {
    const { publicCode: code, secret } = await c.report()
    await c.walkTo(code, 'in_progress')
    const added = await addToOwn(c.nobody(), {
      code,
      secret,
      text: '  Nay lún sâu hơn, 0905123456 ',
    })
    expect(added.additions).toMatchObject([{ text: 'Nay lún sâu hơn, 0905123456' }])
    const [waiting] = (await listOwnAttention(c.as(c.officer))).filter(
      (one) => one.kind === 'comment',
    )
    expect(waiting).toMatchObject({ publicCode: code })
    expect(await actions()).toContain('incident.add_comment')
    expect(JSON.stringify(await c.audited())).not.toContain('lún sâu hơn')
    expect(JSON.stringify(await getPublicIncident(c.nobody(), code))).not.toContain('lún sâu hơn')
  })

  it('need the secret, or the session of the sender; anything else finds nothing', async () => {
    const { publicCode: code, residentId } = await c.reportFromChat()
    const other = await c.reportFromChat({}, 'chat-2')
    const text = 'Thêm một câu'
    await addToOwn(resident(residentId), { code, text })
    for (const [ctx, given] of [
      [c.nobody(), { code, text }],
      [c.nobody(), { code, secret: other.secret, text }],
      [resident(other.residentId), { code, text }],
      [c.as(c.dispatcher), { code, text }],
      [c.nobody(), { code: 'HUE-2222-2222', secret: other.secret, text }],
    ] as const)
      await expect(addToOwn(ctx, given)).rejects.toMatchObject({ code: 'incidents.not_found' })
    expect((await actions()).filter((one) => one === 'incident.add_comment')).toHaveLength(1)
  })

  it('that are none, or too many, are an invalid input', async () => {
    const { publicCode: code, secret } = await c.report()
    for (const text of [undefined, ' \u200B ', 'x'.repeat(2_001)])
      await expect(
        addToOwn(c.nobody(), { code, secret, ...(text === undefined ? {} : { text }) }),
      ).rejects.toMatchObject({ code: 'http.invalid_input' })
    expect(await actions()).not.toContain('incident.add_comment')
  })

  it('answer what the office had asked, and the case goes on', async () => {
    const { publicCode: code, secret } = await c.report()
    await c.move(c.dispatcher, code, { kind: 'ask_info', question: 'Gần nhà nào?' })
    await addToOwn(c.nobody(), { code, secret, text: 'Trước quán bà Lài' })
    expect((await c.rowOf(code)).state).not.toBe('needs_info')
    const [own] = await lookupOwn(c.nobody(), { cases: [{ code, secret }] })
    expect(own?.additions).toMatchObject([{ text: 'Trước quán bà Lài' }])
  })

  it('come too late once the case is over', async () => {
    const { publicCode: code, secret } = await c.report()
    await c.move(c.dispatcher, code, { kind: 'refuse', reasonCode: 'not_enough_info' })
    await expect(addToOwn(c.nobody(), { code, secret, text: 'Ở đây' })).rejects.toMatchObject({
      code: 'incidents.bad_transition',
    })
  })
})

describe('photos added to an own case', () => {
  it('stay private, once each, and no more than ten', async () => {
    const { publicCode: code, secret } = await c.report()
    const upload = () => c.photo({ kind: 'anonymous' })
    const first = await upload()
    const media = [first]
    await addToOwn(c.nobody(), { code, secret, media })
    await addToOwn(c.nobody(), { code, secret, media })
    expect(await photosOf(code)).toHaveLength(1)
    const row = await c.db.selectFrom('media').selectAll().executeTakeFirstOrThrow()
    expect(row.publishedAt).toBeNull()
    for (const count of [5, 4]) {
      const more = await Promise.all(Array.from({ length: count }, upload))
      await addToOwn(c.nobody(), { code, secret, media: more })
    }
    await expect(
      addToOwn(c.nobody(), { code, secret, media: [await upload()] }),
    ).rejects.toMatchObject({ code: 'files.too_many' })
    expect(await photosOf(code)).toHaveLength(10)
    expect((await actions()).filter((one) => one === 'incident.add_photos')).toHaveLength(3)
  })

  it('of somebody else are not found, and nothing is added', async () => {
    const { publicCode: code, secret } = await c.report()
    const { mediaId } = await c.photo({ kind: 'anonymous' })
    const stolen = { mediaId, uploadSecret: 'guessed' }
    await expect(
      addToOwn(c.nobody(), { code, secret, text: 'ảnh', media: [stolen] }),
    ).rejects.toMatchObject({ code: 'files.not_found' })
    expect(await photosOf(code)).toEqual([])
    expect(await actions()).not.toContain('incident.add_comment')
  })
})

describe('POST /incidents/{code}/additions', () => {
  it('with the same key is one addition; with other words a mismatch', async () => {
    const { publicCode: code, secret } = await c.report()
    const headers = { 'Idempotency-Key': 'key-of-an-addition-1' }
    const add = (text: string) => post(`/incidents/${code}/additions`, { secret, text }, headers)
    const first = await add('Thêm')
    expect([first.status, (await add('Thêm')).status]).toEqual([200, 200])
    expect((await add('Khác')).status).toBe(422)
    expect((await actions()).filter((one) => one === 'incident.add_comment')).toHaveLength(1)
    const wrong = await post(`/incidents/${code}/additions`, { secret: 'wrong', text: 'Thêm' })
    expect(wrong.status).toBe(404)
  })
})

describe('the own list', () => {
  it('holds what the signed-in resident sent, newest first, and nobody else’s', async () => {
    const { publicCode: older, residentId } = await c.reportFromChat()
    c.clock.advance(60)
    const { publicCode: newer } = await c.reportFromChat()
    await c.reportFromChat({}, 'chat-2')
    await c.report()
    const own = await listMine(resident(residentId))
    expect(own.map(({ publicCode }) => publicCode)).toEqual([newer, older])
    await expect(listMine(c.nobody())).rejects.toMatchObject({ code: 'http.unauthenticated' })
    await expect(listMine(c.as(c.dispatcher))).rejects.toMatchObject({ code: 'http.forbidden' })
    expect((await http.request('/api/v1/incidents/mine')).status).toBe(401)
  })

  it('says what may be done with each case now', async () => {
    const { publicCode: code, secret, residentId } = await c.reportFromChat()
    const moves = async () => (await listMine(resident(residentId))).map((one) => one.moves)
    const before = await moves()
    await c.walkTo(code, 'answered')
    expect(await moves()).not.toEqual(before)
    const [looked] = await lookupOwn(c.nobody(), { cases: [{ code, secret }] })
    expect([looked?.moves]).toEqual(await moves())
  })
})

describe('the question after closing', () => {
  async function closed(chatKey: string) {
    const one = await c.reportFromChat({}, chatKey)
    await c.walkTo(one.publicCode, 'answered')
    await post(`/incidents/${one.publicCode}/rating`, { secret: one.secret, rating: 4 })
    expect((await c.rowOf(one.publicCode)).state).toBe('closed')
    return one
  }

  it('comes seven days later, once, and its first answer holds', async () => {
    const { publicCode: code, secret } = await closed('chat-1')
    expect(await askSatisfaction(c.system)).toBe(0)
    await expect(answerSatisfaction(c.nobody(), { code, secret, score: 5 })).rejects.toMatchObject({
      code: 'incidents.bad_transition',
    })
    c.clock.advance(7 * DAY)
    expect([await askSatisfaction(c.system), await askSatisfaction(c.system)]).toEqual([1, 0])
    expect((await c.told()).filter((text) => text.includes(code)).at(-1)).toContain('case.score5')
    const answer = (body: object) => post(`/incidents/${code}/satisfaction`, body)
    expect((await answer({ secret: 'wrong', score: 5 })).status).toBe(404)
    expect((await answer({ secret, score: 6 })).status).toBe(422)
    expect((await answer({ secret, score: 2 })).status).toBe(200)
    expect((await answer({ secret, score: 5 })).status).toBe(409)
    const rows = await c.db.selectFrom('incidentSatisfaction').select('score').execute()
    expect(rows).toEqual([{ score: 2 }])
    expect((await actions()).filter((one) => one.endsWith('_satisfaction'))).toEqual([
      'incident.ask_satisfaction',
      'incident.answer_satisfaction',
    ])
    expect(JSON.stringify(await c.audited())).not.toMatch(/"score"/)
  })

  it('is known to officials only in sums of five, and by no difference of two sums', async () => {
    const scores = [5, 4, 1, 4, 2, 5]
    const cases = []
    for (const i of scores.keys()) cases.push(await closed(`chat-${i}`))
    c.clock.advance(7 * DAY)
    expect(await askSatisfaction(c.system)).toBe(scores.length)
    const sums = async () =>
      (await listSatisfaction(c.as(c.dispatcher))).map(({ answers, average, satisfied }) => [
        answers,
        average,
        satisfied,
      ])
    const seen = []
    for (const [i, { publicCode: code, secret }] of cases.entries()) {
      await answerSatisfaction(c.nobody(), { code, secret, score: scores[i] ?? 1 })
      c.clock.advance(1)
      seen.push(await sums())
    }
    const five = [[5, 3.2, 3]]
    expect(seen).toEqual([[], [], [], [], five, five])
    expect(await listSatisfaction(c.as(c.elsewhere))).toEqual([])
    await expect(listSatisfaction(c.nobody())).rejects.toThrow()
  })
})

describe('POST and DELETE /incidents/{code}/follow', () => {
  it('need a session, and find only what is public', async () => {
    const { publicCode: code } = await c.report()
    const paths = [code, 'HUE-2222-2222'].map((one) => `/api/v1/incidents/${one}/follow`)
    for (const path of paths) {
      expect((await http.request(path, { method: 'POST', json: {} })).status).toBe(401)
      expect((await http.request(path, { method: 'DELETE' })).status).toBe(401)
    }
  })
})
