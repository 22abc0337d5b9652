import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Ctx, Ports } from '../../api/context.ts'
import {
  actorForSecret,
  changeOwnPassword,
  createOfficial,
  disableOfficial,
  findOwnOfficial,
  listSessions,
  type NewOfficial,
  openResidentSession,
  purgeExpiredSessions,
  residentForChat,
  revokeAllSessions,
  revokeSession,
  signIn,
  signOut,
} from '../../api/rooms/identity/index.ts'
import {
  openDatabase,
  type TestClock,
  type TestDb,
  testClock,
  testCtx,
  testPorts,
} from '../harness.ts'

let test: TestDb
let clock: TestClock
let ports: Ports
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  clock = testClock()
  ports = testPorts()
})
afterAll(() => test.close())

const PASSWORD = 'lúa chín ngoài đồng'
const HERE = { remoteKey: 'address-1', label: 'Chrome · Android' }
const HOUR = 3600

const as = (actor?: Actor): Ctx =>
  testCtx(test.db, { clock, ports, ...(actor === undefined ? {} : { actor }) })
const nobody = () => as({ kind: 'anonymous' })
const newOfficial = (overrides: Partial<NewOfficial> = {}): NewOfficial => ({
  login: 'hoai.an',
  displayName: 'Lê Hoài An',
  password: PASSWORD,
  roles: ['dispatcher'],
  capabilities: [],
  unitCode: '19867',
  agencyCode: null,
  ...overrides,
})
const enter = (login = 'hoai.an', password = PASSWORD, from = HERE) =>
  signIn(nobody(), { login, password }, from)
/** Signs in and gives the ctx that a request with the new cookie would have. */
async function entered(label = HERE.label): Promise<{ ctx: Ctx; secret: string }> {
  const { secret } = await enter('hoai.an', PASSWORD, { ...HERE, label })
  const actor = await actorForSecret(nobody(), secret, 'cookie')
  if (actor === null) throw new Error('no actor')
  return { ctx: as(actor), secret }
}
const sessions = () => test.db.selectFrom('session').selectAll().execute()
const audited = async () => {
  const rows = await test.db.selectFrom('audit').selectAll().orderBy('seq').execute()
  return rows.map((row) => row.action)
}

describe('an official', () => {
  it('is created by the system with a normalised login, and the change is audited without words', async () => {
    const made = await createOfficial(as(), newOfficial({ login: ' Hoai.An ' }))
    expect(made).toMatchObject({ login: 'hoai.an', roles: ['dispatcher'], unitCode: '19867' })
    expect(Object.keys(made)).not.toContain('passwordHash')
    const rows = await test.db.selectFrom('audit').selectAll().execute()
    expect(rows).toMatchObject([{ action: 'identity.official_created', subjectId: made.id }])
    expect(JSON.stringify(rows)).not.toMatch(/Hoài|hoai|lúa/i)
  })

  it('is created by an admin, and by nobody else', async () => {
    const actor = { kind: 'official', officialId: 'x', unitCode: null, agencyCode: null } as const
    const admin = as({ ...actor, roles: ['admin'], capabilities: [] })
    await createOfficial(admin, newOfficial())
    const rest = as({
      ...actor,
      roles: ['officer', 'dispatcher', 'approver'],
      capabilities: ['duty', 'identity_viewer'],
    })
    for (const [ctx, code] of [
      [rest, 'http.forbidden'],
      [as({ kind: 'resident', residentId: 'r' }), 'http.forbidden'],
      [nobody(), 'http.unauthenticated'],
    ] as const) {
      await expect(createOfficial(ctx, newOfficial({ login: 'other' }))).rejects.toThrow(code)
    }
    expect(await audited()).toEqual(['identity.official_created'])
  })

  it('has a login of one’s own, in whatever case it is asked for again', async () => {
    await createOfficial(as(), newOfficial())
    const again = createOfficial(as(), newOfficial({ login: 'HOAI.AN' }))
    await expect(again).rejects.toMatchObject({ code: 'identity.login_taken' })
    expect(await audited()).toEqual(['identity.official_created'])
  })

  it.each([
    ['an unknown sign in the login', { login: 'lê an' }],
    ['a login of two signs', { login: 'an' }],
    ['an unknown role', { roles: ['boss'] as never }],
    ['a unit that is no code', { unitCode: 'Quảng Điền' }],
    ['no word about the unit', { unitCode: undefined as never }],
  ])('is not created with %s', async (_what, overrides) => {
    const made = createOfficial(as(), newOfficial(overrides))
    await expect(made).rejects.toMatchObject({ code: 'http.invalid_input' })
    expect(await test.db.selectFrom('official').selectAll().execute()).toEqual([])
  })

  it('is not created with a weak password', async () => {
    for (const password of ['ngắn quá', 'matkhau123456', 'hoai.an.2026']) {
      const made = createOfficial(as(), newOfficial({ password }))
      await expect(made).rejects.toMatchObject({ code: 'identity.weak_password' })
    }
  })
})

