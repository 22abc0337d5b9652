import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireOfficial } from '../policy.ts'
import {
  BeginFactor,
  ConfirmPasskey,
  ConfirmTotp,
  type FactorList,
  type RemoveFactor,
} from '../schema-officials.ts'
import { isCompulsory } from '../second-factor.ts'
import {
  deleteFactor,
  type FactorRow,
  findFactors,
  findHeld,
  insertFactor,
} from '../store/factors.ts'
import type { OfficialRow } from '../store/officials.ts'
import { deleteStep, type StepRow, updateStep } from '../store/steps.ts'
import { newTotpSecret, totpStep, totpUri } from '../totp.ts'
import { toOfficial } from './officials.ts'
import { type From, openOfficialSession, type SignedIn } from './open-session.ts'
import { creationOptions, readNewPasskey } from './passkeys.ts'
import { renewRecoveryCodes } from './recovery.ts'
import { TOTP_PURPOSE } from './second-step.ts'
import { proveOwnPassword } from './sign-in.ts'
import { attemptStep, type OpenedStep, officialOf, openStep } from './steps.ts'

/** Either at the end of a sign-in that wants a factor, or when signed in, with the password once more. */
async function begin<T>(
  ctx: Ctx,
  input: BeginFactor,
  make: (
    tx: Ctx,
    row: OfficialRow,
  ) => Promise<{ sealedSecret?: string; webauthnChallenge?: string; shown: T }>,
): Promise<OpenedStep & T> {
  const by = parseInput(BeginFactor, input)
  if ('challenge' in by) {
    return attemptStep(ctx, by.challenge, ['enrol'], async (tx, step) => {
      const { shown, ...kept } = await make(tx, await officialOf(tx, step))
      await updateStep(tx.db, step.secretHash, kept)
      return { challenge: by.challenge, expiresAt: step.expiresAt, ...shown }
    })
  }
  const row = await proveOwnPassword(ctx, by.password)
  return inTransaction(ctx, async (tx) => {
    const { shown, ...kept } = await make(tx, row)
    const opened = await openStep(tx, { kind: 'add_factor', officialId: row.id, ...kept })
    return { ...opened, ...shown }
  })
}

export type BegunTotp = OpenedStep & { secret: string; uri: string }

/** A new secret for an authenticator app, which counts once a code of it was typed. */
export const beginTotp = (ctx: Ctx, input: BeginFactor): Promise<BegunTotp> =>
  begin(ctx, input, async (tx, row) => {
    const secret = newTotpSecret(tx.ports.random)
    const sealedSecret = tx.ports.sealer.seal(TOTP_PURPOSE, secret)
    return { sealedSecret, shown: { secret, uri: totpUri(secret, row.login) } }
  })

export type BegunPasskey = OpenedStep & { options: PublicKeyCredentialCreationOptionsJSON }

/** What the browser needs to make a passkey. Throws `identity.passkeys_off` where there can be none. */
export const beginPasskey = (ctx: Ctx, input: BeginFactor): Promise<BegunPasskey> =>
  begin(ctx, input, async (tx, row) => {
    const options = await creationOptions(tx, row)
    return { webauthnChallenge: options.challenge, shown: { options } }
  })

export type AddedFactor = {
  /** With the first factor only; shown once. */
  recoveryCodes: string[] | null
  /** At the end of a sign-in. */
  signedIn: SignedIn | null
}

type NewFactor = Partial<FactorRow> & Pick<FactorRow, 'kind' | 'label'>

/** The authenticator counts from its first right code on. */
export async function confirmTotp(ctx: Ctx, input: ConfirmTotp, from: From): Promise<AddedFactor> {
  const { challenge, code } = parseInput(ConfirmTotp, input)
  return attemptStep(ctx, challenge, ['enrol', 'add_factor'], async (tx, step) => {
    if (step.sealedSecret === null) return undefined
    const secret = tx.ports.sealer.unseal(TOTP_PURPOSE, step.sealedSecret)
    const lastStep = totpStep(secret, code, tx.now())
    if (lastStep === undefined) return undefined
    const { sealedSecret } = step
    return add(tx, step, { kind: 'totp', label: from.label, sealedSecret, lastStep }, from)
  })
}

