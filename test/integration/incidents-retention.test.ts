import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { purgeOutboxBodies } from '../../api/db/outbox-purge.ts'
import { eraseResident } from '../../api/rooms/identity/index.ts'
import {
  actOnOwn,
  answerSatisfaction,
  askSatisfaction,
  consumeResidentEvents,
  createPartnerKey,
  eraseReporter,
  exportOwnIncidents,
  fetchPartnerPhotos,
  getPublicIncident,
  purgeEnded,
} from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { type Commune, OFFICE, openCommune, UNIT } from './incidents-kit.ts'
import { fixMyStreet } from './open311-client.ts'

let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

const DAY = 86_400
const AT = { lng: 107.532512, lat: 16.569749 }
const WORDS = 'Nhà ông Nguyễn Văn Sửu, số nhà 12/3, gọi 0912345678. Loa kéo to'
const secretsIn = (row: unknown) =>
  ['Sửu', '0912345678', '107.532512', '16.569749', '12/3'].filter((s) =>
    JSON.stringify(row).includes(s),
  )

/** A private case of a known resident with a photo, refused at once. */
async function ended() {
  const { mediaId, uploadSecret } = await c.photo({ kind: 'anonymous' })
  const media = [{ mediaId, ...(uploadSecret === undefined ? {} : { uploadSecret }) }]
  const made = await c.reportFromChat({
    category: 'noise',
    description: WORDS,
    media,
    place: { source: 'pin', ...AT, text: 'số nhà 12/3 Phước Yên', isPrivate: true, unitCode: UNIT },
  })
  await c.move(c.dispatcher, made.publicCode, { kind: 'ask_info', question: 'Nhà ông Sửu ở đâu?' })
  await c.move(c.dispatcher, made.publicCode, { kind: 'record_info', text: 'gọi 0912345678' })
  await c.move(c.dispatcher, made.publicCode, { kind: 'refuse', reasonCode: 'judicial_or_civil' })
  return { ...made, mediaId }
}
const stepsOf = (incidentId: string) =>
  test.db.selectFrom('incidentActivity').selectAll().where('incidentId', '=', incidentId).execute()
const actions = async () => (await c.audited()).map((row) => row.action)