describe('signing in', () => {
  beforeEach(() => createOfficial(as(), newOfficial()))

  it('opens a session whose secret is nowhere in the database', async () => {
    const { secret, official, expiresAt } = await enter(' HOAI.an')
    expect(official.login).toBe('hoai.an')
    expect(expiresAt).toBe('2026-11-23T14:00:00.000Z')
    const everything = await Promise.all([
      sessions(),
      test.db.selectFrom('audit').selectAll().execute(),
    ])
    expect(JSON.stringify(everything)).not.toContain(secret)
    const [row] = await sessions()
    expect(row?.secretHash).toMatch(/^[0-9a-f]{64}$/)
    expect(await actorForSecret(nobody(), secret, 'cookie')).toEqual({
      kind: 'official',
      officialId: official.id,
      sessionId: row?.id,
      roles: ['dispatcher'],
      capabilities: [],
      unitCode: '19867',
      agencyCode: null,
    })
  })

  it('is audited under the one who came in', async () => {
    const { official } = await enter()
    const rows = await test.db.selectFrom('audit').selectAll().orderBy('seq').execute()
    expect(rows.at(-1)).toMatchObject({
      action: 'identity.signed_in',
      actorKind: 'official',
      actorId: official.id,
    })
  })

  it('takes a password typed on a keyboard that composes marks differently', async () => {
    await expect(enter('hoai.an', PASSWORD.normalize('NFD'))).resolves.toBeDefined()
  })

  it('refuses unknown, wrong and disabled alike, after the same work, and audits no login', async () => {
    const created = await createOfficial(as(), newOfficial({ login: 'nghi.viec' }))
    await disableOfficial(as(), { officialId: created.id })
    const checked: string[] = []
    const { verify } = ports.passwords
    ports.passwords.verify = (password, phc) => {
      checked.push(phc.slice(0, 5))
      return verify(password, phc)
    }
    const before = await audited()
    for (const [login, password] of [
      ['khong.co', PASSWORD],
      ['hoai.an', 'sai mật khẩu rồi'],
      ['nghi.viec', PASSWORD],
    ] as const) {
      await expect(enter(login, password)).rejects.toMatchObject({ code: 'identity.wrong_login' })
    }
    expect(checked).toEqual(['test:', 'test:', 'test:'])
    expect((await audited()).slice(before.length)).toEqual([
      'identity.sign_in_failed',
      'identity.sign_in_failed',
      'identity.sign_in_failed',
    ])
    const rows = await test.db.selectFrom('audit').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/khong\.co|hoai\.an|nghi\.viec/)
    expect(await sessions()).toEqual([])
  })

  it('makes a guesser wait, and not the colleague whose login they guess at', async () => {
    const guesser = { remoteKey: 'address-2', label: '' }
    const outcomes: string[] = []
    for (let i = 0; i < 500; i++) {
      await enter('hoai.an', `đoán mò lần ${i}`, guesser).catch((e) => outcomes.push(e.code))
    }
    expect(outcomes.filter((code) => code === 'identity.wrong_login')).toHaveLength(5)
    const last = enter('hoai.an', PASSWORD, guesser)
    await expect(last).rejects.toMatchObject({
      code: 'identity.too_many_attempts',
      retryAfterSeconds: 60,
    })
    await expect(enter()).resolves.toBeDefined()
  })

  it('counts tries at one login from many addresses, and tries from one address at many logins', async () => {
    const codes = new Set<string>()
    for (let i = 0; i < 201; i++) {
      await enter('hoai.an', 'sai', { remoteKey: `a${i}`, label: '' }).catch((e) =>
        codes.add(e.code),
      )
    }
    expect(codes).toEqual(new Set(['identity.wrong_login', 'identity.too_many_attempts']))
    codes.clear()
    for (let i = 0; i < 101; i++) {
      await enter(`login${i}`, 'sai', { remoteKey: 'b', label: '' }).catch((e) => codes.add(e.code))
    }
    expect(codes).toEqual(new Set(['identity.wrong_login', 'identity.too_many_attempts']))
  })

  it('again in the same browser ends the session that it replaces', async () => {
    const { ctx, secret } = await entered()
    const { secret: next } = await signIn(ctx, { login: 'hoai.an', password: PASSWORD }, HERE)
    expect(await actorForSecret(nobody(), secret, 'cookie')).toBeNull()
    expect(await actorForSecret(nobody(), next, 'cookie')).not.toBeNull()
  })
})

