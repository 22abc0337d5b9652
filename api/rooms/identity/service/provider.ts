import type { Ctx, OidcProvider } from '../../../context.ts'
import { isSameText } from '../../../core/compare.ts'
import { AppError } from '../../../core/errors.ts'
import { newSecret } from '../../../core/ids.ts'
import { refuse, takeProof } from './proof-limits.ts'

/** Whose sign-in it is, and the page to which the provider sends the browser back. */
export type Way = { host: 'oidc' | 'official-oidc'; path: '/' | '/console' }
export type ProviderAnswer = {
  ticket: string
  code: string
  state: string
  iss?: string | undefined
}
export type Proven = { issuer: string; subject: string; email: string | null }

/** How long a person may take at the provider's page. */
const START_MS = 15 * 60_000

/** All that a start needs is derived from its ticket, which stays in the browser that started: nothing is stored. */
async function startOf(ctx: Ctx, { host, path }: Way, ticket: string) {
  const [state, nonce, verifier] = await Promise.all(
    ['state', 'nonce', 'verifier'].map((part) => ctx.ports.sign(`${host}-${part}`, ticket)),
  )
  const redirectUri = `${ctx.settings.publicUrl}${path}`
  return { state: state ?? '', nonce: nonce ?? '', verifier: verifier ?? '', redirectUri }
}

/** Where to send the person, and the ticket that proves at the end that the same browser started. */
export async function startAtProvider(
  ctx: Ctx,
  provider: OidcProvider,
  way: Way,
): Promise<{ url: string; ticket: string }> {
  const ticket = `${ctx.now().getTime()}.${newSecret(ctx.ports.random)}`
  try {
    return { url: await provider.authorizationUrl(await startOf(ctx, way, ticket)), ticket }
  } catch (cause) {
    throw new AppError('identity.host_away', { cause })
  }
}

/**
 * Who somebody is by a provider's answer. Throws `identity.proof_invalid` for another browser's answer, a used code, a
 * wrong issuer or nonce; `identity.proof_expired` after 15 minutes; `identity.host_away`, `identity.too_many_attempts`.
 */
export async function proveAtProvider(
  ctx: Ctx,
  provider: OidcProvider,
  way: Way,
  { ticket, code, state, iss }: ProviderAnswer,
): Promise<Proven> {
  await takeProof(ctx, way.host, code)
  const start = await startOf(ctx, way, ticket)
  if (!isSameText(state, start.state)) return refuse(ctx, way.host, 'identity.proof_invalid')
  const ageMs = ctx.now().getTime() - Number(ticket.split('.')[0])
  if (!(ageMs <= START_MS)) return refuse(ctx, way.host, 'identity.proof_expired')
  const found = await provider.exchange(start, { code, state, iss })
  if (!found.ok && found.isOurs) throw new AppError('identity.host_away')
  return found.ok ? found : refuse(ctx, way.host, 'identity.proof_invalid')
}
