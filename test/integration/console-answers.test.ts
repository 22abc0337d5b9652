import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { getCase } from '../../api/rooms/console/index.ts'
import { previewMove, previewPublic } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { desk } from './console-kit.ts'
import { type Commune, INSIDE, OFFICE, openCommune, UNIT } from './incidents-kit.ts'

/** What an official has at hand to answer well: templates, previews, and what happened at the place before. */
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

const at = (actor: Actor | null) => desk(test.db, c, actor)
const codeOf = async (answer: Response) => (await answer.json()).code
const audits = async (action: string) =>
  (await test.db.selectFrom('audit').selectAll().execute()).filter((row) => row.action === action)

describe('answer templates', () => {
  const SAVED = { name: 'Vá đường', category: 'road', body: '{donvi} đã vá {noi} ({?ngày}). {ma}' }
  const save = (row: object, actor: Actor | null = admin) =>
    at(actor).put('/console/settings/templates', row)
  const listed = async () =>
    (await (await at(admin).get('/console/settings')).json()).templates as { id: string }[]

  it('are filled for the case, and an answer with a gap goes to nobody', async () => {
    expect((await save(SAVED)).status).toBe(204)
    expect((await save({ name: 'Rác', category: 'waste', body: 'x' })).status).toBe(204)
    expect((await save({ name: 'Chung', body: 'Cảm ơn ông/bà.' })).status).toBe(204)
    const { publicCode } = await c.report({
      place: { source: 'pin', ...INSIDE, text: 'chợ Sịa', unitCode: UNIT },
    })
    await c.walkTo(publicCode, 'in_progress')
    const { id, version } = await c.rowOf(publicCode)
    const { templates } = await getCase(c.as(c.officer), id)
    expect(templates.map((one) => [one.name, one.text])).toEqual([
      ['Vá đường', `Phòng Kinh tế đã vá chợ Sịa ({?ngày}). ${publicCode}`],
      ['Chung', 'Cảm ơn ông/bà.'],
    ])
    expect((await getCase(c.as(c.dispatcher), id)).templates).toEqual([])
    const answer = { kind: 'answer', mediaIds: [], noProofReason: 'Đêm' }
    const send = (text: string) =>
      at(c.officer).post(`/console/incidents/${id}/moves`, { version, move: { ...answer, text } })
    expect(await codeOf(await send(templates[0]?.text ?? ''))).toBe('incidents.answer_unfilled')
    expect((await send('Đã vá chợ Sịa hôm qua.')).status).toBe(200)
  })

  it('are changed and taken off once each, with the fields on record and no words', async () => {
    await save(SAVED)
    const [row] = await listed()
    const changed = { ...SAVED, id: row?.id, body: 'Đã vá {noi}.' }
    for (let i = 0; i < 2; i++) expect((await save(changed)).status).toBe(204)
    expect((await audits('incident.save_template')).map((one) => one.fields)).toEqual([
      ['name', 'category', 'body'],
      ['body'],
    ])
    for (let i = 0; i < 2; i++)
      expect((await at(admin).remove(`/console/settings/templates/${row?.id}`)).status).toBe(204)
    expect(await audits('incident.remove_template')).toHaveLength(1)
    expect(await listed()).toEqual([])
    expect(JSON.stringify(await test.db.selectFrom('audit').selectAll().execute())).not.toContain(
      'Đã vá',
    )
  })

  it('refuse names that mean nothing, an unknown one to change, and whoever keeps no settings', async () => {
    for (const body of ['{ten} xong', 'a } b', '{?}', ''])
      expect([body, (await save({ ...SAVED, body })).status]).toEqual([body, 422])
    expect(await codeOf(await save({ ...SAVED, id: c.system.newId() }))).toBe('http.not_found')
    expect((await save(SAVED, c.dispatcher)).status).toBe(403)
    expect((await save(SAVED, null)).status).toBe(401)
    expect(await listed()).toEqual([])
  })
})

