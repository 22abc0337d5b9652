import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import {
  acceptInvite,
  actorForSecret,
  addShift,
  can,
  changeOfficial,
  createOfficial,
  delegateApproval,
  findOnDuty,
  inviteOfficial,
  listColleagues,
  listDelegations,
  listOfficials,
  listShifts,
  type NewOfficial,
  type Official,
  readInvite,
  reinviteOfficial,
  removeShift,
  retireOfficial,
  revokeDelegation,
} from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { HERE, newOfficial, openStaff, PASSWORD } from './identity-kit.ts'

let test: TestDb
let staff: ReturnType<typeof openStaff>
let admin: { official: Official; ctx: Ctx }
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  staff = openStaff(test.db)
  admin = await person({ login: 'quan.tri', roles: ['admin'], unitCode: null })
})
afterAll(() => test.close())

/** A signed-in official, as a request sees them. */
async function person(overrides: Partial<NewOfficial>): Promise<{ official: Official; ctx: Ctx }> {
  const official = await createOfficial(staff.as(), newOfficial(overrides))
  return { official, ctx: await signedIn(official.login) }
}

async function signedIn(login: string): Promise<Ctx> {
  const { secret } = await staff.enter(login)
  const actor = await actorForSecret(staff.nobody(), secret, 'cookie')
  if (actor === null) throw new Error('no actor')
  return staff.as(actor)
}

const { password: _, ...invited } = newOfficial({ login: 'khoi', displayName: 'Phan Đình Khôi' })
const tokenOf = (url: string) => url.split('#/invite/')[1] ?? ''

describe('an invitation', () => {
  it('makes an account that nobody can enter until its owner sets the password, once', async () => {
    const { official, url } = await inviteOfficial(admin.ctx, invited)
    expect(official).toMatchObject({ login: 'khoi', hasSecondFactor: false })
    const token = tokenOf(url)
    expect(token).toHaveLength(43)
    expect(await readInvite(staff.nobody(), { token })).toEqual({
      login: 'khoi',
      displayName: 'Phan Đình Khôi',
    })
    await expect(
      acceptInvite(staff.nobody(), { token, password: 'ngắn' }, HERE),
    ).rejects.toMatchObject({ code: 'identity.weak_password' })
    const result = await acceptInvite(staff.nobody(), { token, password: PASSWORD }, HERE)
    expect(result).toMatchObject({ next: 'none', official: { login: 'khoi' } })
    await expect(
      acceptInvite(staff.nobody(), { token, password: PASSWORD }, HERE),
    ).rejects.toMatchObject({ code: 'identity.step_over' })
    await expect(staff.enter('khoi')).resolves.toBeDefined()
    const audited = await staff.audited()
    expect(audited).toContain('identity.official_invited')
    expect(audited).toContain('identity.invite_accepted')
    const rows = JSON.stringify(await test.db.selectFrom('signInStep').selectAll().execute())
    expect(rows).not.toContain(token)
  })

  it('ends after 72 hours', async () => {
    const { url } = await inviteOfficial(admin.ctx, invited)
    staff.clock.advance(72 * 3600)
    const late = acceptInvite(staff.nobody(), { token: tokenOf(url), password: PASSWORD }, HERE)
    await expect(late).rejects.toMatchObject({ code: 'identity.step_over' })
  })

  it('again ends password, factors and sessions, and the former link', async () => {
    const { official, ctx } = await person({ login: 'hoai' })
    const first = await reinviteOfficial(admin.ctx, { officialId: official.id })
    const second = await reinviteOfficial(admin.ctx, { officialId: official.id })
    await expect(staff.enter('hoai')).rejects.toMatchObject({ code: 'identity.wrong_login' })
    const sessions = await staff.sessions()
    expect(sessions.filter((row) => row.subjectId === official.id)).toEqual([])
    expect(ctx.actor.kind).toBe('official')
    await expect(readInvite(staff.nobody(), { token: tokenOf(first.url) })).rejects.toMatchObject({
      code: 'identity.step_over',
    })
    const token = tokenOf(second.url)
    await acceptInvite(staff.nobody(), { token, password: `${PASSWORD} mới` }, HERE)
    await expect(staff.enter('hoai', `${PASSWORD} mới`)).resolves.toBeDefined()
  })

  it('for a login that exists, and from anybody but an admin, is refused', async () => {
    await inviteOfficial(admin.ctx, invited)
    await expect(inviteOfficial(admin.ctx, invited)).rejects.toMatchObject({
      code: 'identity.login_taken',
    })
    const { ctx } = await person({ login: 'hoai' })
    await expect(inviteOfficial(ctx, invited)).rejects.toMatchObject({ code: 'http.forbidden' })
    await expect(listOfficials(staff.nobody())).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
  })
})

