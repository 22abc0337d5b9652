import { sha256Hex } from '../../api/core/ids.ts'
import type { Answer, ZaloClient } from './client.ts'
import { classifyError, failureCode } from './errors.ts'
import { at, numberOf } from './fields.ts'
import type { OaTokens } from './ports.ts'

/** Life of an access token where the answer does not say: 25 h. */
const LIFE_SECONDS = 90_000
/** An operator needs some time to mend a refused grant, a network less. */
const REFUSED_RETRY_MS = 600_000
const FAILED_RETRY_MS = 60_000

export type Failure = { code: string; afterMs: number }

export type TradeOptions = {
  appId: string
  appSecret: string
  /** First refresh token of the chain (ZALO_OA_REFRESH_TOKEN); another one in its place starts a new chain. */
  seed: string
  client: Pick<ZaloClient, 'refresh'>
  now: () => Date
}

/** Zalo wants no more of any refresh token that there is: an admin of the account consents again. */
export const GRANT_REFUSED = failureCode('grant_refused')
const REFRESH_FAILED = failureCode('refresh_failed')

/**
 * Trades refresh tokens for pairs; call it under the store's lock. A pair that could not be stored is kept in memory
 * and handed out again, because its refresh token is spent.
 */
export function createTrade({ appId, appSecret, seed, client, now }: TradeOptions) {
  let unsaved: { spent: string; pair: OaTokens } | undefined

  return {
    /** False when the configuration holds a first token that these do not stem from. */
    isOfThisChain: async (tokens: OaTokens): Promise<boolean> =>
      tokens.seedHash === (await sha256Hex(seed)),

    /** The next pair; a new first token is tried before the stored one. */
    next: async (current: OaTokens | undefined): Promise<OaTokens | Failure> => {
      const seedHash = await sha256Hex(seed)
      const fromSeed = current?.seedHash === seedHash ? [] : [{ spent: seed, seedHash }]
      const fromStore =
        current === undefined ? [] : [{ spent: current.refreshToken, seedHash: current.seedHash }]
      for (const { spent, seedHash: chain } of [...fromSeed, ...fromStore]) {
        if (unsaved?.spent === spent) return unsaved.pair
        const askedAt = now()
        const answer = await client.refresh({ appId, appSecret, refreshToken: spent })
        const pair = readPair(answer, askedAt, chain)
        if (pair !== undefined) {
          unsaved = { spent, pair }
          return pair
        }
        if (!isRefusal(answer)) return { code: REFRESH_FAILED, afterMs: FAILED_RETRY_MS }
      }
      return { code: GRANT_REFUSED, afterMs: REFUSED_RETRY_MS }
    },

    /** The last pair is stored. */
    saved: (): void => {
      unsaved = undefined
    },
  }
}

function readPair(answer: Answer, askedAt: Date, seedHash: string): OaTokens | undefined {
  if (answer.kind !== 'ok') return undefined
  const accessToken = at(answer.data, 'access_token')
  const refreshToken = at(answer.data, 'refresh_token')
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string') return undefined
  if (accessToken === '' || refreshToken === '') return undefined
  const seconds = numberOf(at(answer.data, 'expires_in')) ?? LIFE_SECONDS
  const accessExpiresAt = new Date(askedAt.getTime() + seconds * 1000)
  return { accessToken, refreshToken, accessExpiresAt, rotatedAt: askedAt, seedHash }
}

const isRefusal = (answer: Answer): boolean =>
  answer.kind === 'error' && classifyError(answer.error).kind !== 'backoff'