describe('before a step is made', () => {
  /** What the last message said, without the mark of a demonstration. */
  const toldParts = async () => JSON.parse((await c.told()).at(-1) ?? '{}').parts.slice(1)

  it('its message is the one that is told afterwards, and nothing is written', async () => {
    const { publicCode } = await c.reportFromChat()
    await c.walkTo(publicCode, 'in_progress')
    const { id, version } = await c.rowOf(publicCode)
    const before = (await c.told()).length
    const move = { kind: 'answer' as const, text: 'Đã vá', mediaIds: [], noProofReason: 'Đêm' }
    const preview = await previewMove(c.as(c.officer), { id, move })
    expect(preview.channel).toBe('telegram')
    expect(await c.told()).toHaveLength(before)
    expect((await c.rowOf(publicCode)).version).toBe(version)
    await c.move(c.officer, publicCode, move)
    expect(await toldParts()).toEqual(preview.message?.parts)
    expect(JSON.stringify(preview.message)).toContain('Đã vá')
  })

  it.each([
    { kind: 'refuse', reasonCode: 'other_channel', redirectTo: 'Điện lực Quảng Điền' },
    { kind: 'ask_info', question: 'Trước số nhà nào?' },
    { kind: 'accept_and_assign', agencyCode: OFFICE },
  ] as const)('the same holds for $kind', async (move) => {
    const { publicCode } = await c.reportFromChat()
    const { id } = await c.rowOf(publicCode)
    const { message } = await previewMove(c.as(c.dispatcher), { id, move })
    await c.move(c.dispatcher, publicCode, move)
    expect(await toldParts()).toEqual(message?.parts)
  })

  it('nobody is told where the sender is not known or the step is the desk’s own', async () => {
    const known = await c.rowOf((await c.reportFromChat()).publicCode)
    const unknown = await c.rowOf((await c.report()).publicCode)
    const see = (id: string, move: Parameters<typeof previewMove>[1]['move']) =>
      previewMove(c.as(c.dispatcher), { id, move })
    expect((await see(unknown.id, { kind: 'accept' })).message).toBeNull()
    await c.move(c.dispatcher, known.publicCode, { kind: 'ask_info', question: 'Ở đâu?' })
    expect((await see(known.id, { kind: 'record_info', text: 'Ở chợ' })).message).toBeNull()
  })

  it('is refused as the step itself would be', async () => {
    const { id } = await c.rowOf((await c.reportFromChat()).publicCode)
    const see = (actor: Actor | null, move: object, of = id) =>
      at(actor).post(`/console/incidents/${of}/preview`, { move })
    expect(await codeOf(await see(c.dispatcher, { kind: 'start' }))).toBe('http.forbidden')
    expect((await see(c.elsewhere, { kind: 'accept' })).status).toBe(403)
    expect((await see(null, { kind: 'accept' })).status).toBe(401)
    expect((await see(c.dispatcher, { kind: 'nothing' })).status).toBe(422)
    expect((await see(c.dispatcher, { kind: 'accept' }, c.system.newId())).status).toBe(404)
    expect((await see(c.dispatcher, { kind: 'accept' })).status).toBe(200)
  })
})

describe('what everybody will read', () => {
  it('of a case that waits is what they read once it is accepted, without names', async () => {
    const { publicCode } = await c.report({ description: 'Ổ gà trước nhà ông Nguyễn Văn Sửu' })
    const { id } = await c.rowOf(publicCode)
    const early = await previewPublic(c.as(c.dispatcher), id)
    expect(early).toMatchObject({ isNow: false, incident: { state: 'accepted' } })
    expect(early.incident.description).toContain('Ổ gà')
    expect(JSON.stringify(early)).not.toContain('Sửu')
    await c.walkTo(publicCode, 'accepted')
    const { isNow, incident } = await previewPublic(c.as(c.dispatcher), id)
    expect(isNow).toBe(true)
    expect(incident.description).toBe(early.incident.description)
  })

  it('has the proposed answer, and no photo of a private place', async () => {
    const { mediaId, uploadSecret } = await c.photo({ kind: 'anonymous' })
    const media = [{ mediaId, ...(uploadSecret === undefined ? {} : { uploadSecret }) }]
    const { publicCode } = await c.report({ category: 'security', media })
    await c.move(c.dispatcher, publicCode, { kind: 'accept_and_assign', agencyCode: OFFICE })
    await c.move(c.officer, publicCode, { kind: 'start' })
    await c.move(c.officer, publicCode, {
      ...{ kind: 'answer', text: 'Đã nhắc nhở', mediaIds: [], noProofReason: 'Riêng tư' },
    })
    const { id } = await c.rowOf(publicCode)
    const { isNow, incident } = await previewPublic(c.as(c.approver), id)
    expect(isNow).toBe(false)
    expect(incident).toMatchObject({ answer: { text: 'Đã nhắc nhở' }, mediaIds: [] })
    for (const [actor, status] of [
      [null, 401],
      [c.elsewhere, 403],
    ] as const)
      expect((await at(actor).get(`/console/incidents/${id}/public`)).status).toBe(status)
  })
})

describe('the history of a place', () => {
  it('is what was reported within 100 m, whatever about, with its answer, within reach', async () => {
    const near = { lng: INSIDE.lng + 0.0005, lat: INSIDE.lat }
    const far = { lng: INSIDE.lng + 0.005, lat: INSIDE.lat }
    const pin = (point: typeof near) => ({
      place: { source: 'pin' as const, ...point, unitCode: UNIT },
    })
    const answered = (await c.report({ category: 'lighting', ...pin(near) })).publicCode
    await c.walkTo(answered, 'answered')
    await c.report({ category: 'waste', ...pin(far) })
    const { id } = await c.rowOf((await c.report(pin(INSIDE))).publicCode)
    const { around } = await getCase(c.as(c.dispatcher), id)
    expect(around).toMatchObject([
      { publicCode: answered, category: 'lighting', state: 'answered', answer: 'Đã vá ổ gà' },
    ])
    expect(around[0]?.metres).toBeGreaterThan(40)
    expect(around[0]?.metres).toBeLessThan(70)
    const mine = await c.rowOf((await c.report(pin(INSIDE))).publicCode)
    await c.move(c.dispatcher, mine.publicCode, { kind: 'accept_and_assign', agencyCode: OFFICE })
    const seen = (await getCase(c.as(c.officer), mine.id)).around.map((one) => one.publicCode)
    expect(seen).toEqual([answered])
  })

  it('without a point is the same matter in the same hamlet', async () => {
    const place = { source: 'hamlet' as const, hamletId: c.hamlet.id, unitCode: UNIT }
    const first = (await c.report({ place })).publicCode
    await c.report({ place, category: 'waste' })
    const { id } = await c.rowOf((await c.report({ place })).publicCode)
    const { around } = await getCase(c.as(c.dispatcher), id)
    expect(around.map((one) => [one.publicCode, one.metres])).toEqual([[first, undefined]])
  })
})
