import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  actorForSecret,
  changeOwnPassword,
  createOfficial,
  disableOfficial,
  findOwnOfficial,
  signIn,
} from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { HERE, newOfficial, openStaff, PASSWORD } from './identity-kit.ts'

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

describe('an official', () => {
  it('is created by the system with a normalised login, and the change is audited without words', async () => {
    const made = await createOfficial(staff.as(), newOfficial({ login: ' Hoai.An ' }))
    expect(made).toMatchObject({ login: 'hoai.an', roles: ['dispatcher'], unitCode: '19867' })
    expect(Object.keys(made)).not.toContain('passwordHash')
    const rows = await test.db.selectFrom('audit').selectAll().execute()
    expect(rows).toMatchObject([{ action: 'identity.official_created', subjectId: made.id }])
    expect(JSON.stringify(rows)).not.toMatch(/Hoài|hoai|lúa/i)
  })

  it('is created by an admin, and by nobody else', async () => {
    const actor = { kind: 'official', officialId: 'x', unitCode: null, agencyCode: null } as const
    const admin = staff.as({ ...actor, roles: ['admin'], capabilities: [] })
    await createOfficial(admin, newOfficial())
    const rest = staff.as({
      ...actor,
      roles: ['officer', 'dispatcher', 'approver'],
      capabilities: ['duty', 'identity_viewer'],
    })
    for (const [ctx, code] of [
      [rest, 'http.forbidden'],
      [staff.as({ kind: 'resident', residentId: 'r' }), 'http.forbidden'],
      [staff.nobody(), 'http.unauthenticated'],
    ] as const) {
      await expect(createOfficial(ctx, newOfficial({ login: 'other' }))).rejects.toThrow(code)
    }
    expect(await staff.audited()).toEqual(['identity.official_created'])
  })

  it('has a login of one’s own, in whatever case it is asked for again', async () => {
    await createOfficial(staff.as(), newOfficial())
    const again = createOfficial(staff.as(), newOfficial({ login: 'HOAI.AN' }))
    await expect(again).rejects.toMatchObject({ code: 'identity.login_taken' })
    expect(await staff.audited()).toEqual(['identity.official_created'])
  })

  it.each([
    ['an unknown sign in the login', { login: 'lê an' }],
    ['a login of two signs', { login: 'an' }],
    ['an unknown role', { roles: ['boss'] as never }],
    ['a unit that is no code', { unitCode: 'Quảng Điền' }],
    ['no word about the unit', { unitCode: undefined as never }],
  ])('is not created with %s', async (_what, overrides) => {
    const made = createOfficial(staff.as(), newOfficial(overrides))
    await expect(made).rejects.toMatchObject({ code: 'http.invalid_input' })
    expect(await test.db.selectFrom('official').selectAll().execute()).toEqual([])
  })

  it('is not created with a weak password', async () => {
    for (const password of ['ngắn quá', 'matkhau123456', 'hoai.an.2026']) {
      const made = createOfficial(staff.as(), newOfficial({ password }))
      await expect(made).rejects.toMatchObject({ code: 'identity.weak_password' })
    }
  })
})