describe('180 days after its end', () => {
  it('a case no longer leads to its sender, and stays', async () => {
    const { publicCode, mediaId } = await ended()
    const before = await c.rowOf(publicCode)
    expect(secretsIn(before)).toHaveLength(5)
    c.clock.advance(180 * DAY - 1)
    expect(await purgeEnded(c.system)).toBe(0)
    c.clock.advance(2)
    expect(await purgeEnded(c.system)).toBe(1)
    const after = await c.rowOf(publicCode)
    expect(secretsIn([after, await stepsOf(after.id)])).toEqual([])
    expect(after).toMatchObject({
      reporterId: null,
      secretHash: null,
      placeText: '',
      lng: 107.533,
      lat: 16.57,
      state: 'refused',
      unitCode: UNIT,
      purgedAt: c.clock.now().toISOString(),
    })
    expect(after.description).toContain('Loa kéo to')
    const photo = await test.db
      .selectFrom('media')
      .selectAll()
      .where('id', '=', mediaId)
      .executeTakeFirst()
    expect(photo?.state).toBe('gone')
    expect((await getPublicIncident(c.nobody(), publicCode)).state).toBe('refused')
  })

  it('once: again changes nothing, and one audit row says what went, not what it was', async () => {
    const { publicCode } = await ended()
    c.clock.advance(181 * DAY)
    await purgeEnded(c.system)
    const { version } = await c.rowOf(publicCode)
    expect(await purgeEnded(c.system)).toBe(0)
    expect((await c.rowOf(publicCode)).version).toBe(version)
    expect((await actions()).filter((action) => action === 'incident.forget_sender')).toHaveLength(
      1,
    )
    expect(secretsIn(await c.audited())).toEqual([])
  })

  it('not before its end, however old it is', async () => {
    const { publicCode } = await c.reportFromChat()
    await c.walkTo(publicCode, 'answered')
    c.clock.advance(400 * DAY)
    expect(await purgeEnded(c.system)).toBe(0)
  })

  it('a public case keeps its point, its answer and its published photos', async () => {
    const { publicCode } = await c.reportFromChat()
    await c.walkTo(publicCode, 'answered')
    await test.db
      .updateTable('incident')
      .set({ state: 'closed', closedAt: c.clock.now() })
      .where('publicCode', '=', publicCode)
      .execute()
    const before = await getPublicIncident(c.nobody(), publicCode)
    c.clock.advance(181 * DAY)
    expect(await purgeEnded(c.system)).toBe(1)
    expect(await getPublicIncident(c.nobody(), publicCode)).toEqual(before)
  })

  it('a published photo leads to nobody, and an answer no longer names whom it was written to', async () => {
    const { mediaId } = await c.photo({ kind: 'anonymous' }, 'chat-1')
    const { publicCode, residentId } = await c.reportFromChat({ media: [{ mediaId }] })
    await test.db
      .updateTable('media')
      .set({ takenLng: AT.lng, takenLat: AT.lat, takenAt: c.clock.now() })
      .execute()
    await c.walkTo(publicCode, 'in_progress')
    await c.move(c.officer, publicCode, {
      ...{ kind: 'answer', mediaIds: [], noProofReason: 'Làm ban đêm' },
      text: 'Kính gửi ông Nguyễn Văn Sửu, số 0912345678: đã vá. Hỏi thêm 0234.3822.123',
    })
    const { id } = await c.rowOf(publicCode)
    await test.db
      .updateTable('incident')
      .set({ state: 'closed', closedAt: c.clock.now() })
      .execute()
    const before = await getPublicIncident(c.nobody(), publicCode)
    c.clock.advance(181 * DAY)
    expect(await purgeEnded(c.system)).toBe(1)
    expect(await getPublicIncident(c.nobody(), publicCode)).toEqual(before)
    const [photo] = await test.db.selectFrom('media').selectAll().execute()
    expect(photo).toMatchObject({ state: 'ready', ownerKind: 'anonymous', ownerId: '' })
    expect([photo?.takenAt, photo?.takenLng, photo?.takenLat]).toEqual([null, null, null])
    const kept = JSON.stringify([await c.rowOf(publicCode), await stepsOf(id), photo])
    for (const secret of ['Sửu', '0912345678', residentId, 'chat-1'])
      expect(kept).not.toContain(secret)
    expect(kept).toContain('0234.3822.123')
  })

  it('nothing of a partner’s numbers and addresses is left', async () => {
    const { secret } = await createPartnerKey(c.system, { name: 'fixmystreet' })
    const http = testApp(test.db, { now: c.clock.now, ports: c.ports })
    const send = fixMyStreet(async (path, init) => http.app.request(path, init), { apiKey: secret })
    const id =
      (await send.sendServiceRequest({
        ...{ service_code: 'road', description: 'Ổ gà', lat: '16.56974', long: '107.53251' },
        ...{
          'attribute[fixmystreet_id]': '7781',
          media_url: 'https://fms.example/photo/7781.jpeg',
        },
      })) ?? ''
    await send.postServiceRequestUpdate({
      ...{ service_request_id: id, update_id: '9182', description: 'Xem https://fms.example/7781' },
    })
    await fetchPartnerPhotos(c.system)
    await c.move(c.dispatcher, id, { kind: 'refuse', reasonCode: 'out_of_scope' })
    const everything = async () =>
      JSON.stringify([
        await test.db.selectFrom('incident').selectAll().execute(),
        await test.db.selectFrom('incidentActivity').selectAll().execute(),
        await test.db.selectFrom('open311Request').selectAll().execute(),
        await test.db.selectFrom('open311Update').selectAll().execute(),
        await test.db.selectFrom('open311Photo').selectAll().execute(),
      ])
    const before = await everything()
    for (const trace of ['7781', '9182', 'fms.example']) expect(before).toContain(trace)
    c.clock.advance(181 * DAY)
    expect(await purgeEnded(c.system)).toBe(1)
    const after = await everything()
    for (const trace of ['7781', '9182', 'fms.example']) expect(after).not.toContain(trace)
  })
})

