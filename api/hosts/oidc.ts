import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
} from 'openid-client'
import type { OidcProvider } from '../context.ts'
import { failedBeforeSending } from '../core/network.ts'
import type { Config } from './config.ts'

/** Of residents nothing but the subject is asked for: the name is the person's own to give. */
type Scope = 'openid' | 'openid email'
const TIMEOUT_SECONDS = 10

/** The person, the code or the provider's answer is at fault; anything else is the line or the provider itself. */
const isAnswerAtFault = (error: unknown): boolean =>
  error instanceof Error &&
  !failedBeforeSending(error) &&
  !/TimeoutError|AbortError/.test(error.name) &&
  ('code' in error || error.name === 'ClientError' || error.name === 'ResponseBodyError')

/** A provider by its issuer address (OIDC_ISSUER); its metadata are read at the first sign-in and kept. */
export function createOidc(
  oidc: NonNullable<Config['oidc']>,
  scope: Scope = 'openid',
): OidcProvider {
  let found: Promise<Configuration> | undefined
  const issuer = new URL(oidc.issuer)
  // Plain http only for a provider on this machine (development, tests).
  const isLocal = issuer.protocol === 'http:' && /^(127\.0\.0\.1|localhost)$/.test(issuer.hostname)
  const configuration = (): Promise<Configuration> => {
    found ??= discovery(issuer, oidc.clientId, oidc.clientSecret, undefined, {
      timeout: TIMEOUT_SECONDS,
      ...(isLocal ? { execute: [allowInsecureRequests] } : {}),
    }).catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
  return {
    authorizationUrl: async ({ state, nonce, verifier, redirectUri }) =>
      buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).href,
    exchange: async ({ state, nonce, verifier, redirectUri }, answer) => {
      const callback = new URL(redirectUri)
      for (const [name, value] of Object.entries(answer)) {
        if (value !== undefined) callback.searchParams.set(name, value)
      }
      try {
        const tokens = await authorizationCodeGrant(await configuration(), callback, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined) return { ok: false, isOurs: false }
        const { iss: issuer, sub: subject } = claims
        if (scope === 'openid') return { ok: true, issuer, subject, email: null }
        // Some providers tell the address only when asked with the token.
        const told =
          claims.email === undefined
            ? await fetchUserInfo(await configuration(), tokens.access_token, subject)
            : claims
        const isSure = told.email_verified === true && typeof told.email === 'string'
        return { ok: true, issuer, subject, email: isSure ? told.email.toLowerCase() : null }
      } catch (error) {
        return { ok: false, isOurs: !isAnswerAtFault(error) }
      }
    },
  }
}