describe('an account', () => {
  const change = (version: number) => ({
    version,
    displayName: 'Lê Hoài An',
    roles: ['officer' as const],
    capabilities: ['duty' as const],
    unitCode: '19867',
    agencyCode: null,
  })

  it('is changed at once, also for its open sessions; a stale page is told', async () => {
    const { official, ctx } = await person({ login: 'hoai' })
    expect(can(ctx.actor, 'incidents.accept')).toBe(true)
    const [record] = (await listOfficials(admin.ctx)).filter(({ id }) => id === official.id)
    const input = { officialId: official.id, ...change(record?.version ?? 0) }
    expect(await changeOfficial(admin.ctx, input)).toMatchObject({
      roles: ['officer'],
      capabilities: ['duty'],
      version: 2,
    })
    await expect(changeOfficial(admin.ctx, input)).rejects.toMatchObject({ code: 'http.conflict' })
    expect(can((await signedIn('hoai')).actor, 'incidents.accept')).toBe(false)
    expect(await staff.audited()).toContain('identity.official_changed')
  })

  it('is not changed or ended by its own admin, nor by others', async () => {
    const own = { officialId: admin.official.id }
    const refused = { code: 'identity.not_yourself' }
    await expect(changeOfficial(admin.ctx, { ...own, ...change(1) })).rejects.toMatchObject(refused)
    await expect(retireOfficial(admin.ctx, own)).rejects.toMatchObject(refused)
    await expect(reinviteOfficial(admin.ctx, own)).rejects.toMatchObject(refused)
    const { ctx } = await person({ login: 'hoai' })
    await expect(retireOfficial(ctx, own)).rejects.toMatchObject({ code: 'http.forbidden' })
  })

  it('ends at once, stays in the list, and can come back by a new link', async () => {
    const { official } = await person({ login: 'hoai' })
    const ended = await retireOfficial(admin.ctx, { officialId: official.id })
    expect(ended.disabledAt).not.toBeNull()
    await retireOfficial(admin.ctx, { officialId: official.id })
    await expect(staff.enter('hoai')).rejects.toMatchObject({ code: 'identity.wrong_login' })
    const { url } = await reinviteOfficial(admin.ctx, { officialId: official.id })
    const token = tokenOf(url)
    await acceptInvite(staff.nobody(), { token, password: PASSWORD }, HERE)
    await expect(staff.enter('hoai')).resolves.toBeDefined()
  })
})

/** Hours after the test's start. */
const inHours = (hours: number) =>
  new Date(staff.clock.now().getTime() + hours * 3_600_000).toISOString()

describe('the duty roster', () => {
  it('says who watches a unit now', async () => {
    const { ctx } = await person({ login: 'hoai', roles: ['dispatcher'] })
    const { official } = await person({ login: 'truc', roles: [], capabilities: ['duty'] })
    const shift = { officialId: official.id, startsAt: inHours(1), endsAt: inHours(13) }
    const { id } = await addShift(ctx, shift)
    expect(await findOnDuty(staff.as(), '19867')).toEqual([])
    staff.clock.advance(3600)
    expect(await findOnDuty(staff.as(), '19867')).toMatchObject([{ officialId: official.id }])
    expect(await findOnDuty(staff.as(), '19753')).toEqual([])
    staff.clock.advance(12 * 3600)
    expect(await findOnDuty(staff.as(), '19867')).toEqual([])
    await removeShift(ctx, { shiftId: id })
    await expect(removeShift(ctx, { shiftId: id })).rejects.toMatchObject({
      code: 'http.not_found',
    })
    const audited = await staff.audited()
    expect(audited).toContain('identity.shift_added')
    expect(audited).toContain('identity.shift_removed')
  })

  it('takes people with that capability only, by whoever keeps the roster of their unit', async () => {
    const { official, ctx } = await person({ login: 'truc', roles: [], capabilities: ['duty'] })
    const { official: bare } = await person({ login: 'hoai' })
    const { ctx: other } = await person({ login: 'ban', unitCode: '19753' })
    const shift = { officialId: official.id, startsAt: inHours(1), endsAt: inHours(2) }
    await expect(addShift(ctx, shift)).rejects.toMatchObject({ code: 'http.forbidden' })
    await expect(addShift(other, shift)).rejects.toMatchObject({ code: 'http.forbidden' })
    const refused = { ...shift, officialId: bare.id }
    await expect(addShift(admin.ctx, refused)).rejects.toMatchObject({ code: 'http.not_found' })
    for (const endsAt of [inHours(1), inHours(40)])
      await expect(addShift(admin.ctx, { ...shift, endsAt })).rejects.toMatchObject({
        code: 'http.invalid_input',
      })
    const { id } = await addShift(admin.ctx, shift)
    await expect(removeShift(other, { shiftId: id })).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    const span = { from: staff.clock.now(), to: new Date(inHours(24)) }
    expect(await listShifts(other, span)).toEqual([])
    expect(await listShifts(ctx, span)).toHaveLength(1)
    expect(await listShifts(admin.ctx, span)).toHaveLength(1)
  })
})