describe('a resident’s own data', () => {
  it('is exported to them alone', async () => {
    const { publicCode, residentId } = await ended()
    const self = c.as({ kind: 'resident', residentId })
    const { incidents, following } = await exportOwnIncidents(self, residentId)
    expect(incidents).toMatchObject([{ publicCode, ownDescription: WORDS, ownPlace: AT }])
    expect(following).toEqual([])
    for (const actor of [c.nobody().actor, c.dispatcher]) {
      await expect(exportOwnIncidents(c.as(actor), residentId)).rejects.toThrow(
        /forbidden|unauthenticated/,
      )
      await expect(eraseReporter(c.as(actor), residentId)).rejects.toThrow(
        /forbidden|unauthenticated/,
      )
    }
  })

  it('holds photos, ratings with their reasons, what was not done, and the answer after closing', async () => {
    const { mediaId } = await c.photo({ kind: 'anonymous' }, 'chat-1')
    const made = await c.reportFromChat({ media: [{ mediaId }] })
    const { publicCode, residentId } = made
    const self = c.as({ kind: 'resident', residentId })
    await c.walkTo(publicCode, 'answered')
    await actOnOwn(self, { code: publicCode, move: { kind: 'reopen', note: 'Còn một ổ gà' } })
    await c.move(c.dispatcher, publicCode, { kind: 'assign', agencyCode: OFFICE })
    await c.move(c.officer, publicCode, { kind: 'start' })
    await c.move(c.officer, publicCode, {
      ...{ kind: 'answer', text: 'Xong', mediaIds: [], noProofReason: 'Ban đêm' },
    })
    const move = { kind: 'rate' as const, rating: 4, comment: 'Nhanh hơn lần trước' }
    await actOnOwn(self, { code: publicCode, move })
    c.clock.advance(8 * DAY)
    expect(await askSatisfaction(c.system)).toBe(1)
    await answerSatisfaction(self, { code: publicCode, score: 5 })
    const { incidents } = await exportOwnIncidents(self, residentId)
    expect(incidents).toMatchObject([
      {
        ...{ publicCode, ownMediaIds: [mediaId], rating: 4, channel: 'telegram' },
        hidesIdentity: true,
        said: [
          { kind: 'reopen', text: 'Còn một ổ gà' },
          { kind: 'rate', text: 'Nhanh hơn lần trước' },
        ],
        satisfaction: { score: 5 },
      },
    ])
    await eraseReporter(c.system, residentId)
    expect((await exportOwnIncidents(self, residentId)).incidents).toEqual([])
    const rows = [
      await c.rowOf(publicCode),
      await test.db.selectFrom('incidentActivity').selectAll().execute(),
      await test.db.selectFrom('incidentSatisfaction').selectAll().execute(),
      await test.db.selectFrom('media').selectAll().execute(),
    ]
    expect(JSON.stringify(rows)).not.toContain(residentId)
    expect(JSON.stringify(rows)).not.toContain('"chat-1"')
  })

  it('is erased when the person is, also of a case that still runs; twice is once', async () => {
    const { residentId, publicCode } = await ended()
    const running = await c.reportFromChat({ description: WORDS })
    await eraseResident(c.as({ kind: 'resident', residentId }), residentId)
    expect(await consumeResidentEvents(c.system)).toBeGreaterThan(0)
    for (const code of [publicCode, running.publicCode]) {
      const row = await c.rowOf(code)
      expect([row.reporterId, row.secretHash]).toEqual([null, null])
      expect(row.description).not.toContain('Sửu')
    }
    expect((await c.rowOf(running.publicCode)).state).toBe('received')
    expect(await eraseReporter(c.system, residentId)).toBe(0)
    const steps = await test.db.selectFrom('incidentActivity').selectAll().execute()
    expect(JSON.stringify(steps)).not.toContain(residentId)
    await c.walkTo(running.publicCode, 'answered')
  })
})

it('messages are emptied 30 days after they were settled, and stay sent', async () => {
  const { publicCode } = await c.reportFromChat()
  await c.walkTo(publicCode, 'accepted')
  await test.db.updateTable('outbox').set({ state: 'sent', settledAt: c.clock.now() }).execute()
  c.clock.advance(29 * DAY)
  expect(await purgeOutboxBodies(c.system)).toBe(0)
  c.clock.advance(2 * DAY)
  expect(await purgeOutboxBodies(c.system)).toBeGreaterThan(0)
  expect(await purgeOutboxBodies(c.system)).toBe(0)
  const rows = await test.db.selectFrom('outbox').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(publicCode)
  expect(rows.every((row) => row.state === 'sent' && row.dedupeKey !== '')).toBe(true)
})
