import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  actOnOwn,
  getPublicIncident,
  lookupOwn,
  moveIncident,
  type OfficialMove,
} from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type Commune, OFFICE, openCommune, POLICE } from './incidents-kit.ts'

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

const steps = async (publicCode: string) => {
  const { id } = await c.rowOf(publicCode)
  const rows = await test.db
    .selectFrom('incidentActivity')
    .selectAll()
    .where('incidentId', '=', id)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.toState)
}
const public_ = (publicCode: string) => getPublicIncident(c.nobody(), publicCode)

describe('photos of a case that leaves the public', () => {
  it('are private again when the sender withdraws it or it is merged, with an audit row each', async () => {
    const original = await c.report()
    for (const end of ['withdrawn', 'duplicate'] as const) {
      const photo = await c.photo(c.nobody().actor)
      const { mediaId, uploadSecret } = photo
      const { publicCode, secret } = await c.report({ media: [{ mediaId, uploadSecret }] })
      await c.move(c.dispatcher, publicCode, { kind: 'accept' })
      const media = () =>
        test.db.selectFrom('media').selectAll().where('id', '=', mediaId).executeTakeFirstOrThrow()
      expect((await media()).publishedAt).not.toBe(null)
      if (end === 'withdrawn')
        await actOnOwn(c.nobody(), { code: publicCode, secret, move: { kind: 'withdraw' } })
      else
        await c.move(c.dispatcher, publicCode, {
          kind: 'mark_duplicate',
          originalCode: original.publicCode,
        })
      expect((await c.rowOf(publicCode)).state).toBe(end)
      expect((await media()).publishedAt).toBe(null)
      const rows = await test.db.selectFrom('audit').selectAll().execute()
      const hidden = rows.filter((row) => row.action === 'media.unpublish')
      expect(hidden.map((row) => row.subjectId)).toContain(mediaId)
    }
  })
})

