import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Provider } from 'oidc-provider'

export const CLIENT = { clientId: 'loa', clientSecret: 'a secret of the test client' }
export type Person = { accountId: string; email?: string; isVerified?: boolean }
export type FakeOidc = {
  issuer: string
  /** Who comes next; a test may make it somebody else. */
  person: Person
  /** Walks the browser's way from the authorization address to the answer for the redirect address. */
  signIn: (authorizationUrl: string) => Promise<URLSearchParams>
  close: () => Promise<void>
}

/** A real OpenID provider on a free port; everybody who comes is `person` and agrees. */
export async function startOidc(redirectUri: string): Promise<FakeOidc> {
  const person: Person = { accountId: 'dân-1' }
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${portOf(server)}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [redirectUri],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig' }] },
    cookies: { keys: ['test'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, email: person.email, email_verified: person.isVerified ?? false }),
    }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  })
  const answer = provider.callback()
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    if (req.url?.startsWith('/interaction/')) void agree(provider, person.accountId, req, res)
    else answer(req, res)
  })
  return {
    issuer,
    person,
    signIn: (url) => walk(url, redirectUri),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function agree(
  provider: Provider,
  accountId: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { prompt, params } = await provider.interactionDetails(req, res)
  if (prompt.name === 'login') {
    return provider.interactionFinished(req, res, { login: { accountId } })
  }
  const grant = new provider.Grant({ accountId, clientId: params.client_id })
  grant.addOIDCScope('openid email')
  await provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } })
}

async function walk(from: string, redirectUri: string): Promise<URLSearchParams> {
  const cookies = new Map<string, string>()
  let next = from
  for (let i = 0; i < 10; i++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`no redirect: ${response.status}`)
    next = new URL(location, next).href
    if (next.startsWith(`${redirectUri}?`)) return new URL(next).searchParams
  }
  throw new Error('too many redirects')
}
