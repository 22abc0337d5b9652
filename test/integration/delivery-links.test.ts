import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  consumeIdentityEvents,
  deliver,
  getPreferences,
  listInbox,
  listSubscriptions,
  setQuietHours,
} from '../../api/rooms/delivery/index.ts'
import {
  actorForSecret,
  eraseResident,
  findCurrentResident,
  findResidentOfChat,
  giveConsent,
  hasConsent,
  joinByCode,
  linkCode,
  linkFor,
  listLinks,
  openResidentSession,
  parseLinkCode,
  purgeLinkCodes,
  residentForChat,
  seedConsentTexts,
  unlink,
} from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestClock, type TestDb, testClock } from '../harness.ts'
import { auditActions, inboxRows, news, openPeople, UNIT } from './delivery-kit.ts'

let test: TestDb
let clock: TestClock
let people: ReturnType<typeof openPeople>
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  clock = testClock()
  await seedConsentTexts(test.db, clock.now())
  people = openPeople(test.db, clock)
})
afterAll(() => test.close())

const ZALO = { channel: 'zalo-oa', chatKey: 'z1' }
const codeOf = async (residentId: string) =>
  (await linkCode(people.self(residentId), { residentId })).code
const joinZalo = (code: string) => joinByCode(people.nobody(), { ...ZALO, code })
const events = async () => {
  const rows = await test.db.selectFrom('domainEvent').selectAll().orderBy('seq').execute()
  return rows.map(({ kind, subjectId, data }) => ({ kind, subjectId, data }))
}

describe('a code', () => {
  it('is eight signs, kept only as a hash, made by nobody but the person, and audited', async () => {
    const { id } = await people.person()
    const code = await codeOf(id)
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    const [row] = await test.db.selectFrom('linkCode').selectAll().execute()
    expect(JSON.stringify(row)).not.toContain(parseLinkCode(code))
    expect(row?.expiresAt).toBe('2026-11-23T02:10:00.000Z')
    expect(await auditActions(test.db, 'identity.link_')).toEqual(['identity.link_code_made'])
    const make = (ctx: ReturnType<typeof people.as>) => linkCode(ctx, { residentId: id })
    await expect(make(people.nobody())).rejects.toThrow('http.unauthenticated')
    await expect(make(people.self(people.as().newId()))).rejects.toThrow('http.forbidden')
    await eraseResident(people.self(id), id)
    await expect(make(people.self(id))).rejects.toThrow('http.not_found')
  })

  it('is read as people type it', () => {
    expect(parseLinkCode(' k7m2–qx9a ')).toBe('K7M2QX9A')
    for (const none of ['', 'K7M2QX9', 'K7M2QX9AA', 'K7M2QX0A', 'HUE-K7M2-QX9A'])
      expect(parseLinkCode(none)).toBeUndefined()
  })

  it('joins a fresh chat to the person, once', async () => {
    const { id } = await people.person()
    const code = await codeOf(id)
    const done = { outcome: 'joined', residentId: id, language: 'vi' }
    expect(await joinZalo(code)).toEqual({ ...done, wasJoined: false })
    expect(await joinZalo(code)).toEqual({ ...done, wasJoined: true })
    expect(await findResidentOfChat(people.as(), ZALO)).toBe(id)
    const thief = { channel: 'telegram', chatKey: 'thief', code }
    expect(await joinByCode(people.nobody(), thief)).toMatchObject({ outcome: 'wrong' })
    expect(await auditActions(test.db, 'identity.link_added')).toHaveLength(1)
    expect(await events()).toEqual([])
  })

  it('typed in the chat where it was made stays good for the other one', async () => {
    const { id, chat } = await people.person()
    const code = await codeOf(id)
    const here = await joinByCode(people.nobody(), { ...chat, code })
    expect(here).toMatchObject({ outcome: 'joined', wasJoined: true })
    expect(await joinZalo(code)).toMatchObject({ outcome: 'joined', wasJoined: false })
  })

  it('is over after ten minutes, and when a new one is made', async () => {
    const { id } = await people.person()
    const first = await codeOf(id)
    const second = await codeOf(id)
    expect(await joinZalo(first)).toMatchObject({ outcome: 'wrong' })
    clock.advance(600)
    expect(await joinZalo(second)).toMatchObject({ outcome: 'wrong' })
    expect(await purgeLinkCodes(people.as())).toBe(0)
    clock.advance(2 * 86_400)
    expect(await purgeLinkCodes(people.as())).toBe(2)
  })

  it('is guessed at most five times a chat in ten minutes, right ones too', async () => {
    const { id } = await people.person()
    const code = await codeOf(id)
    const left: unknown[] = []
    for (const guess of ['22222222', '33333333', 'nonsense', '44444444', '55555555'])
      left.push(await joinZalo(guess))
    expect(left).toEqual([4, 3, 2, 1, 0].map((triesLeft) => ({ outcome: 'wrong', triesLeft })))
    expect(await joinZalo(code)).toEqual({ outcome: 'too_many' })
    const elsewhere = { channel: 'zalo-oa', chatKey: 'z2', code: '66666666' }
    expect(await joinByCode(people.nobody(), elsewhere)).toMatchObject({ triesLeft: 4 })
    clock.advance(601)
    expect(await joinZalo(await codeOf(id))).toMatchObject({ outcome: 'joined' })
  })
})