/** The passkey that the browser made counts. */
export async function confirmPasskey(
  ctx: Ctx,
  input: ConfirmPasskey,
  from: From,
): Promise<AddedFactor> {
  const { challenge, response } = parseInput(ConfirmPasskey, input)
  return attemptStep(ctx, challenge, ['enrol', 'add_factor'], async (tx, step) => {
    const made = await readNewPasskey(tx, step.webauthnChallenge, response)
    if (made === undefined) return undefined
    return add(tx, step, { kind: 'passkey', label: from.label, ...made }, from)
  })
}

async function add(tx: Ctx, step: StepRow, factor: NewFactor, from: From): Promise<AddedFactor> {
  const row = await officialOf(tx, step)
  if (step.kind === 'add_factor') requireSame(tx, row.id)
  const before = await findHeld(tx.db, row.id)
  const id = tx.newId()
  const isNew = await insertFactor(tx.db, {
    ...factor,
    id,
    officialId: row.id,
    createdAt: tx.now(),
  })
  if (!isNew || !(await deleteStep(tx.db, step.secretHash))) throw new AppError('http.conflict')
  await audit(tx, {
    action: 'identity.factor_added',
    subjectKind: 'official',
    subjectId: row.id,
    data: { factorId: id, kind: factor.kind },
  })
  const isFirst = !before.hasTotp && before.passkeys === 0
  const recoveryCodes = isFirst ? await renewRecoveryCodes(tx, row.id) : null
  const isSignIn = step.kind === 'enrol'
  const signedIn = isSignIn ? await openOfficialSession(tx, row, from, 'enrolled') : null
  return { recoveryCodes, signedIn }
}

/** A step that one official began is not finished by another. */
function requireSame(tx: Ctx, officialId: string): void {
  if (requireOfficial(tx).officialId !== officialId) throw new AppError('identity.step_over')
}

/** The own factors, and how many recovery codes are left. */
export async function listFactors(ctx: Ctx): Promise<FactorList> {
  const { officialId, roles } = requireOfficial(ctx)
  const rows = await findFactors(ctx.db, officialId)
  const { recoveryCodes } = await findHeld(ctx.db, officialId)
  return {
    factors: rows.map(({ id, kind, label, createdAt, lastUsedAt }) => ({
      id,
      kind,
      label,
      createdAt,
      lastUsedAt,
    })),
    recoveryCodes,
    isCompulsory: isCompulsory(roles),
  }
}

/** Takes one of the own factors away. The last one of whoever needs one stays: `identity.second_factor_needed`. */
export async function removeFactor(ctx: Ctx, input: RemoveFactor): Promise<void> {
  const row = await proveOwnPassword(ctx, input.password)
  await inTransaction(ctx, async (tx) => {
    const kind = await deleteFactor(tx.db, row.id, input.factorId)
    if (kind === undefined) throw new AppError('http.not_found')
    const left = await findHeld(tx.db, row.id)
    const isBare = !left.hasTotp && left.passkeys === 0
    if (isBare && !tx.settings.isDemo && isCompulsory(toOfficial(row).roles))
      throw new AppError('identity.second_factor_needed')
    await audit(tx, {
      action: 'identity.factor_removed',
      subjectKind: 'official',
      subjectId: row.id,
      data: { factorId: input.factorId, kind },
    })
  })
}

/** Ten new recovery codes in place of the former. Throws `http.conflict` without any factor to recover. */
export async function renewOwnRecoveryCodes(
  ctx: Ctx,
  input: { password: string },
): Promise<string[]> {
  const row = await proveOwnPassword(ctx, input.password)
  return inTransaction(ctx, async (tx) => {
    const { hasTotp, passkeys } = await findHeld(tx.db, row.id)
    if (!hasTotp && passkeys === 0) throw new AppError('http.conflict')
    await audit(tx, {
      action: 'identity.recovery_codes_renewed',
      subjectKind: 'official',
      subjectId: row.id,
    })
    return renewRecoveryCodes(tx, row.id)
  })
}
