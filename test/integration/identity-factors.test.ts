import { TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import {
  actorForSecret,
  beginTotp,
  confirmTotp,
  createOfficial,
  disableOfficial,
  listFactors,
  passSecondStep,
  purgeSteps,
  removeFactor,
  renewOwnRecoveryCodes,
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

/** The same house, but for real: there a factor is compulsory for some. */
const real = (ctx: Ctx): Ctx => ({ ...ctx, settings: { ...ctx.settings, isDemo: false } })
const nobody = () => real(staff.nobody())
const enter = (login = 'hoai.an') => signIn(nobody(), { login, password: PASSWORD }, HERE)
/** What the phone shows now. */
const codeOf = (secret: string, afterSeconds = 0) =>
  new TOTP({ secret }).generate({ timestamp: staff.clock.now().getTime() + afterSeconds * 1000 })
const ctxOf = async (secret: string): Promise<Ctx> => {
  const actor = await actorForSecret(nobody(), secret, 'cookie')
  if (actor === null) throw new Error('no actor')
  return real(staff.as(actor))
}

/** An approver who has just set up an authenticator at the first sign-in. */
async function enrolled() {
  await createOfficial(staff.as(), newOfficial({ roles: ['approver'] }))
  const step = await enter()
  if (step.next !== 'enrol') throw new Error(step.next)
  const { challenge } = step
  const { secret } = await beginTotp(nobody(), { challenge })
  const added = await confirmTotp(nobody(), { challenge, code: codeOf(secret) }, HERE)
  if (added.signedIn === null || added.recoveryCodes === null) throw new Error('not signed in')
  return { secret, codes: added.recoveryCodes, ctx: await ctxOf(added.signedIn.secret) }
}

/** Password passed; the second step is open. */
async function secondStep(): Promise<string> {
  const step = await enter()
  if (step.next !== 'second_factor') throw new Error(step.next)
  return step.challenge
}

describe('an approver or admin without a second factor', () => {
  it.each(['approver', 'admin'] as const)(
    'has no session until one is set up: %s',
    async (role) => {
      await createOfficial(staff.as(), newOfficial({ roles: [role] }))
      const step = await enter()
      expect(step).toMatchObject({ next: 'enrol' })
      expect(step).not.toHaveProperty('secret')
      expect(await staff.sessions()).toEqual([])
    },
  )

  it('may go on in a demo, and is asked there too once one is set up', async () => {
    await createOfficial(staff.as(), newOfficial({ roles: ['admin'] }))
    const { ctx } = await staff.entered()
    const { challenge, secret } = await beginTotp(ctx, { password: PASSWORD })
    await confirmTotp(ctx, { challenge, code: codeOf(secret) }, HERE)
    const again = await signIn(staff.nobody(), { login: 'hoai.an', password: PASSWORD }, HERE)
    expect(again).toMatchObject({ next: 'second_factor', methods: ['totp', 'recovery'] })
  })

  it('gets in with the first right code, and ten recovery codes, once', async () => {
    const { codes, ctx } = await enrolled()
    expect(new Set(codes).size).toBe(10)
    expect(ctx.actor).toMatchObject({ kind: 'official', roles: ['approver'] })
    expect(await listFactors(ctx)).toMatchObject({
      factors: [{ kind: 'totp', label: HERE.label }],
      recoveryCodes: 10,
      isCompulsory: true,
    })
    const stored = JSON.stringify(
      await test.db.selectFrom('officialRecoveryCode').selectAll().execute(),
    )
    for (const code of codes) expect(stored).not.toContain(code.replace('-', ''))
    expect(await staff.audited()).toContain('identity.factor_added')
  })

  it('does not get in with a wrong code, a spent step, or a step of another kind', async () => {
    await createOfficial(staff.as(), newOfficial({ roles: ['approver'] }))
    const step = await enter()
    if (step.next !== 'enrol') throw new Error(step.next)
    const { challenge } = step
    await expect(confirmTotp(nobody(), { challenge, code: '000000' }, HERE)).rejects.toMatchObject({
      code: 'identity.wrong_code',
    })
    const { secret } = await beginTotp(nobody(), { challenge })
    await expect(
      passSecondStep(nobody(), { challenge, proof: { kind: 'totp', code: codeOf(secret) } }, HERE),
    ).rejects.toMatchObject({ code: 'identity.step_over' })
    await confirmTotp(nobody(), { challenge, code: codeOf(secret) }, HERE)
    await expect(
      confirmTotp(nobody(), { challenge, code: codeOf(secret) }, HERE),
    ).rejects.toMatchObject({ code: 'identity.step_over' })
  })
})

describe('the second step', () => {
  it('takes a code of the authenticator, each once', async () => {
    const { secret } = await enrolled()
    staff.clock.advance(60)
    const code = codeOf(secret)
    const proof = { kind: 'totp', code } as const
    const first = await passSecondStep(nobody(), { challenge: await secondStep(), proof }, HERE)
    expect(first.official.login).toBe('hoai.an')
    await expect(
      passSecondStep(nobody(), { challenge: await secondStep(), proof }, HERE),
    ).rejects.toMatchObject({ code: 'identity.wrong_code' })
    expect(await staff.audited()).toContain('identity.second_step_failed')
  })

  it('takes a recovery code once, as people type it', async () => {
    const { codes } = await enrolled()
    const [code = ''] = codes
    const proof = { kind: 'recovery', code: ` ${code.toLowerCase()} ` } as const
    await passSecondStep(nobody(), { challenge: await secondStep(), proof }, HERE)
    await expect(
      passSecondStep(nobody(), { challenge: await secondStep(), proof }, HERE),
    ).rejects.toMatchObject({ code: 'identity.wrong_code' })
  })

  it('ends after eight wrong tries and after ten minutes: the password comes first again', async () => {
    const { secret } = await enrolled()
    staff.clock.advance(60)
    const challenge = await secondStep()
    const wrong = { kind: 'totp', code: '000000' } as const
    const codes: string[] = []
    for (let i = 0; i < 9; i++) {
      staff.ports.limits.take = async () => ({ ok: true })
      await passSecondStep(nobody(), { challenge, proof: wrong }, HERE).catch((e) =>
        codes.push(e.code),
      )
    }
    expect(codes).toEqual([...Array(8).fill('identity.wrong_code'), 'identity.step_over'])
    const late = await secondStep()
    staff.clock.advance(600)
    await expect(
      passSecondStep(
        nobody(),
        { challenge: late, proof: { kind: 'totp', code: codeOf(secret) } },
        HERE,
      ),
    ).rejects.toMatchObject({ code: 'identity.step_over' })
    expect(await purgeSteps(staff.as())).toBeGreaterThan(0)
  })

  it('is throttled by address', async () => {
    await enrolled()
    const challenge = await secondStep()
    const proof = { kind: 'totp', code: '000000' } as const
    const codes = new Set<string>()
    for (let i = 0; i < 6; i++)
      await passSecondStep(nobody(), { challenge, proof }, HERE).catch((e) => codes.add(e.code))
    expect(codes).toEqual(new Set(['identity.wrong_code', 'identity.too_many_attempts']))
  })

  it('opens nothing for an account that was ended meanwhile, or with somebody else’s code', async () => {
    const { secret, codes } = await enrolled()
    await createOfficial(staff.as(), newOfficial({ login: 'khoi', roles: ['dispatcher'] }))
    const other = await signIn(nobody(), { login: 'khoi', password: PASSWORD }, HERE)
    if (other.next !== 'none') throw new Error(other.next)
    const khoi = await ctxOf(other.secret)
    const own = await beginTotp(khoi, { password: PASSWORD })
    await confirmTotp(khoi, { challenge: own.challenge, code: codeOf(own.secret) }, HERE)
    staff.clock.advance(60)
    const [recovery = ''] = codes
    const khoiStep = await enter('khoi')
    if (khoiStep.next !== 'second_factor') throw new Error(khoiStep.next)
    for (const proof of [
      { kind: 'totp', code: codeOf(secret) },
      { kind: 'recovery', code: recovery },
    ] as const)
      await expect(
        passSecondStep(nobody(), { challenge: khoiStep.challenge, proof }, HERE),
      ).rejects.toMatchObject({ code: 'identity.wrong_code' })
    const challenge = await secondStep()
    const { id } = await test.db
      .selectFrom('official')
      .select('id')
      .where('login', '=', 'hoai.an')
      .executeTakeFirstOrThrow()
    await disableOfficial(staff.as(), { officialId: id })
    await expect(
      passSecondStep(nobody(), { challenge, proof: { kind: 'totp', code: codeOf(secret) } }, HERE),
    ).rejects.toMatchObject({ code: 'identity.step_over' })
  })
})

describe('the own factors', () => {
  it('are added and removed with the password only', async () => {
    await createOfficial(staff.as(), newOfficial())
    const { ctx } = await staff.entered()
    await expect(beginTotp(ctx, { password: 'sai rồi' })).rejects.toMatchObject({
      code: 'identity.wrong_login',
    })
    await expect(beginTotp(staff.nobody(), { password: PASSWORD })).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
    const { challenge, secret } = await beginTotp(ctx, { password: PASSWORD })
    await confirmTotp(ctx, { challenge, code: codeOf(secret) }, HERE)
    const [factor] = (await listFactors(ctx)).factors
    if (factor === undefined) throw new Error('no factor')
    await expect(
      removeFactor(ctx, { factorId: factor.id, password: 'sai rồi' }),
    ).rejects.toMatchObject({ code: 'identity.wrong_login' })
    await removeFactor(ctx, { factorId: factor.id, password: PASSWORD })
    await expect(
      removeFactor(ctx, { factorId: factor.id, password: PASSWORD }),
    ).rejects.toMatchObject({ code: 'http.not_found' })
    expect((await listFactors(ctx)).factors).toEqual([])
    expect(await staff.audited()).toContain('identity.factor_removed')
  })

  it('stay, the last one, for whoever needs one', async () => {
    const { ctx } = await enrolled()
    const [factor] = (await listFactors(ctx)).factors
    if (factor === undefined) throw new Error('no factor')
    await expect(
      removeFactor(ctx, { factorId: factor.id, password: PASSWORD }),
    ).rejects.toMatchObject({ code: 'identity.second_factor_needed' })
    expect((await listFactors(ctx)).factors).toHaveLength(1)
  })

  it('are one authenticator at most: a second is refused', async () => {
    const { ctx } = await enrolled()
    const { challenge, secret } = await beginTotp(ctx, { password: PASSWORD })
    await expect(confirmTotp(ctx, { challenge, code: codeOf(secret) }, HERE)).rejects.toMatchObject(
      { code: 'http.conflict' },
    )
  })

  it('are not finished by another official', async () => {
    await createOfficial(staff.as(), newOfficial())
    await createOfficial(staff.as(), newOfficial({ login: 'khoi' }))
    const { ctx } = await staff.entered()
    const { challenge, secret } = await beginTotp(ctx, { password: PASSWORD })
    const { secret: other } = await staff.enter('khoi')
    await expect(
      confirmTotp(await ctxOf(other), { challenge, code: codeOf(secret) }, HERE),
    ).rejects.toMatchObject({ code: 'identity.step_over' })
  })

  it('have new recovery codes on demand, and the former ones end', async () => {
    const { ctx, codes } = await enrolled()
    const fresh = await renewOwnRecoveryCodes(ctx, { password: PASSWORD })
    expect(fresh).toHaveLength(10)
    const [old = ''] = codes
    await expect(
      passSecondStep(
        nobody(),
        { challenge: await secondStep(), proof: { kind: 'recovery', code: old } },
        HERE,
      ),
    ).rejects.toMatchObject({ code: 'identity.wrong_code' })
  })

  it('have no recovery codes where there is nothing to recover', async () => {
    await createOfficial(staff.as(), newOfficial())
    const { ctx } = await staff.entered()
    await expect(renewOwnRecoveryCodes(ctx, { password: PASSWORD })).rejects.toMatchObject({
      code: 'http.conflict',
    })
  })
})
