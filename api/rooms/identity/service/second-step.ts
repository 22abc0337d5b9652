import type { Ctx } from '../../../context.ts'
import { audit } from '../../../db/audit.ts'
import { parseInput } from '../../../http/kit.ts'
import { SecondStep } from '../schema-officials.ts'
import { findFactors, spendRecoveryCode, takeTotpStep } from '../store/factors.ts'
import type { OfficialRow } from '../store/officials.ts'
import { deleteStep } from '../store/steps.ts'
import { totpStep } from '../totp.ts'
import { type From, type How, openOfficialSession, type SignedIn } from './open-session.ts'
import { provesPasskey } from './passkeys.ts'
import { recoveryHash } from './recovery.ts'
import { attemptStep, officialOf, ownerOfStep } from './steps.ts'
import { throttleCode } from './throttle.ts'

/** The secret of an authenticator lies sealed under this purpose. */
export const TOTP_PURPOSE = 'official-totp'

/**
 * The second step after the password: a code of the authenticator, a passkey, or a recovery code. Throws
 * `identity.too_many_attempts`, `identity.step_over` (begin again with the password) and `identity.wrong_code`.
 */
export async function passSecondStep(ctx: Ctx, input: SecondStep, from: From): Promise<SignedIn> {
  const { challenge, proof } = parseInput(SecondStep, input)
  const owner = await ownerOfStep(ctx, challenge)
  await throttleCode(ctx, { login: owner ?? '', remote: from.remoteKey })
  return attemptStep(ctx, challenge, ['second_factor'], async (tx, step) => {
    const row = await officialOf(tx, step)
    const isProved = await {
      totp: () => provesTotp(tx, row, proof.kind === 'totp' ? proof.code : ''),
      recovery: () => provesRecovery(tx, row, proof.kind === 'recovery' ? proof.code : ''),
      passkey: async () =>
        proof.kind === 'passkey' &&
        (await provesPasskey(tx, step.webauthnChallenge, proof.response)) === row.id,
    }[proof.kind]()
    if (!isProved) {
      await audit(tx, {
        action: 'identity.second_step_failed',
        subjectKind: 'official',
        subjectId: row.id,
        data: { by: proof.kind },
      })
      return undefined
    }
    if (!(await deleteStep(tx.db, step.secretHash))) return undefined
    return openOfficialSession(tx, row, from, proof.kind satisfies How)
  })
}

/** A code counts once, and none older than the last one that was taken. */
async function provesTotp(tx: Ctx, row: OfficialRow, code: string): Promise<boolean> {
  const factor = (await findFactors(tx.db, row.id)).find(({ kind }) => kind === 'totp')
  if (factor === undefined || factor.sealedSecret === null) return false
  const secret = tx.ports.sealer.unseal(TOTP_PURPOSE, factor.sealedSecret)
  const step = totpStep(secret, code, tx.now())
  return step !== undefined && (await takeTotpStep(tx.db, factor.id, step, tx.now()))
}

async function provesRecovery(tx: Ctx, row: OfficialRow, code: string): Promise<boolean> {
  const hash = await recoveryHash(tx, row.id, code)
  return hash !== undefined && (await spendRecoveryCode(tx.db, row.id, hash, tx.now()))
}
