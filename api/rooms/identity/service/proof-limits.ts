import type { Ctx } from '../../../context.ts'
import { AppError, type ErrorCode } from '../../../core/errors.ts'
import { sha256Hex } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'

/** Who vouches for a person: `official-oidc` for the province's accounts of officials. */
export type Host = 'telegram' | 'zalo' | 'oidc' | 'official-oidc' | 'code'

/** A page that reloads before it kept its session asks again; more often is somebody else's copy. */
const USES_A_PROOF = { limit: 5, windowSeconds: 3_600 }

type Window = { limit: number; windowSeconds: number }

/** Counts one try. Throws `identity.too_many_attempts`. */
export async function take(ctx: Ctx, key: string, { limit, windowSeconds }: Window): Promise<void> {
  const taken = await ctx.ports.limits.take(`resident-sign-in:${key}`, limit, windowSeconds)
  if (taken.ok) return
  const seconds = taken.retryAfterSeconds
  throw new AppError('identity.too_many_attempts', {
    params: { seconds },
    retryAfterSeconds: seconds,
  })
}

/** Counted under a hash: a proof is a secret as long as it lives. */
export const takeProof = async (ctx: Ctx, host: Host, proof: string): Promise<void> =>
  take(ctx, `${host}:${(await sha256Hex(proof)).slice(0, 32)}`, USES_A_PROOF)

/** Notes a refusal and words it; what exactly was wrong is nobody's business. */
export async function refuse(ctx: Ctx, host: Host, code: ErrorCode): Promise<never> {
  await audit(ctx, {
    action: 'identity.proof_refused',
    subjectKind: host === 'official-oidc' ? 'official' : 'resident',
    subjectId: 'unknown',
    data: { host, code },
  })
  throw new AppError(code)
}
