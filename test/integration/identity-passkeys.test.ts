import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import {
  beginPasskey,
  beginPasskeySignIn,
  beginSecondPasskey,
  confirmPasskey,
  createOfficial,
  disableOfficial,
  finishPasskeySignIn,
  listFactors,
  passSecondStep,
  signIn,
} from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { softAuthenticator } from './authenticator-kit.ts'
import { HERE, newOfficial, openStaff, PASSWORD } from './identity-kit.ts'

const ORIGIN = 'https://loa.example.vn'
let test: TestDb
let staff: ReturnType<typeof openStaff>
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  staff = openStaff(test.db)
  await createOfficial(staff.as(), newOfficial())
})
afterAll(() => test.close())

const at = (ctx: Ctx, publicUrl = ORIGIN): Ctx => ({
  ...ctx,
  settings: { ...ctx.settings, publicUrl },
})
const nobody = () => at(staff.nobody())

/** An official with a passkey on one phone. */
async function withPasskey() {
  const ctx = at((await staff.entered()).ctx)
  const phone = softAuthenticator(ORIGIN, 'loa.example.vn')
  const { challenge, options } = await beginPasskey(ctx, { password: PASSWORD })
  const response = phone.create(options.challenge)
  const added = await confirmPasskey(ctx, { challenge, response }, HERE)
  return { ctx, phone, added }
}

describe('a passkey', () => {
  it('is kept when the browser proves it, once, with recovery codes for the first', async () => {
    const { ctx, phone, added } = await withPasskey()
    expect(added.recoveryCodes).toHaveLength(10)
    expect(await listFactors(ctx)).toMatchObject({ factors: [{ kind: 'passkey' }] })
    const { challenge, options } = await beginPasskey(ctx, { password: PASSWORD })
    expect(options.excludeCredentials).toHaveLength(1)
    await expect(
      confirmPasskey(ctx, { challenge, response: phone.create(options.challenge) }, HERE),
    ).rejects.toMatchObject({ code: 'http.conflict' })
  })

  it('of another site, or over an old challenge, is refused', async () => {
    const ctx = at((await staff.entered()).ctx)
    const phone = softAuthenticator(ORIGIN, 'loa.example.vn')
    const { challenge, options } = await beginPasskey(ctx, { password: PASSWORD })
    const refused = { code: 'identity.wrong_code' }
    for (const response of [
      phone.create(options.challenge, 'https://loa.example.vn.evil.test'),
      phone.create('bm90LW91cnM'),
      {},
      { id: 7, response: { attestationObject: 'oQ' } },
    ])
      await expect(confirmPasskey(ctx, { challenge, response }, HERE)).rejects.toMatchObject(
        refused,
      )
    expect((await listFactors(ctx)).factors).toEqual([])
  })

  it('cannot be where browsers refuse them', async () => {
    const ctx = at((await staff.entered()).ctx, 'http://127.0.0.1:8080')
    await expect(beginPasskey(ctx, { password: PASSWORD })).rejects.toMatchObject({
      code: 'identity.passkeys_off',
    })
  })

  it('signs in without a password', async () => {
    const { phone } = await withPasskey()
    const { challenge, options } = await beginPasskeySignIn(nobody(), HERE)
    const response = phone.get(options.challenge)
    const { official } = await finishPasskeySignIn(nobody(), { challenge, response }, HERE)
    expect(official.login).toBe('hoai.an')
    await expect(
      finishPasskeySignIn(nobody(), { challenge, response }, HERE),
    ).rejects.toMatchObject({ code: 'identity.step_over' })
  })

  it('is the second step after the password', async () => {
    const { phone } = await withPasskey()
    const step = await signIn(nobody(), { login: 'hoai.an', password: PASSWORD }, HERE)
    if (step.next !== 'second_factor') throw new Error(step.next)
    expect(step.methods).toEqual(['passkey', 'recovery'])
    const { options } = await beginSecondPasskey(nobody(), step)
    expect(options.allowCredentials).toHaveLength(1)
    const proof = { kind: 'passkey', response: phone.get(options.challenge) } as const
    const { official } = await passSecondStep(nobody(), { challenge: step.challenge, proof }, HERE)
    expect(official.login).toBe('hoai.an')
  })

  it('opens nothing with a stranger’s key, a copied one, or for an ended account', async () => {
    const { phone, ctx } = await withPasskey()
    const stranger = softAuthenticator(ORIGIN, 'loa.example.vn')
    const enter = async (answer: (challenge: string) => Record<string, unknown>) => {
      const { challenge, options } = await beginPasskeySignIn(nobody(), HERE)
      const response = answer(options.challenge)
      return finishPasskeySignIn(nobody(), { challenge, response }, HERE)
    }
    await enter((challenge) => phone.get(challenge, { count: 9 }))
    const refused = { code: 'identity.wrong_code' }
    await expect(enter((c) => stranger.get(c))).rejects.toMatchObject(refused)
    await expect(enter((c) => ({ ...stranger.get(c), id: phone.get(c).id }))).rejects.toMatchObject(
      refused,
    )
    await expect(enter((c) => phone.get(c, { count: 5 }))).rejects.toMatchObject(refused)
    await expect(
      enter((c) => phone.get(c, { count: 30, from: 'https://evil.test' })),
    ).rejects.toMatchObject(refused)
    if (ctx.actor.kind !== 'official') throw new Error('no official')
    await disableOfficial(staff.as(), { officialId: ctx.actor.officialId })
    await expect(enter((c) => phone.get(c, { count: 40 }))).rejects.toMatchObject(refused)
  })
})