describe('the story of a case', () => {
  it('is told to the resident step by step, in the chat the report came from', async () => {
    const { publicCode } = await c.reportFromChat()
    await c.move(c.dispatcher, publicCode, { kind: 'accept_and_assign', agencyCode: OFFICE })
    await c.move(c.officer, publicCode, { kind: 'start' })
    const { mediaId } = await c.photo(c.officer)
    await c.move(c.officer, publicCode, { kind: 'answer', text: 'Đã vá xong', mediaIds: [mediaId] })
    expect(await steps(publicCode)).toEqual([
      'received',
      'accepted',
      'assigned',
      'in_progress',
      'answer_proposed',
      'answered',
    ])
    const told = await c.told()
    expect(told).toHaveLength(3)
    expect(told[0]).toContain('Phòng Kinh tế')
    expect(told[2]).toContain('Đã vá xong')
    expect(told[2]).toContain(`http://127.0.0.1:8080/api/v1/media/${mediaId}`)
    expect(told.every((message) => message.includes(publicCode))).toBe(true)

    const shown = await public_(publicCode)
    expect(shown.answer).toMatchObject({ text: 'Đã vá xong', mediaIds: [mediaId] })
    expect(shown.timeline.map((step) => step.state)).toEqual([
      'received',
      'accepted',
      'assigned',
      'in_progress',
      'answered',
    ])
    expect(shown.timeline[2]?.agency?.name).toBe('Phòng Kinh tế')
  })

  it('leaves one audit row and one event a move, without what was written', async () => {
    const { publicCode } = await c.reportFromChat()
    await c.walkTo(publicCode, 'answered')
    const rows = await c.audited()
    expect(rows.map((row) => row.action)).toEqual([
      'incident.create',
      'incident.accept',
      'incident.assign',
      'incident.start',
      'incident.answer',
    ])
    expect(rows.at(-1)).toMatchObject({
      actorKind: 'official',
      actorId: c.officer.kind === 'official' ? c.officer.officialId : '',
      data: { from: 'in_progress', to: 'answered', version: 5 },
    })
    expect(rows.at(-1)?.fields).toContain('answerText')
    const events = await test.db.selectFrom('domainEvent').selectAll().orderBy('seq').execute()
    const kinds = events.map((event) => event.kind).filter((kind) => kind.startsWith('incident.'))
    expect(kinds).toEqual([
      'incident.received',
      'incident.accepted',
      'incident.assigned',
      'incident.in_progress',
      'incident.answered',
    ])
    expect(JSON.stringify([rows, events])).not.toMatch(/vá ổ gà|ban đêm/)
  })

  it('where the category wants it, waits for an approver, who may send it back', async () => {
    const { publicCode } = await c.reportFromChat({ category: 'food_safety' })
    await c.walkTo(publicCode, 'in_progress')
    const { mediaId } = await c.photo(c.officer)
    const answer: OfficialMove = { kind: 'answer', text: 'Đã kiểm tra', mediaIds: [mediaId] }
    await c.move(c.officer, publicCode, answer)
    expect((await c.rowOf(publicCode)).state).toBe('answer_proposed')
    expect((await public_(publicCode)).answer).toBeUndefined()
    expect((await public_(publicCode)).state).toBe('in_progress')
    await expect(c.move(c.officer, publicCode, { kind: 'approve_answer' })).rejects.toMatchObject({
      code: 'http.forbidden',
    })

    await c.move(c.approver, publicCode, { kind: 'return_answer', note: 'Thiếu ảnh' })
    const media = await test.db.selectFrom('incidentMedia').selectAll().execute()
    expect(media).toEqual([])
    await c.move(c.officer, publicCode, answer)
    await c.move(c.approver, publicCode, { kind: 'approve_answer' })
    expect((await public_(publicCode)).answer?.mediaIds).toEqual([mediaId])
    const told = await c.told()
    expect(told.filter((message) => message.includes('Đã kiểm tra'))).toHaveLength(1)
  })

  it('a refusal tells why and what to do, and nothing of the report becomes public', async () => {
    const { publicCode } = await c.reportFromChat()
    await c.move(c.dispatcher, publicCode, { kind: 'refuse', reasonCode: 'judicial_or_civil' })
    const shown = await public_(publicCode)
    expect(shown).toMatchObject({ state: 'refused', reasonCode: 'judicial_or_civil' })
    expect(shown.description).toBeUndefined()
    expect(await c.told()).toHaveLength(1)
  })

  it('a repeat is merged with the first report, whose code the sender gets', async () => {
    const first = await c.report()
    const second = await c.reportFromChat()
    await c.move(c.dispatcher, second.publicCode, {
      kind: 'mark_duplicate',
      originalCode: first.publicCode,
    })
    expect((await public_(second.publicCode)).duplicateOf).toBe(first.publicCode)
    expect((await c.told())[0]).toContain(first.publicCode)
  })

  it.each([
    ['itself', (code: string) => code],
    ['an unknown code', () => 'HUE-2222-2222'],
  ])('is not merged with %s', async (_what, original) => {
    const { publicCode } = await c.report()
    await expect(
      c.move(c.dispatcher, publicCode, {
        kind: 'mark_duplicate',
        originalCode: original(publicCode),
      }),
    ).rejects.toMatchObject({ code: 'incidents.not_found' })
  })

  it('a question waits for the sender, who answers with the secret', async () => {
    const { publicCode, secret } = await c.reportFromChat()
    await c.move(c.dispatcher, publicCode, { kind: 'ask_info', question: 'Số nhà mấy?' })
    expect((await c.told())[0]).toContain('Số nhà mấy?')
    const [own] = await lookupOwn(c.nobody(), { cases: [{ code: publicCode, secret }] })
    expect(own?.question).toBe('Số nhà mấy?')
    await actOnOwn(c.nobody(), {
      code: publicCode,
      secret,
      move: { kind: 'give_info', text: 'Số 3' },
    })
    expect((await c.rowOf(publicCode)).state).toBe('received')
  })

  it('goes back to the dispatcher when it is not the agency’s task', async () => {
    const { publicCode } = await c.report()
    await c.walkTo(publicCode, 'in_progress')
    await c.move(c.officer, publicCode, { kind: 'not_our_task', note: 'Việc của công an' })
    expect(await c.rowOf(publicCode)).toMatchObject({
      state: 'accepted',
      agencyCode: null,
      assigneeId: null,
    })
    await c.move(c.dispatcher, publicCode, { kind: 'assign', agencyCode: POLICE })
    await expect(c.move(c.officer, publicCode, { kind: 'start' })).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    await c.move(c.police, publicCode, { kind: 'start' })
  })

  it('one extension moves the day on under the calendar, and is told', async () => {
    const { publicCode, dueDate } = await c.reportFromChat()
    await c.walkTo(publicCode, 'in_progress')
    await c.move(c.officer, publicCode, { kind: 'request_extension', note: 'Chờ vật tư' })
    await c.move(c.approver, publicCode, { kind: 'grant_extension', days: 2 })
    expect(dueDate).toBe('2026-12-01')
    expect((await c.rowOf(publicCode)).dueDate).toBe('2026-12-03')
    expect((await c.told()).at(-1)).toContain('03/12/2026')
    await expect(
      c.move(c.officer, publicCode, { kind: 'request_extension', note: 'Nữa' }),
    ).rejects.toMatchObject({ code: 'incidents.bad_transition' })
  })
})