describe('joining two people who are one', () => {
  const twins = async () => {
    const first = await people.subscriber([{ kind: 'flood', unitCode: UNIT }])
    const second = await people.subscriber(
      [{ kind: 'flood', unitCode: UNIT }, { kind: 'air' }],
      ZALO,
    )
    return { into: first.id, from: second.id }
  }
  const join = async (into: string) => joinZalo(await codeOf(into))

  it('moves chats, consents and sessions, tells the rooms to the right, and is audited', async () => {
    const { into, from } = await twins()
    const gift = { residentId: from, purpose: 'report', version: 1, channel: 'web' } as const
    await giveConsent(people.as(), gift)
    await test.db
      .updateTable('resident')
      .set({ displayName: 'Mận' })
      .where('id', '=', from)
      .execute()
    const { secret } = await openResidentSession(people.as(), { residentId: from, label: '' })
    expect(await join(into)).toMatchObject({ outcome: 'joined', residentId: into })
    expect((await linkFor(people.as(), into)).map(({ channel }) => channel).toSorted()).toEqual([
      'telegram',
      'zalo-oa',
    ])
    expect(await hasConsent(people.as(), { residentId: into, purpose: 'report' })).toBe(true)
    const proofs = await test.db.selectFrom('consent').selectAll().execute()
    expect(proofs.map(({ residentId }) => residentId)).toEqual([into, into, into])
    expect(proofs.filter(({ withdrawnAt }) => withdrawnAt === null)).toHaveLength(2)
    expect(await actorForSecret(people.nobody(), secret, 'bearer')).toMatchObject({
      residentId: into,
    })
    expect(await findCurrentResident(people.as(), from)).toMatchObject({ id: into })
    const rows = await test.db.selectFrom('resident').selectAll().execute()
    expect(rows.find(({ id }) => id === from)).toMatchObject({
      joinedInto: into,
      displayName: null,
    })
    expect(rows.find(({ id }) => id === into)).toMatchObject({ displayName: 'Mận' })
    expect(await events()).toEqual([
      { kind: 'identity.residents_joined', subjectId: into, data: { from } },
    ])
    expect(await auditActions(test.db, 'identity.residents_joined')).toHaveLength(1)
  })

  it('makes one of what both subscribed to, and of what waits for them', async () => {
    const { into, from } = await twins()
    await setQuietHours(people.self(from), { residentId: from, from: '20:00', to: '05:00' })
    await deliver(people.as(), news(from, 'a'))
    await join(into)
    expect(await consumeIdentityEvents(people.as())).toBe(1)
    const me = people.self(into)
    const topics = await listSubscriptions(me, { residentId: into })
    expect(topics.map(({ kind }) => kind).toSorted()).toEqual(['air', 'flood'])
    expect((await getPreferences(me, { residentId: into })).quietHours.from).toBe('20:00')
    expect((await listInbox(me, { residentId: into })).items).toHaveLength(1)
    expect(await test.db.selectFrom('subscription').selectAll().execute()).toHaveLength(2)
    expect((await auditActions(test.db)).at(-1)).toBe('delivery.resident_joined')
  })

  it('a topic that one stopped and the other wants is wanted', async () => {
    const { into } = await twins()
    await test.db
      .updateTable('subscription')
      .set({ onlyLifeSafety: true })
      .where('residentId', '=', into)
      .execute()
    await join(into)
    await consumeIdentityEvents(people.as())
    const flood = await test.db
      .selectFrom('subscription')
      .selectAll()
      .where('kind', '=', 'flood')
      .execute()
    expect(flood).toMatchObject([{ residentId: into, onlyLifeSafety: false }])
  })

  it('what is sent to the former id reaches the person who lives on', async () => {
    const { into, from } = await twins()
    await join(into)
    const done = await deliver(people.as(), news(from, 'late'))
    expect(done).toMatchObject({ outcome: 'queued' })
    expect(await inboxRows(test.db)).toMatchObject([{ residentId: into }])
  })

  it('three in a row end at one, in one step from each', async () => {
    const { into, from } = await twins()
    await join(into)
    const last = await people.person({ channel: 'zalo-bot', chatKey: 'b1' })
    const code = await codeOf(last.id)
    await joinByCode(people.nobody(), { ...ZALO, code })
    const rows = await test.db.selectFrom('resident').selectAll().execute()
    expect(rows.map(({ id, joinedInto }) => [id, joinedInto]).toSorted()).toEqual(
      [
        [into, last.id],
        [from, last.id],
        [last.id, null],
      ].toSorted(),
    )
    expect(await linkFor(people.as(), last.id)).toHaveLength(3)
  })

  it('with a consent to a newer text keeps that one open', async () => {
    const { into, from } = await twins()
    await test.db
      .insertInto('consentText')
      .values({ purpose: 'notify', version: 2, bodyVi: 'a', bodyEn: 'b', publishedAt: clock.now() })
      .execute()
    const gift = { residentId: from, purpose: 'notify', version: 2, channel: 'web' } as const
    await giveConsent(people.as(), gift)
    await join(into)
    const open = await test.db
      .selectFrom('consent')
      .selectAll()
      .where('withdrawnAt', 'is', null)
      .execute()
    expect(open).toMatchObject([{ residentId: into, purpose: 'notify', version: 2 }])
  })
})