describe('a session', () => {
  beforeEach(() => createOfficial(as(), newOfficial()))
  const isAlive = async (secret: string) =>
    (await actorForSecret(nobody(), secret, 'cookie')) !== null

  it('ends after twelve idle hours, and no sooner', async () => {
    const { secret } = await enter()
    clock.advance(12 * HOUR - 1)
    expect(await isAlive(secret)).toBe(true)
    clock.advance(12 * HOUR)
    expect(await isAlive(secret)).toBe(false)
  })

  it('slides with use, also with use just after it began, up to seven days', async () => {
    const { secret } = await enter()
    clock.advance(6 * 60)
    expect(await isAlive(secret)).toBe(true)
    clock.advance(12 * HOUR - 60)
    expect(await isAlive(secret)).toBe(true)
    for (let i = 0; i < 14; i++) {
      clock.advance(11 * HOUR)
      expect(await isAlive(secret)).toBe(true)
    }
    clock.set('2026-11-30T01:59:59.000Z')
    expect(await isAlive(secret)).toBe(true)
    clock.set('2026-11-30T02:00:00.000Z')
    expect(await isAlive(secret)).toBe(false)
  })

  it('is written at most every five minutes', async () => {
    const { secret } = await enter()
    clock.advance(299)
    await isAlive(secret)
    expect((await sessions())[0]?.lastSeenAt).toBe('2026-11-23T02:00:00.000Z')
    clock.advance(1)
    await isAlive(secret)
    expect((await sessions())[0]).toMatchObject({
      lastSeenAt: '2026-11-23T02:05:00.000Z',
      expiresAt: '2026-11-23T14:05:00.000Z',
    })
  })

  it('ends at once when the official is disabled, also where its row survived', async () => {
    const { secret } = await enter()
    const [row] = await sessions()
    if (row === undefined) throw new Error('no session')
    await disableOfficial(as(), { officialId: row.subjectId })
    expect(await sessions()).toEqual([])
    await test.db.insertInto('session').values(row).execute()
    expect(await isAlive(secret)).toBe(false)
    expect(await sessions()).toEqual([])
  })

  it('speaks only over the carrier it was made for', async () => {
    const { secret } = await enter()
    expect(await actorForSecret(nobody(), secret, 'bearer')).toBeNull()
    const chat = { channel: 'web', chatKey: 'k', language: 'vi' } as const
    const resident = await residentForChat(as(), chat)
    const opened = await openResidentSession(as(), { residentId: resident.id, label: 'HueS' })
    expect(await actorForSecret(nobody(), opened.secret, 'cookie')).toBeNull()
    expect(await actorForSecret(nobody(), opened.secret, 'bearer')).toEqual({
      kind: 'resident',
      residentId: resident.id,
      sessionId: opened.id,
    })
    clock.advance(30 * 24 * HOUR - 1)
    expect(await actorForSecret(nobody(), opened.secret, 'bearer')).not.toBeNull()
    clock.advance(1)
    expect(await actorForSecret(nobody(), opened.secret, 'bearer')).toBeNull()
  })

  it('is not made out of anything else', async () => {
    const { secret } = await enter()
    const [row] = await sessions()
    for (const wrong of ['', 'x', row?.id ?? '', row?.secretHash ?? '', `${secret}=`, "' or 1=1"]) {
      expect(await isAlive(wrong)).toBe(false)
    }
    expect(await isAlive(secret)).toBe(true)
  })

  it('follows a change of rights on the next request', async () => {
    const { secret } = await enter()
    await test.db
      .updateTable('official')
      .set({ roles: ['officer', 'unheard_of'] })
      .execute()
    const actor = await actorForSecret(nobody(), secret, 'cookie')
    expect(actor).toMatchObject({ roles: ['officer'] })
  })

  it('is removed from the table once nobody can use it', async () => {
    await enter()
    clock.advance(HOUR)
    const { secret } = await enter()
    clock.advance(11 * HOUR)
    await purgeExpiredSessions(as())
    expect(await sessions()).toHaveLength(1)
    expect(await isAlive(secret)).toBe(true)
  })
})

