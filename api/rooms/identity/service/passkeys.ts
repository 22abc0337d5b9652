import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { passkeyDomain } from '../second-factor.ts'
import { type FactorRow, findFactors, findPasskey, usePasskey } from '../store/factors.ts'
import type { OfficialRow } from '../store/officials.ts'

/** The library weighs more than the rest of this room: it is loaded by the first passkey. */
const library = () => import('@simplewebauthn/server')

/** Domain and origin that passkeys of this installation belong to. Throws `identity.passkeys_off`. */
function party(ctx: Ctx): { rpID: string; expectedOrigin: string } {
  const rpID = passkeyDomain(ctx.settings.publicUrl)
  if (rpID === undefined) throw new AppError('identity.passkeys_off')
  return { rpID, expectedOrigin: new URL(ctx.settings.publicUrl).origin }
}

const passkeysOf = (rows: readonly FactorRow[]) =>
  rows.flatMap(({ credentialId, transports }) =>
    credentialId === null
      ? []
      : [{ id: credentialId, transports: transports as AuthenticatorTransport[] }],
  )

/** What a browser needs to make a passkey for this official. */
export async function creationOptions(
  tx: Ctx,
  row: OfficialRow,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { rpID } = party(tx)
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpName: 'Loa',
    rpID,
    userID: new TextEncoder().encode(row.id),
    userName: row.login,
    userDisplayName: row.displayName,
    attestationType: 'none',
    excludeCredentials: passkeysOf(await findFactors(tx.db, row.id)),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
}

export type NewPasskey = Pick<FactorRow, 'credentialId' | 'publicKey' | 'counter' | 'transports'>

/** The passkey that a browser made; undefined when the answer does not prove one. */
export async function readNewPasskey(
  tx: Ctx,
  expectedChallenge: string | null,
  response: unknown,
): Promise<NewPasskey | undefined> {
  if (expectedChallenge === null) return undefined
  const { rpID, expectedOrigin } = party(tx)
  const { verifyRegistrationResponse } = await library()
  const answer = response as RegistrationResponseJSON
  const verified = await verifyRegistrationResponse({
    response: answer,
    expectedChallenge,
    expectedOrigin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => undefined)
  const credential = verified?.verified === true ? verified.registrationInfo.credential : undefined
  if (credential === undefined) return undefined
  return {
    credentialId: credential.id,
    publicKey: toBase64Url(credential.publicKey),
    counter: credential.counter,
    transports: [...(credential.transports ?? [])],
  }
}

/** What a browser needs to use a passkey: one of this official's, or without one, any that it holds for us. */
export async function requestOptions(
  tx: Ctx,
  officialId: string | null,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { rpID } = party(tx)
  const { generateAuthenticationOptions } = await library()
  const own = officialId === null ? undefined : passkeysOf(await findFactors(tx.db, officialId))
  return generateAuthenticationOptions({
    rpID,
    userVerification: 'required',
    ...(own === undefined ? {} : { allowCredentials: own }),
  })
}

/** Whose passkey signed the challenge; undefined when nobody's did. A counter that steps back is a copy: refused. */
export async function provesPasskey(
  tx: Ctx,
  expectedChallenge: string | null,
  response: unknown,
): Promise<string | undefined> {
  const answer = response as AuthenticationResponseJSON
  const factor = typeof answer?.id === 'string' ? await findPasskey(tx.db, answer.id) : undefined
  if (factor === undefined || expectedChallenge === null) return undefined
  if (factor.credentialId === null || factor.publicKey === null) return undefined
  const { rpID, expectedOrigin } = party(tx)
  const { verifyAuthenticationResponse } = await library()
  const verified = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge,
    expectedOrigin,
    expectedRPID: rpID,
    requireUserVerification: true,
    credential: {
      id: factor.credentialId,
      publicKey: fromBase64Url(factor.publicKey),
      counter: factor.counter,
    },
  }).catch(() => undefined)
  if (verified?.verified !== true) return undefined
  await usePasskey(tx.db, factor.id, verified.authenticationInfo.newCounter, tx.now())
  return factor.officialId
}

function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