describe('signing in', () => {
  beforeEach(() => createOfficial(staff.as(), newOfficial()))

  it('opens a session whose secret is nowhere in the database', async () => {
    const { secret, official, expiresAt } = await staff.enter(' HOAI.an')
    expect(official.login).toBe('hoai.an')
    expect(expiresAt).toBe('2026-11-23T14:00:00.000Z')
    const everything = await Promise.all([
      staff.sessions(),
      test.db.selectFrom('audit').selectAll().execute(),
    ])
    expect(JSON.stringify(everything)).not.toContain(secret)
    const [row] = await staff.sessions()
    expect(row?.secretHash).toMatch(/^[0-9a-f]{64}$/)
    expect(await actorForSecret(staff.nobody(), secret, 'cookie')).toEqual({
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
    const { official } = await staff.enter()
    const rows = await test.db.selectFrom('audit').selectAll().orderBy('seq').execute()
    expect(rows.at(-1)).toMatchObject({
      action: 'identity.signed_in',
      actorKind: 'official',
      actorId: official.id,
    })
  })

  it('takes a password typed on a keyboard that composes marks differently', async () => {
    await expect(staff.enter('hoai.an', PASSWORD.normalize('NFD'))).resolves.toBeDefined()
  })

  it('refuses unknown, wrong and disabled alike, after the same work, and audits no login', async () => {
    const created = await createOfficial(staff.as(), newOfficial({ login: 'nghi.viec' }))
    await disableOfficial(staff.as(), { officialId: created.id })
    const checked: string[] = []
    const { verify } = staff.ports.passwords
    staff.ports.passwords.verify = (password, phc) => {
      checked.push(phc.slice(0, 5))
      return verify(password, phc)
    }
    const before = await staff.audited()
    for (const [login, password] of [
      ['khong.co', PASSWORD],
      ['hoai.an', 'sai mật khẩu rồi'],
      ['nghi.viec', PASSWORD],
    ] as const) {
      await expect(staff.enter(login, password)).rejects.toMatchObject({
        code: 'identity.wrong_login',
      })
    }
    expect(checked).toEqual(['test:', 'test:', 'test:'])
    expect((await staff.audited()).slice(before.length)).toEqual([
      'identity.sign_in_failed',
      'identity.sign_in_failed',
      'identity.sign_in_failed',
    ])
    const rows = await test.db.selectFrom('audit').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/khong\.co|hoai\.an|nghi\.viec/)
    expect(await staff.sessions()).toEqual([])
  })

  it('makes a guesser wait, and not the colleague whose login they guess at', async () => {
    const guesser = { remoteKey: 'address-2', label: '' }
    const outcomes: string[] = []
    for (let i = 0; i < 500; i++) {
      await staff.enter('hoai.an', `đoán mò lần ${i}`, guesser).catch((e) => outcomes.push(e.code))
    }
    expect(outcomes.filter((code) => code === 'identity.wrong_login')).toHaveLength(5)
    const last = staff.enter('hoai.an', PASSWORD, guesser)
    await expect(last).rejects.toMatchObject({
      code: 'identity.too_many_attempts',
      retryAfterSeconds: 60,
    })
    await expect(staff.enter()).resolves.toBeDefined()
  })

  it('counts tries at one login from many addresses, and tries from one address at many logins', async () => {
    const codes = new Set<string>()
    for (let i = 0; i < 201; i++) {
      await staff
        .enter('hoai.an', 'sai', { remoteKey: `a${i}`, label: '' })
        .catch((e) => codes.add(e.code))
    }
    expect(codes).toEqual(new Set(['identity.wrong_login', 'identity.too_many_attempts']))
    codes.clear()
    for (let i = 0; i < 101; i++) {
      await staff
        .enter(`login${i}`, 'sai', { remoteKey: 'b', label: '' })
        .catch((e) => codes.add(e.code))
    }
    expect(codes).toEqual(new Set(['identity.wrong_login', 'identity.too_many_attempts']))
  })

  it('again in the same browser ends the session that it replaces', async () => {
    const { ctx, secret } = await staff.entered()
    const again = await signIn(ctx, { login: 'hoai.an', password: PASSWORD }, HERE)
    if (again.next !== 'none') throw new Error('a step is missing')
    expect(await actorForSecret(staff.nobody(), secret, 'cookie')).toBeNull()
    expect(await actorForSecret(staff.nobody(), again.secret, 'cookie')).not.toBeNull()
  })
})

describe('an account', () => {
  beforeEach(() => createOfficial(staff.as(), newOfficial()))
  const NEXT = 'sông Bồ mùa nước cạn'

  it('changes its password, keeps this session and ends the others', async () => {
    const phone = await staff.entered('phone')
    const desk = await staff.entered('desk')
    await changeOwnPassword(desk.ctx, { currentPassword: PASSWORD, newPassword: NEXT })
    expect(await actorForSecret(staff.nobody(), phone.secret, 'cookie')).toBeNull()
    expect(await actorForSecret(staff.nobody(), desk.secret, 'cookie')).not.toBeNull()
    await expect(staff.enter()).rejects.toMatchObject({ code: 'identity.wrong_login' })
    await expect(staff.enter('hoai.an', NEXT)).resolves.toBeDefined()
    expect(await staff.audited()).toContain('identity.password_changed')
  })

  it('changes nothing without the current password, with a weak one, or for nobody', async () => {
    const { ctx } = await staff.entered()
    const change = (currentPassword: string, newPassword: string, by = ctx) =>
      changeOwnPassword(by, { currentPassword, newPassword })
    await expect(change('sai mật khẩu rồi', NEXT)).rejects.toThrow('identity.wrong_login')
    await expect(change(PASSWORD, 'matkhau123456')).rejects.toThrow('identity.weak_password')
    await expect(change(PASSWORD, NEXT, staff.nobody())).rejects.toThrow('http.unauthenticated')
    const resident = staff.as({ kind: 'resident', residentId: 'r' })
    await expect(change(PASSWORD, NEXT, resident)).rejects.toThrow('http.forbidden')
    await expect(staff.enter()).resolves.toBeDefined()
  })

  it('tries at the current password are counted as well', async () => {
    const { ctx } = await staff.entered()
    for (let i = 0; i < 5; i++) {
      const change = changeOwnPassword(ctx, { currentPassword: `sai ${i}`, newPassword: NEXT })
      await expect(change).rejects.toThrow('identity.wrong_login')
    }
    const change = changeOwnPassword(ctx, { currentPassword: PASSWORD, newPassword: NEXT })
    await expect(change).rejects.toThrow('identity.too_many_attempts')
  })

  it('is disabled once, by an admin, and only if it exists', async () => {
    const { ctx } = await staff.entered()
    const own = await findOwnOfficial(ctx)
    const officialId = own?.id ?? ''
    await expect(disableOfficial(ctx, { officialId })).rejects.toThrow('http.forbidden')
    await disableOfficial(staff.as(), { officialId })
    await disableOfficial(staff.as(), { officialId })
    expect((await staff.audited()).filter((a) => a === 'identity.official_disabled')).toHaveLength(
      1,
    )
    const ghost = disableOfficial(staff.as(), { officialId: staff.as().newId() })
    await expect(ghost).rejects.toMatchObject({ code: 'http.not_found' })
  })
})