describe('own sessions', () => {
  beforeEach(() => createOfficial(as(), newOfficial()))

  it('are listed without secrets, the current one marked', async () => {
    await entered('Firefox · Linux')
    clock.advance(60)
    const { ctx, secret } = await entered()
    const list = await listSessions(ctx)
    expect(list.map(({ label, isCurrent }) => [label, isCurrent])).toEqual([
      ['Chrome · Android', true],
      ['Firefox · Linux', false],
    ])
    const hash = (await sessions())[0]?.secretHash ?? 'none'
    expect(JSON.stringify(list)).not.toContain(secret)
    expect(JSON.stringify(list)).not.toContain(hash)
  })

  it('are revoked one by one; twice is not found, and so is anybody else’s', async () => {
    const phone = await entered('phone')
    const desk = await entered('desk')
    await createOfficial(as(), newOfficial({ login: 'dinh.khoi' }))
    const { secret: foreign } = await enter('dinh.khoi')
    const other = await actorForSecret(nobody(), foreign, 'cookie')
    const sessionId = phone.ctx.actor.kind === 'official' ? (phone.ctx.actor.sessionId ?? '') : ''
    const byOther = revokeSession(as(other ?? undefined), { sessionId })
    await expect(byOther).rejects.toMatchObject({ code: 'http.not_found' })
    await revokeSession(desk.ctx, { sessionId })
    expect(await actorForSecret(nobody(), phone.secret, 'cookie')).toBeNull()
    expect(await actorForSecret(nobody(), desk.secret, 'cookie')).not.toBeNull()
    const again = revokeSession(desk.ctx, { sessionId })
    await expect(again).rejects.toMatchObject({ code: 'http.not_found' })
    expect((await audited()).filter((a) => a === 'identity.session_revoked')).toHaveLength(1)
  })

  it('are revoked all at once, and only the own', async () => {
    const phone = await entered('phone')
    const desk = await entered('desk')
    await createOfficial(as(), newOfficial({ login: 'dinh.khoi' }))
    const { secret: foreign } = await enter('dinh.khoi')
    expect(await revokeAllSessions(desk.ctx)).toBe(2)
    for (const secret of [phone.secret, desk.secret])
      expect(await actorForSecret(nobody(), secret, 'cookie')).toBeNull()
    expect(await actorForSecret(nobody(), foreign, 'cookie')).not.toBeNull()
    expect((await audited()).at(-1)).toBe('identity.sessions_revoked')
  })

  it('signing out ends this one; without a session it changes nothing', async () => {
    const { ctx, secret } = await entered()
    await signOut(ctx)
    expect(await actorForSecret(nobody(), secret, 'cookie')).toBeNull()
    const before = await audited()
    await signOut(nobody())
    expect(await audited()).toEqual(before)
    expect(before.at(-1)).toBe('identity.signed_out')
  })

  it('belong to somebody who is signed in', async () => {
    await expect(listSessions(nobody())).rejects.toThrow('http.unauthenticated')
    await expect(revokeAllSessions(nobody())).rejects.toThrow('http.unauthenticated')
    await expect(revokeSession(nobody(), { sessionId: 'x' })).rejects.toThrow(
      'http.unauthenticated',
    )
    await expect(listSessions(as())).rejects.toThrow('http.forbidden')
  })
})

