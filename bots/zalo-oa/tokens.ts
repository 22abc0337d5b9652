import { failureCode } from './errors.ts'
import type { OaTokens, TokenStore } from './ports.ts'
import { createTrade, type Failure, type TradeOptions } from './trade.ts'

/** Share of its life (25 h) after which a token is renewed: at 20 h, while the old one still works. */
const RENEW_AT = 0.8
/** So long after a failure nobody knocks again. */
const QUIET_MS = 60_000
const STORE_FAILED: Failure = { code: failureCode('token_store_failed'), afterMs: 5_000 }

export type TokenResult = { ok: true; accessToken: string } | ({ ok: false } & Failure)

export type Tokens = {
  /** The current access token, renewed when it grows old. */
  get(): Promise<TokenResult>
  /** Another one than `rejected`, which Zalo refused. */
  renew(rejected: string): Promise<TokenResult>
}

type Options = TradeOptions & {
  oaId: string
  store: TokenStore
  /** Told when an operator has to act; a code, never a token. */
  onProblem?: (code: string) => void
}

/**
 * The tokens of one account; never throws. Renewing spends the refresh token, so it happens once over all processes
 * (the store's lock), and a new pair is stored before anybody uses it. While renewing fails, a token that still works
 * is used on. A process killed between Zalo's answer and the store loses the grant: then `grant_refused` is reported
 * and an admin of the account consents again.
 */
export function createTokens(options: Options): Tokens {
  const { oaId, store, now, onProblem = () => {} } = options
  const trade = createTrade(options)
  let cached: OaTokens | undefined
  let running: Promise<TokenResult> | undefined
  let quiet: { until: number; failure: Failure } | undefined

  const isQuiet = () => quiet !== undefined && now().getTime() < quiet.until
  const works = (tokens: OaTokens, rejected: string | undefined) =>
    tokens.accessToken !== rejected && now().getTime() < tokens.accessExpiresAt.getTime()
  const isYoung = ({ rotatedAt, accessExpiresAt }: OaTokens) => {
    const born = rotatedAt.getTime()
    return now().getTime() < born + (accessExpiresAt.getTime() - born) * RENEW_AT
  }
  const suffices = (tokens: OaTokens, rejected: string | undefined) =>
    works(tokens, rejected) && (isYoung(tokens) || isQuiet())

  async function renewUnderLock(rejected: string | undefined): Promise<TokenResult> {
    let found: OaTokens | undefined
    let failure: Failure | undefined
    await store.withLock(oaId, async (current) => {
      found = undefined
      if (current !== undefined && suffices(current, rejected)) {
        if (await trade.isOfThisChain(current)) {
          found = current
          return undefined
        }
      }
      const next = await trade.next(current)
      if ('accessToken' in next) {
        found = next
        return next
      }
      failure = next
      if (current !== undefined && works(current, rejected)) found = current
      return undefined
    })
    if (failure !== undefined) {
      quiet = { until: now().getTime() + QUIET_MS, failure }
      onProblem(failure.code)
    }
    if (found === undefined) return { ok: false, ...(failure ?? STORE_FAILED) }
    if (failure === undefined) trade.saved()
    cached = found
    return { ok: true, accessToken: found.accessToken }
  }

  async function renew(rejected: string | undefined): Promise<TokenResult> {
    if (quiet !== undefined && isQuiet()) return { ok: false, ...quiet.failure }
    try {
      return await renewUnderLock(rejected)
    } catch {
      onProblem(STORE_FAILED.code)
      if (cached === undefined || !works(cached, rejected)) return { ok: false, ...STORE_FAILED }
      return { ok: true, accessToken: cached.accessToken }
    }
  }

  /** One renewal at a time; whoever comes meanwhile takes its result, unless that is what was refused. */
  async function flight(rejected?: string): Promise<TokenResult> {
    for (;;) {
      if (cached !== undefined && suffices(cached, rejected))
        return { ok: true, accessToken: cached.accessToken }
      const isMine = running === undefined
      running ??= renew(rejected).finally(() => {
        running = undefined
      })
      const result = await running
      if (isMine || !result.ok || result.accessToken !== rejected) return result
    }
  }

  return { get: () => flight(), renew: (rejected) => flight(rejected) }
}