describe('unlinking', () => {
  it('makes the chat a stranger’s; what was sent stays; audited, told, and once', async () => {
    const { id, chat } = await people.person()
    expect(await unlink(people.self(id), chat)).toBe(true)
    expect(await unlink(people.self(id), chat)).toBe(false)
    expect(await linkFor(people.as(), id)).toEqual([])
    expect(await auditActions(test.db, 'identity.link_removed')).toHaveLength(1)
    expect(await events()).toMatchObject([
      { kind: 'identity.link_removed', subjectId: id, data: { channel: 'telegram' } },
    ])
    expect(JSON.stringify(await events())).not.toContain(chat.chatKey)
    const stranger = await residentForChat(people.nobody(), { ...chat, language: 'vi' })
    expect(stranger.id).not.toBe(id)
  })

  it('is done by nobody but the person, whose list shows no address', async () => {
    const { id, chat } = await people.person()
    await expect(unlink(people.nobody(), chat)).rejects.toThrow('http.unauthenticated')
    const other = people.self(people.as().newId())
    await expect(unlink(other, chat)).rejects.toThrow('http.forbidden')
    await expect(listLinks(other, { residentId: id })).rejects.toThrow('http.forbidden')
    const list = await listLinks(people.self(id), { residentId: id })
    expect(list).toMatchObject([{ channel: 'telegram', state: 'active' }])
    expect(JSON.stringify(list)).not.toContain(chat.chatKey)
  })
})

it('erasing a person leaves nothing of them in delivery', async () => {
  const { id } = await people.subscriber([{ kind: 'air' }])
  await setQuietHours(people.self(id), { residentId: id, from: '20:00', to: '05:00' })
  await deliver(people.as(), news(id, 'a'))
  await eraseResident(people.self(id), id)
  await consumeIdentityEvents(people.as())
  for (const table of ['subscription', 'deliveryProfile', 'inboxItem'] as const)
    expect(await test.db.selectFrom(table).selectAll().execute()).toEqual([])
  const [mail] = await test.db.selectFrom('outbox').selectAll().execute()
  expect(mail?.state).toBe('expired')
  expect((await auditActions(test.db)).at(-1)).toBe('delivery.resident_erased')
})