describe('an approval lent to a colleague', () => {
  const setUp = async () => ({
    giver: await person({ login: 'duyet', roles: ['approver'] }),
    taker: await person({ login: 'hoai', roles: ['officer'] }),
  })
  const mayApprove = async () =>
    can((await signedIn('hoai')).actor, 'incidents.approve_answer', { unitCode: '19867' })

  it('holds for its span only, is seen by both, and ends at once when taken back', async () => {
    const { giver, taker } = await setUp()
    const toOfficialId = taker.official.id
    await delegateApproval(giver.ctx, { toOfficialId, startsAt: inHours(1), endsAt: inHours(9) })
    expect(await mayApprove()).toBe(false)
    staff.clock.advance(3600)
    expect(await mayApprove()).toBe(true)
    const [given] = await listDelegations(giver.ctx)
    expect(given).toMatchObject({ isMine: true })
    expect(await listDelegations(taker.ctx)).toMatchObject([{ isMine: false }])
    const delegationId = given?.id ?? ''
    await expect(revokeDelegation(taker.ctx, { delegationId })).rejects.toMatchObject({
      code: 'http.not_found',
    })
    await revokeDelegation(giver.ctx, { delegationId })
    expect(await mayApprove()).toBe(false)
    expect(await staff.audited()).toContain('identity.approval_delegated')
  })

  it('ends with its span, and with the giver’s own role', async () => {
    const { giver, taker } = await setUp()
    const toOfficialId = taker.official.id
    await delegateApproval(giver.ctx, { toOfficialId, startsAt: inHours(0), endsAt: inHours(2) })
    expect(await mayApprove()).toBe(true)
    await retireOfficial(admin.ctx, { officialId: giver.official.id })
    expect(await mayApprove()).toBe(false)
    staff.clock.advance(2 * 3600)
    expect(await mayApprove()).toBe(false)
  })

  it('cannot be lent on, nor to another unit, nor by somebody without it', async () => {
    const { giver, taker } = await setUp()
    const far = await person({ login: 'xa.la', unitCode: '19753' })
    const span = { startsAt: inHours(0), endsAt: inHours(2) }
    const refused = { code: 'http.not_found' }
    const to = (toOfficialId: string) => ({ toOfficialId, ...span })
    await expect(delegateApproval(giver.ctx, to(far.official.id))).rejects.toMatchObject(refused)
    await expect(delegateApproval(giver.ctx, to(giver.official.id))).rejects.toMatchObject(refused)
    await delegateApproval(giver.ctx, to(taker.official.id))
    const lent = await signedIn('hoai')
    await expect(delegateApproval(lent, to(giver.official.id))).rejects.toMatchObject({
      code: 'http.forbidden',
    })
  })

  it('goes for real only to a colleague with a second factor', async () => {
    const { giver, taker } = await setUp()
    const real = { ...giver.ctx, settings: { ...giver.ctx.settings, isDemo: false } }
    const input = { toOfficialId: taker.official.id, startsAt: inHours(0), endsAt: inHours(2) }
    await expect(delegateApproval(real, input)).rejects.toMatchObject({
      code: 'identity.second_factor_needed',
    })
  })

  it('is offered among the colleagues of the own unit', async () => {
    const { giver } = await setUp()
    await person({ login: 'xa.la', unitCode: '19753', displayName: 'Người xa' })
    const names = (await listColleagues(giver.ctx)).map(({ displayName }) => displayName)
    expect(names).toHaveLength(2)
    expect(names).not.toContain('Người xa')
  })
})
