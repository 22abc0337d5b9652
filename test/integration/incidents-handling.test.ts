import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  actOnOwn,
  addNote,
  consumeFollowedSteps,
  escalateDue,
  followIncident,
  getFollowing,
  getPublicIncident,
  listOwnAttention,
  markAttentionSeen,
  moveIncident,
  saveLadder,
  unfollowIncident,
} from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type Commune, OFFICE, openCommune } from './incidents-kit.ts'

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
const answer = { kind: 'answer', text: 'Đã vá xong' } as const
const inHand = async () => {
  const { publicCode } = await c.reportFromChat()
  await c.walkTo(publicCode, 'in_progress')
  return publicCode
}

describe('proof of an answer', () => {
  it('is no photo that was there before the report', async () => {
    const { mediaId } = await c.photo(c.officer)
    c.clock.advance(60)
    const code = await inHand()
    await expect(c.move(c.officer, code, { ...answer, mediaIds: [mediaId] })).rejects.toMatchObject(
      { code: 'incidents.proof_old' },
    )
    c.clock.advance(60)
    const fresh = await c.photo(c.officer)
    await c.move(c.officer, code, { ...answer, mediaIds: [mediaId, fresh.mediaId] })
    expect((await c.rowOf(code)).state).toBe('answered')
  })

  it('counts from when a photo was taken, not from when it was uploaded', async () => {
    const code = await inHand()
    const { mediaId } = await c.photo(c.officer)
    await test.db.updateTable('media').set({ takenAt: '2026-11-01T00:00:00Z' }).execute()
    await expect(c.move(c.officer, code, { ...answer, mediaIds: [mediaId] })).rejects.toMatchObject(
      { code: 'incidents.proof_old' },
    )
  })

  it('may be a document, which everybody reads', async () => {
    const code = await inHand()
    const document = { number: '12/BB-UBND', reference: 'Văn phòng xã' }
    await c.move(c.officer, code, { ...answer, mediaIds: [], document })
    expect((await getPublicIncident(c.nobody(), code)).answer?.document).toEqual(document)
    expect((await c.told()).at(-1)).toContain('12/BB-UBND, Văn phòng xã')
  })

  it('after a reopening must be newer than that', async () => {
    const { publicCode, secret } = await c.reportFromChat()
    await c.walkTo(publicCode, 'answered')
    const { mediaId } = await c.photo(c.officer)
    c.clock.advance(60)
    const move = { kind: 'reopen', note: 'Vẫn còn' } as const
    await actOnOwn(c.nobody(), { code: publicCode, secret, move })
    await c.move(c.dispatcher, publicCode, { kind: 'assign', agencyCode: OFFICE })
    await c.move(c.officer, publicCode, { kind: 'start' })
    await expect(
      c.move(c.officer, publicCode, { ...answer, mediaIds: [mediaId] }),
    ).rejects.toMatchObject({ code: 'incidents.proof_old' })
  })
})

describe('a refusal', () => {
  it('to another channel says where that is', async () => {
    const { publicCode } = await c.reportFromChat()
    const refuse = { kind: 'refuse', reasonCode: 'other_channel' } as const
    await expect(c.move(c.dispatcher, publicCode, refuse)).rejects.toMatchObject({
      code: 'incidents.reason_missing',
    })
    const redirectTo = 'Cổng Dịch vụ công quốc gia, dichvucong.gov.vn'
    await c.move(c.dispatcher, publicCode, { ...refuse, redirectTo })
    expect((await c.told()).at(-1)).toContain(redirectTo)
    expect(await getPublicIncident(c.nobody(), publicCode)).toMatchObject({ redirectTo })
  })
})

describe('an extension', () => {
  it('is the approver’s to grant or refuse, not the dispatcher’s', async () => {
    const code = await inHand()
    await c.move(c.officer, code, { kind: 'request_extension', note: 'Chờ vật tư', days: 4 })
    const refuse = { kind: 'refuse_extension', note: 'Đủ vật tư rồi' } as const
    await expect(c.move(c.dispatcher, code, refuse)).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    await c.move(c.approver, code, refuse)
    await expect(
      c.move(c.officer, code, { kind: 'request_extension', note: 'Nữa' }),
    ).rejects.toMatchObject({ code: 'incidents.bad_transition' })
  })
})

