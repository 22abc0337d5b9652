import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { giveConsent, hasConsent } from '../../identity/index.ts'

/** The text of `notify` that was just agreed to. */
export type Agreed = { version: number; channel: string }

/** Nothing is kept to write to somebody without their consent, held or given now. Throws `identity.consent_missing`. */
export async function requireNotify(
  tx: Ctx,
  residentId: string,
  agreed: Agreed | undefined,
): Promise<void> {
  if (agreed !== undefined) {
    await giveConsent(tx, { residentId, purpose: 'notify', ...agreed })
  } else if (!(await hasConsent(tx, { residentId, purpose: 'notify' })))
    throw new AppError('identity.consent_missing')
}