describe('a move', () => {
  it('at an old version is refused with what happened since, and changes nothing', async () => {
    const { publicCode } = await c.report()
    const { id } = await c.rowOf(publicCode)
    await c.move(c.dispatcher, publicCode, { kind: 'accept' })
    const stale = await moveIncident(c.as(c.dispatcher), {
      id,
      version: 1,
      move: { kind: 'refuse', reasonCode: 'spam' },
    }).catch((error: unknown) => error)
    expect(stale).toMatchObject({
      code: 'incidents.stale',
      detail: { version: 2, state: 'accepted', steps: [{ move: 'accept', state: 'accepted' }] },
    })
    expect((await c.rowOf(publicCode)).state).toBe('accepted')
  })

  it('made twice happens once', async () => {
    const { publicCode } = await c.reportFromChat()
    const { id } = await c.rowOf(publicCode)
    const accept = () =>
      moveIncident(c.as(c.dispatcher), { id, version: 1, move: { kind: 'accept' } })
    await accept()
    await expect(accept()).rejects.toMatchObject({ code: 'incidents.stale' })
    expect(await steps(publicCode)).toEqual(['received', 'accepted'])
    expect(await c.told()).toHaveLength(1)
  })

  it('that the table does not have is refused', async () => {
    const { publicCode } = await c.report()
    await c.walkTo(publicCode, 'accepted')
    await expect(c.move(c.dispatcher, publicCode, { kind: 'accept' })).rejects.toMatchObject({
      code: 'incidents.bad_transition',
    })
  })

  it.each([
    ['nobody', 'http.unauthenticated', () => ({ kind: 'anonymous' }) as const],
    ['an officer', 'http.forbidden', () => c.officer],
    ['another commune’s dispatcher', 'http.forbidden', () => c.elsewhere],
    ['an approver', 'http.forbidden', () => c.approver],
  ])('of acceptance by %s is refused', async (_who, code, actor) => {
    const { publicCode } = await c.report()
    await expect(c.move(actor(), publicCode, { kind: 'accept' })).rejects.toMatchObject({ code })
    expect((await c.rowOf(publicCode)).state).toBe('received')
    expect(await c.audited()).toHaveLength(1)
  })

  it('to an agency that is none, or another commune’s, is refused', async () => {
    const { publicCode } = await c.report()
    for (const agencyCode of ['khong-co', 'thuan-hoa.cong-an']) {
      await expect(
        c.move(c.dispatcher, publicCode, { kind: 'accept_and_assign', agencyCode }),
      ).rejects.toMatchObject({ code: 'incidents.agency_unknown' })
    }
  })

  it('answers only with proof or a stated reason, and only with own photos', async () => {
    const { publicCode } = await c.report()
    await c.walkTo(publicCode, 'in_progress')
    const foreign = await c.photo(c.police)
    const answer = (more: Partial<Extract<OfficialMove, { kind: 'answer' }>>) =>
      c.move(c.officer, publicCode, { kind: 'answer', text: 'Xong', mediaIds: [], ...more })
    await expect(answer({})).rejects.toMatchObject({ code: 'incidents.proof_missing' })
    await expect(answer({ mediaIds: [foreign.mediaId] })).rejects.toMatchObject({
      code: 'files.not_found',
    })
    expect((await c.rowOf(publicCode)).state).toBe('in_progress')
    await answer({ noProofReason: 'Không chụp được ban đêm' })
    expect((await public_(publicCode)).answer?.noProofReason).toBe('Không chụp được ban đêm')
  })

  it('of a case that does not exist is not found', async () => {
    await expect(
      moveIncident(c.as(c.dispatcher), {
        id: '0190a000-0000-7000-8000-000000000009',
        version: 1,
        move: { kind: 'accept' },
      }),
    ).rejects.toMatchObject({ code: 'incidents.not_found' })
  })
})