describe('two officials at once', () => {
  it('one of them learns what changed, by whom in what role', async () => {
    const { publicCode } = await c.report()
    const { id, version } = await c.rowOf(publicCode)
    const ctx = c.as(c.dispatcher)
    const both = await Promise.allSettled([
      moveIncident(ctx, { id, version, move: { kind: 'accept' } }),
      moveIncident(ctx, { id, version, move: { kind: 'refuse', reasonCode: 'spam' } }),
    ])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = both.find((one) => one.status === 'rejected')
    expect(lost?.reason).toMatchObject({
      code: 'incidents.stale',
      detail: {
        version: version + 1,
        steps: [{ by: 'dispatcher', fields: expect.arrayContaining(['state']) }],
      },
    })
  })
})

describe('followers', () => {
  const resident = async (chatKey: string) => {
    const { residentId } = await c.reportFromChat({ category: 'trees' }, chatKey)
    return c.as({ kind: 'resident', residentId })
  }
  const follows = (chatKey: string) => c.told(chatKey)

  it('are counted, told the public steps once, and may stop', async () => {
    const { publicCode } = await c.reportFromChat()
    const me = await resident('chat-2')
    await expect(followIncident(me, publicCode)).rejects.toMatchObject({
      code: 'incidents.not_found',
    })
    await c.walkTo(publicCode, 'accepted')
    expect(await followIncident(me, publicCode)).toMatchObject({ followers: 1, isFollowing: true })
    expect(await followIncident(me, publicCode)).toMatchObject({ followers: 1 })
    await consumeFollowedSteps(c.system)
    await c.move(c.dispatcher, publicCode, { kind: 'assign', agencyCode: OFFICE })
    await consumeFollowedSteps(c.system)
    await consumeFollowedSteps(c.system)
    const told = (await follows('chat-2')).filter((one) => one.includes(publicCode))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('Phòng Kinh tế')
    expect((await getPublicIncident(c.nobody(), publicCode)).followers).toBe(1)
    expect(await getFollowing(me, publicCode)).toMatchObject({ followers: 1, isFollowing: true })
    expect(await unfollowIncident(me, publicCode)).toMatchObject({ followers: 0 })
    expect(await getFollowing(me, publicCode)).toMatchObject({ followers: 0, isFollowing: false })
    await expect(getFollowing(c.nobody(), publicCode)).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
    const actions = (await c.audited()).map((row) => row.action)
    expect(actions.filter((one) => one === 'incident.follow')).toHaveLength(1)
    expect(actions.filter((one) => one === 'incident.unfollow')).toHaveLength(1)
  })

  it('nobody follows without a session, nor an own case as a follower', async () => {
    const { publicCode, residentId } = await c.reportFromChat()
    await c.walkTo(publicCode, 'accepted')
    await expect(followIncident(c.nobody(), publicCode)).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
    const me = c.as({ kind: 'resident', residentId })
    expect(await followIncident(me, publicCode)).toMatchObject({ followers: 0, isFollowing: true })
  })

  it('of a merged case follow the one that goes on, with its sender; each is told once', async () => {
    const original = await c.report()
    const repeat = await c.reportFromChat()
    const me = await resident('chat-2')
    await c.walkTo(repeat.publicCode, 'accepted')
    await followIncident(me, repeat.publicCode)
    const merge = { kind: 'mark_duplicate', originalCode: original.publicCode } as const
    await c.move(c.dispatcher, repeat.publicCode, merge)
    await consumeFollowedSteps(c.system)
    const about = (one: string) => one.includes('Đã gộp') || one.includes('đã được gộp')
    expect((await c.told()).filter(about)).toHaveLength(1)
    expect((await follows('chat-2')).filter(about)).toHaveLength(1)
    const rows = await test.db.selectFrom('incidentFollow').selectAll().execute()
    const { id } = await c.rowOf(original.publicCode)
    expect(rows.map((row) => row.incidentId)).toEqual([id, id])
    await c.move(c.dispatcher, original.publicCode, {
      kind: 'accept_and_assign',
      agencyCode: OFFICE,
    })
    await consumeFollowedSteps(c.system)
    expect((await c.told()).at(-1)).toContain(original.publicCode)
    expect((await follows('chat-2')).at(-1)).toContain(original.publicCode)
  })
})

