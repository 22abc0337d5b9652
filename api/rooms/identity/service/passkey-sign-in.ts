import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { ConfirmPasskey } from '../schema-officials.ts'
import { findOfficialById } from '../store/officials.ts'
import { deleteStep, updateStep } from '../store/steps.ts'
import { type From, openOfficialSession, type SignedIn } from './open-session.ts'
import { provesPasskey, requestOptions } from './passkeys.ts'
import { attemptStep, type OpenedStep, openStep } from './steps.ts'
import { throttlePasskey } from './throttle.ts'

export type BegunAssertion = OpenedStep & { options: PublicKeyCredentialRequestOptionsJSON }

/** A passkey with the phone's own lock is both factors at once: no login, no password. */
export async function beginPasskeySignIn(
  ctx: Ctx,
  from: Pick<From, 'remoteKey'>,
): Promise<BegunAssertion> {
  await throttlePasskey(ctx, from.remoteKey)
  return inTransaction(ctx, async (tx) => {
    const options = await requestOptions(tx, null)
    const step = {
      kind: 'passkey',
      officialId: null,
      webauthnChallenge: options.challenge,
    } as const
    return { ...(await openStep(tx, step)), options }
  })
}

/** Throws `identity.step_over`, `identity.wrong_code`. */
export async function finishPasskeySignIn(
  ctx: Ctx,
  input: ConfirmPasskey,
  from: From,
): Promise<SignedIn> {
  const { challenge, response } = parseInput(ConfirmPasskey, input)
  return attemptStep(ctx, challenge, ['passkey'], async (tx, step) => {
    const officialId = await provesPasskey(tx, step.webauthnChallenge, response)
    const row = officialId === undefined ? undefined : await findOfficialById(tx.db, officialId)
    if (row === undefined || row.disabledAt !== null) {
      await audit(tx, {
        action: 'identity.sign_in_failed',
        subjectKind: 'official',
        subjectId: row?.id ?? 'unknown',
      })
      return undefined
    }
    if (!(await deleteStep(tx.db, step.secretHash))) return undefined
    return openOfficialSession(tx, row, from, 'passkey')
  })
}

/** The same for the second step after a password: only this official's own passkeys. */
export async function beginSecondPasskey(
  ctx: Ctx,
  input: { challenge: string },
): Promise<BegunAssertion> {
  return attemptStep(ctx, input.challenge, ['second_factor'], async (tx, step) => {
    if (step.officialId === null) throw new AppError('identity.step_over')
    const options = await requestOptions(tx, step.officialId)
    await updateStep(tx.db, step.secretHash, { webauthnChallenge: options.challenge })
    return { challenge: input.challenge, expiresAt: step.expiresAt, options }
  })
}
