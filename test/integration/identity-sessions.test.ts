import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  actorForSecret,
  createOfficial,
  disableOfficial,
  listSessions,
  openResidentSession,
  purgeExpiredSessions,
  residentForChat,
  revokeAllSessions,
  revokeSession,
  signOut,
} from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { newOfficial, openStaff } from './identity-kit.ts'

let test: TestDb
let staff: ReturnType<typeof openStaff>
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  staff = openStaff(test.db)
})
afterAll(() => test.close())

const HOUR = 3600

describe('a session', () => {
  beforeEach(() => createOfficial(staff.as(), newOfficial()))
  const isAlive = async (secret: string) =>
    (await actorForSecret(staff.nobody(), secret, 'cookie')) !== null

  it('ends after twelve idle hours, and no sooner', async () => {
    const { secret } = await staff.enter()
    staff.clock.advance(12 * HOUR - 1)
    expect(await isAlive(secret)).toBe(true)
    staff.clock.advance(12 * HOUR)
    expect(await isAlive(secret)).toBe(false)
  })

  it('slides with use, also with use just after it began, up to seven days', async () => {
    const { secret } = await staff.enter()
    staff.clock.advance(6 * 60)
    expect(await isAlive(secret)).toBe(true)
    staff.clock.advance(12 * HOUR - 60)
    expect(await isAlive(secret)).toBe(true)
    for (let i = 0; i < 14; i++) {
      staff.clock.advance(11 * HOUR)
      expect(await isAlive(secret)).toBe(true)
    }
    staff.clock.set('2026-11-30T01:59:59.000Z')
    expect(await isAlive(secret)).toBe(true)
    staff.clock.set('2026-11-30T02:00:00.000Z')
    expect(await isAlive(secret)).toBe(false)
  })

  it('is written at most every five minutes', async () => {
    const { secret } = await staff.enter()
    staff.clock.advance(299)
    await isAlive(secret)
    expect((await staff.sessions())[0]?.lastSeenAt).toBe('2026-11-23T02:00:00.000Z')
    staff.clock.advance(1)
    await isAlive(secret)
    expect((await staff.sessions())[0]).toMatchObject({
      lastSeenAt: '2026-11-23T02:05:00.000Z',
      expiresAt: '2026-11-23T14:05:00.000Z',
    })
  })

  it('ends at once when the official is disabled, also where its row survived', async () => {
    const { secret } = await staff.enter()
    const [row] = await staff.sessions()
    if (row === undefined) throw new Error('no session')
    await disableOfficial(staff.as(), { officialId: row.subjectId })
    expect(await staff.sessions()).toEqual([])
    await test.db.insertInto('session').values(row).execute()
    expect(await isAlive(secret)).toBe(false)
    expect(await staff.sessions()).toEqual([])
  })

  it('speaks only over the carrier it was made for', async () => {
    const { secret } = await staff.enter()
    expect(await actorForSecret(staff.nobody(), secret, 'bearer')).toBeNull()
    const chat = { channel: 'web', chatKey: 'k', language: 'vi' } as const
    const resident = await residentForChat(staff.as(), chat)
    const opened = await openResidentSession(staff.as(), { residentId: resident.id, label: 'HueS' })
    expect(await actorForSecret(staff.nobody(), opened.secret, 'cookie')).toBeNull()
    expect(await actorForSecret(staff.nobody(), opened.secret, 'bearer')).toEqual({
      kind: 'resident',
      residentId: resident.id,
      sessionId: opened.id,
    })
    staff.clock.advance(30 * 24 * HOUR - 1)
    expect(await actorForSecret(staff.nobody(), opened.secret, 'bearer')).not.toBeNull()
    staff.clock.advance(1)
    expect(await actorForSecret(staff.nobody(), opened.secret, 'bearer')).toBeNull()
  })

  it('is not made out of anything else', async () => {
    const { secret } = await staff.enter()
    const [row] = await staff.sessions()
    for (const wrong of ['', 'x', row?.id ?? '', row?.secretHash ?? '', `${secret}=`, "' or 1=1"]) {
      expect(await isAlive(wrong)).toBe(false)
    }
    expect(await isAlive(secret)).toBe(true)
  })

  it('follows a change of rights on the next request', async () => {
    const { secret } = await staff.enter()
    await test.db
      .updateTable('official')
      .set({ roles: ['officer', 'unheard_of'] })
      .execute()
    const actor = await actorForSecret(staff.nobody(), secret, 'cookie')
    expect(actor).toMatchObject({ roles: ['officer'] })
  })

  it('is removed from the table once nobody can use it', async () => {
    await staff.enter()
    staff.clock.advance(HOUR)
    const { secret } = await staff.enter()
    staff.clock.advance(11 * HOUR)
    await purgeExpiredSessions(staff.as())
    expect(await staff.sessions()).toHaveLength(1)
    expect(await isAlive(secret)).toBe(true)
  })
})