describe('a note of the desk', () => {
  it('is kept and audited, and neither public nor told', async () => {
    const code = await inHand()
    const { id, version } = await c.rowOf(code)
    const before = (await c.told()).length
    await addNote(c.as(c.officer), { id, text: 'Gọi thợ chiều nay' })
    expect((await c.rowOf(code)).version).toBe(version)
    expect(JSON.stringify(await getPublicIncident(c.nobody(), code))).not.toContain('Gọi thợ')
    expect(await c.told()).toHaveLength(before)
    expect((await c.audited()).at(-1)).toMatchObject({ action: 'incident.note', data: {} })
  })

  it('is no business of who does not reach the case', async () => {
    const { id } = await c.rowOf(await inHand())
    for (const [actor, code] of [
      [c.police, 'http.forbidden'],
      [c.elsewhere, 'http.forbidden'],
    ] as const)
      await expect(addNote(c.as(actor), { id, text: 'x' })).rejects.toMatchObject({ code })
    await expect(addNote(c.nobody(), { id, text: 'x' })).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
    await expect(addNote(c.as(c.officer), { id, text: '  ' })).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
  })
})

describe('the ladder', () => {
  const kinds = async (actor: Parameters<Commune['as']>[0]) =>
    (await listOwnAttention(c.as(actor))).map((one) => one.kind)

  it('reminds the officer, then climbs from the dispatcher to the approver, each step once', async () => {
    const code = await inHand()
    expect((await c.rowOf(code)).dueDate).toBe('2026-12-01')
    expect(await escalateDue(c.system)).toBe(0)
    c.clock.set('2026-11-27T02:00:00Z')
    expect([await escalateDue(c.system), await escalateDue(c.system)]).toEqual([1, 0])
    expect([await kinds(c.officer), await kinds(c.dispatcher)]).toEqual([['due_soon'], []])
    c.clock.set('2026-12-02T02:00:00Z')
    expect([await escalateDue(c.system), await escalateDue(c.system)]).toEqual([1, 0])
    expect([await kinds(c.dispatcher), await kinds(c.approver)]).toEqual([['late'], []])
    c.clock.set('2026-12-04T02:00:00Z')
    expect(await escalateDue(c.system)).toBe(1)
    expect(await kinds(c.approver)).toEqual(['late'])
    const steps = (await c.audited()).filter((row) => row.actorKind === 'system')
    expect(steps.map((row) => row.action)).toEqual([
      'incident.due_soon',
      'incident.late',
      'incident.late',
    ])
    // Whoever takes the case on takes it off everybody's list.
    await c.move(c.officer, code, { ...answer, mediaIds: [], noProofReason: 'Ban đêm' })
    expect([await kinds(c.officer), await kinds(c.approver)]).toEqual([[], []])
  })

  it('begins anew with a new due day, and waits while the sender is asked', async () => {
    const asked = await c.report()
    await c.move(c.dispatcher, asked.publicCode, { kind: 'ask_info', question: 'Ở đâu?' })
    const code = await inHand()
    c.clock.set('2026-12-02T02:00:00Z')
    await escalateDue(c.system)
    await c.move(c.officer, code, { kind: 'request_extension', note: 'Chờ vật tư' })
    await c.move(c.approver, code, { kind: 'grant_extension', days: 5 })
    expect((await c.rowOf(code)).escalationStep).toBe(0)
    c.clock.set('2026-12-07T02:00:00Z')
    expect(await escalateDue(c.system)).toBe(1)
    expect((await c.rowOf(asked.publicCode)).escalationStep).toBe(0)
  })

  it('is the installation’s own from the day that it says', async () => {
    await saveLadder(c.system, {
      validFrom: '2026-11-30',
      steps: [{ afterWorkingDays: 0, recipient: 'approver' }],
    })
    await inHand()
    c.clock.set('2026-11-30T02:00:00Z')
    expect(await escalateDue(c.system)).toBe(0)
    c.clock.set('2026-12-01T02:00:00Z')
    expect(await escalateDue(c.system)).toBe(1)
    expect(await kinds(c.approver)).toEqual(['due_soon'])
    await expect(
      saveLadder(c.as(c.dispatcher), { validFrom: '2026-12-01', steps: [] }),
    ).rejects.toMatchObject({ code: 'http.forbidden' })
  })

  it('one is taken off the list by whom it is meant for, once', async () => {
    const { publicCode } = await c.report({ urgency: 'urgent' })
    const [item] = await listOwnAttention(c.as(c.dispatcher))
    expect(item).toMatchObject({ kind: 'urgent', publicCode })
    const id = item?.id ?? ''
    await expect(markAttentionSeen(c.as(c.elsewhere), id)).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    await markAttentionSeen(c.as(c.dispatcher), id)
    await markAttentionSeen(c.as(c.dispatcher), id)
    expect(await listOwnAttention(c.as(c.dispatcher))).toEqual([])
    const seen = (await c.audited()).filter((row) => row.action === 'incident.attention_seen')
    expect(seen).toHaveLength(1)
    c.clock.advance(DAY)
  })
})
