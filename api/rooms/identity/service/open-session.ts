import type { Ctx } from '../../../context.ts'
import { audit } from '../../../db/audit.ts'
import { createSession, endSession } from '../lucia.ts'
import type { Official } from '../schema.ts'
import type { OfficialRow } from '../store/officials.ts'
import { toOfficial } from './officials.ts'

/** Where a sign-in comes from: a key of the caller's address, and a label that tells their device. */
export type From = { remoteKey: string; label: string }
export type SignedIn = { secret: string; expiresAt: string; official: Official }
export type How = 'password' | 'totp' | 'passkey' | 'recovery' | 'enrolled' | 'invite' | 'provider'

/** Opens the cookie session of an official who has passed every step, in the open transaction. */
export async function openOfficialSession(
  tx: Ctx,
  row: OfficialRow,
  from: From,
  how: How,
): Promise<SignedIn> {
  // The same browser signs in anew: its former session would only linger.
  if (tx.actor.kind === 'official' && tx.actor.sessionId !== undefined)
    await endSession(tx, tx.actor.sessionId)
  const official = toOfficial(row)
  const subject = { kind: 'official', id: row.id } as const
  const session = await createSession(tx, subject, { carrier: 'cookie', label: from.label })
  const { roles, capabilities, unitCode, agencyCode } = official
  const actor = {
    kind: 'official',
    officialId: row.id,
    roles,
    capabilities,
    unitCode,
    agencyCode,
  } as const
  await audit(
    { ...tx, actor },
    {
      action: 'identity.signed_in',
      subjectKind: 'session',
      subjectId: session.id,
      data: { how },
    },
  )
  return { secret: session.secret, expiresAt: session.expiresAt, official }
}