describe('an account', () => {
  beforeEach(() => createOfficial(as(), newOfficial()))
  const NEXT = 'sông Bồ mùa nước cạn'

  it('changes its password, keeps this session and ends the others', async () => {
    const phone = await entered('phone')
    const desk = await entered('desk')
    await changeOwnPassword(desk.ctx, { currentPassword: PASSWORD, newPassword: NEXT })
    expect(await actorForSecret(nobody(), phone.secret, 'cookie')).toBeNull()
    expect(await actorForSecret(nobody(), desk.secret, 'cookie')).not.toBeNull()
    await expect(enter()).rejects.toMatchObject({ code: 'identity.wrong_login' })
    await expect(enter('hoai.an', NEXT)).resolves.toBeDefined()
    expect(await audited()).toContain('identity.password_changed')
  })

  it('changes nothing without the current password, with a weak one, or for nobody', async () => {
    const { ctx } = await entered()
    const change = (currentPassword: string, newPassword: string, by = ctx) =>
      changeOwnPassword(by, { currentPassword, newPassword })
    await expect(change('sai mật khẩu rồi', NEXT)).rejects.toThrow('identity.wrong_login')
    await expect(change(PASSWORD, 'matkhau123456')).rejects.toThrow('identity.weak_password')
    await expect(change(PASSWORD, NEXT, nobody())).rejects.toThrow('http.unauthenticated')
    const resident = as({ kind: 'resident', residentId: 'r' })
    await expect(change(PASSWORD, NEXT, resident)).rejects.toThrow('http.forbidden')
    await expect(enter()).resolves.toBeDefined()
  })

  it('tries at the current password are counted as well', async () => {
    const { ctx } = await entered()
    for (let i = 0; i < 5; i++) {
      const change = changeOwnPassword(ctx, { currentPassword: `sai ${i}`, newPassword: NEXT })
      await expect(change).rejects.toThrow('identity.wrong_login')
    }
    const change = changeOwnPassword(ctx, { currentPassword: PASSWORD, newPassword: NEXT })
    await expect(change).rejects.toThrow('identity.too_many_attempts')
  })

  it('is disabled once, by an admin, and only if it exists', async () => {
    const { ctx } = await entered()
    const own = await findOwnOfficial(ctx)
    const officialId = own?.id ?? ''
    await expect(disableOfficial(ctx, { officialId })).rejects.toThrow('http.forbidden')
    await disableOfficial(as(), { officialId })
    await disableOfficial(as(), { officialId })
    expect((await audited()).filter((a) => a === 'identity.official_disabled')).toHaveLength(1)
    const ghost = disableOfficial(as(), { officialId: as().newId() })
    await expect(ghost).rejects.toMatchObject({ code: 'http.not_found' })
  })
})