describe('own sessions', () => {
  beforeEach(() => createOfficial(staff.as(), newOfficial()))

  it('are listed without secrets, the current one marked', async () => {
    await staff.entered('Firefox · Linux')
    staff.clock.advance(60)
    const { ctx, secret } = await staff.entered()
    const list = await listSessions(ctx)
    expect(list.map(({ label, isCurrent }) => [label, isCurrent])).toEqual([
      ['Chrome · Android', true],
      ['Firefox · Linux', false],
    ])
    const hash = (await staff.sessions())[0]?.secretHash ?? 'none'
    expect(JSON.stringify(list)).not.toContain(secret)
    expect(JSON.stringify(list)).not.toContain(hash)
  })

  it('are revoked one by one; twice is not found, and so is anybody else’s', async () => {
    const phone = await staff.entered('phone')
    const desk = await staff.entered('desk')
    await createOfficial(staff.as(), newOfficial({ login: 'dinh.khoi' }))
    const { secret: foreign } = await staff.enter('dinh.khoi')
    const other = await actorForSecret(staff.nobody(), foreign, 'cookie')
    const sessionId = phone.ctx.actor.kind === 'official' ? (phone.ctx.actor.sessionId ?? '') : ''
    const byOther = revokeSession(staff.as(other ?? undefined), { sessionId })
    await expect(byOther).rejects.toMatchObject({ code: 'http.not_found' })
    await revokeSession(desk.ctx, { sessionId })
    expect(await actorForSecret(staff.nobody(), phone.secret, 'cookie')).toBeNull()
    expect(await actorForSecret(staff.nobody(), desk.secret, 'cookie')).not.toBeNull()
    const again = revokeSession(desk.ctx, { sessionId })
    await expect(again).rejects.toMatchObject({ code: 'http.not_found' })
    expect((await staff.audited()).filter((a) => a === 'identity.session_revoked')).toHaveLength(1)
  })

  it('are revoked all at once, and only the own', async () => {
    const phone = await staff.entered('phone')
    const desk = await staff.entered('desk')
    await createOfficial(staff.as(), newOfficial({ login: 'dinh.khoi' }))
    const { secret: foreign } = await staff.enter('dinh.khoi')
    expect(await revokeAllSessions(desk.ctx)).toBe(2)
    for (const secret of [phone.secret, desk.secret])
      expect(await actorForSecret(staff.nobody(), secret, 'cookie')).toBeNull()
    expect(await actorForSecret(staff.nobody(), foreign, 'cookie')).not.toBeNull()
    expect((await staff.audited()).at(-1)).toBe('identity.sessions_revoked')
  })

  it('signing out ends this one; without a session it changes nothing', async () => {
    const { ctx, secret } = await staff.entered()
    await signOut(ctx)
    expect(await actorForSecret(staff.nobody(), secret, 'cookie')).toBeNull()
    const before = await staff.audited()
    await signOut(staff.nobody())
    expect(await staff.audited()).toEqual(before)
    expect(before.at(-1)).toBe('identity.signed_out')
  })

  it('belong to somebody who is signed in', async () => {
    await expect(listSessions(staff.nobody())).rejects.toThrow('http.unauthenticated')
    await expect(revokeAllSessions(staff.nobody())).rejects.toThrow('http.unauthenticated')
    await expect(revokeSession(staff.nobody(), { sessionId: 'x' })).rejects.toThrow(
      'http.unauthenticated',
    )
    await expect(listSessions(staff.as())).rejects.toThrow('http.forbidden')
  })
})
