import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { FactorList, NextStep } from '../../../../api/rooms/identity/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'
import type { Official } from '../types.ts'

export type SignInAnswer = { official: Official | null; step: NextStep }
export type PendingStep = Exclude<NextStep, { next: 'none' }>
type Opened = { challenge: string; expiresAt: string }
export type Added = { recoveryCodes: string[] | null; official: Official | null }
/** Within a sign-in its challenge, else the own password. */
export type By = { challenge: string } | { password: string }

/** Throws `identity.wrong_login` or `identity.too_many_attempts`; neither says whether the login exists. */
export const signIn = (login: string, password: string): Promise<SignInAnswer> =>
  postJson('/session', { login, password })

/** What a start at the provider needs when the page comes back; gone with the tab. */
const TICKET = 'loa.desk.provider'

/** Leaves for the province's sign-in page. */
export async function goToProvider(): Promise<void> {
  const { url, ticket } = await postJson<{ url: string; ticket: string }>(
    '/session/provider/start',
    {},
  )
  sessionStorage.setItem(TICKET, ticket)
  location.assign(url)
}

/** Trades the provider's answer, which goes out of the address at once; undefined when there is none. */
export async function returnFromProvider(): Promise<SignInAnswer | undefined> {
  const query = new URLSearchParams(location.search)
  const [state, code, iss] = ['state', 'code', 'iss'].map((name) => query.get(name))
  const ticket = sessionStorage.getItem(TICKET)
  sessionStorage.removeItem(TICKET)
  if (!state || ticket === null) return undefined
  history.replaceState(null, '', `${location.pathname}#/`)
  // Refused there: nothing went wrong, the page asks for a password.
  if (!code) return undefined
  return postJson('/session/provider', { ticket, code, state, ...(iss ? { iss } : {}) })
}

export const passStep = async (
  challenge: string,
  proof: { kind: 'totp' | 'recovery'; code: string } | { kind: 'passkey'; response: unknown },
): Promise<Official> =>
  (await postJson<{ official: Official }>('/session/second-step', { challenge, proof })).official

const browser = () => import('@simplewebauthn/browser')

/** The phone's own lock as the second step. */
export async function passStepByPasskey(challenge: string): Promise<Official> {
  const { options } = await postJson<{ options: PublicKeyCredentialRequestOptionsJSON }>(
    '/session/second-step/passkey',
    { challenge },
  )
  const response = await (await browser()).startAuthentication({ optionsJSON: options })
  return passStep(challenge, { kind: 'passkey', response })
}

/** The phone's own lock instead of login and password. */
export async function signInByPasskey(): Promise<Official> {
  const begun = await postJson<Opened & { options: PublicKeyCredentialRequestOptionsJSON }>(
    '/session/passkey/begin',
    {},
  )
  const response = await (await browser()).startAuthentication({ optionsJSON: begun.options })
  const { challenge } = begun
  return (await postJson<{ official: Official }>('/session/passkey', { challenge, response }))
    .official
}

export const beginTotp = (by: By): Promise<Opened & { secret: string; uri: string }> =>
  postJson('/factors/totp', by)

export const confirmTotp = (challenge: string, code: string): Promise<Added> =>
  postJson('/factors/totp/confirm', { challenge, code })

export async function addPasskey(by: By): Promise<Added> {
  const { challenge, options } = await postJson<
    Opened & { options: PublicKeyCredentialCreationOptionsJSON }
  >('/factors/passkey', by)
  const response = await (await browser()).startRegistration({ optionsJSON: options })
  return postJson('/factors/passkey/confirm', { challenge, response })
}

export const listFactors = (): Promise<FactorList> => guarded(request('/factors'))

export const removeFactor = (id: string, password: string): Promise<void> =>
  postJson(`/factors/${id}/remove`, { password })

export const renewCodes = async (password: string): Promise<string[]> =>
  (await postJson<{ recoveryCodes: string[] }>('/factors/recovery-codes', { password }))
    .recoveryCodes

export const changePassword = (currentPassword: string, newPassword: string): Promise<void> =>
  postJson('/password', { currentPassword, newPassword })

export const readInvite = (token: string): Promise<{ login: string; displayName: string }> =>
  postJson('/invite/read', { token })

export const acceptInvite = (token: string, password: string): Promise<SignInAnswer> =>
  postJson('/invite', { token, password })

/** Passkeys need a domain and TLS; on a bare address the browser would only refuse. */
export const canUsePasskeys = (): boolean =>
  'PublicKeyCredential' in window &&
  window.isSecureContext &&
  !/^[\d.]+$|^\[/.test(location.hostname)

/** Whether the person closed the browser's own window: nothing went wrong then. */
export const wasCancelled = (problem: unknown): boolean =>
  problem instanceof Error && (problem.name === 'NotAllowedError' || problem.name === 'AbortError')
