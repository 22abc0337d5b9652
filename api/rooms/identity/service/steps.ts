import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { newSecret, sha256Hex } from '../../../core/ids.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { findOfficialById, type OfficialRow } from '../store/officials.ts'
import {
  deleteExpiredSteps,
  findStepOwner,
  insertStep,
  type StepKind,
  type StepRow,
  tryStep,
} from '../store/steps.ts'

const MINUTE_MS = 60_000
/** Long enough to fetch a phone and scan; an invitation waits for a colleague's next working days. */
const LASTS_MS: Record<StepKind, number> = {
  second_factor: 10 * MINUTE_MS,
  enrol: 20 * MINUTE_MS,
  add_factor: 20 * MINUTE_MS,
  passkey: 10 * MINUTE_MS,
  invite: 72 * 60 * MINUTE_MS,
}
/** A code has a million values and lives for ninety seconds. */
const TRIES = 8

export type OpenedStep = { challenge: string; expiresAt: string }

/** Begins something that its page finishes with the secret that it gets here; only the hash is kept. */
export async function openStep(
  ctx: Ctx,
  step: {
    kind: StepKind
    officialId: string | null
    webauthnChallenge?: string
    sealedSecret?: string
  },
): Promise<OpenedStep> {
  const challenge = newSecret(ctx.ports.random)
  const now = ctx.now()
  const expiresAt = new Date(now.getTime() + LASTS_MS[step.kind])
  const secretHash = await sha256Hex(challenge)
  await insertStep(ctx.db, { ...step, secretHash, createdAt: now, expiresAt })
  return { challenge, expiresAt: expiresAt.toISOString() }
}

/**
 * One try at a step, in a transaction of its own so that a wrong try stays counted. `attempt` answers what was won, or
 * undefined when the proof was wrong. Throws `identity.step_over` when it has ended (or never was), and
 * `identity.wrong_code`.
 */
export async function attemptStep<T>(
  ctx: Ctx,
  challenge: string,
  kinds: readonly StepKind[],
  attempt: (tx: Ctx, step: StepRow) => Promise<T | undefined>,
): Promise<T> {
  const secretHash = await sha256Hex(challenge)
  const result = await inTransaction(ctx, async (tx) => {
    const step = await tryStep(tx.db, secretHash, kinds, tx.now())
    if (step === undefined || step.tries > TRIES) return { isOver: true as const }
    return { isOver: false as const, won: await attempt(tx, step) }
  })
  if (result.isOver) throw new AppError('identity.step_over')
  if (result.won === undefined) throw new AppError('identity.wrong_code')
  return result.won
}

/** Whose step it is, for limits that must be asked outside the transaction; null when there is none. */
export const ownerOfStep = async (ctx: Ctx, challenge: string): Promise<string | null> =>
  findStepOwner(ctx.db, await sha256Hex(challenge))

/** The enabled official of a step; throws `identity.step_over` when the account ended meanwhile. */
export async function officialOf(tx: Ctx, step: StepRow): Promise<OfficialRow> {
  const row = step.officialId === null ? undefined : await findOfficialById(tx.db, step.officialId)
  if (row === undefined || row.disabledAt !== null) throw new AppError('identity.step_over')
  return row
}

/** Daily: forgets steps that nobody finished. */
export const purgeSteps = (ctx: Ctx): Promise<number> => deleteExpiredSteps(ctx.db, ctx.now())
