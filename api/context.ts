import type { Kysely } from 'kysely'
import type { Language, Translate } from '../locales/index.ts'
import type { LngLat } from './core/geo.ts'
import type { Random } from './core/ids.ts'
import type { Keeper } from './core/keeper.ts'
import type { Database } from './db/schema.ts'
import type { FetchOutside, Images, Storage } from './files/ports.ts'

export type Db = Kysely<Database>

export type Role = 'officer' | 'dispatcher' | 'approver' | 'admin'
export type Capability =
  | 'duty'
  | 'onestop'
  | 'editor'
  | 'hamlet_head'
  | 'community_team'
  | 'identity_viewer'

/** Who acts. A resident may have no session yet: then `conversation` says through which chat. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'resident'; residentId: string; sessionId?: string }
  | {
      kind: 'official'
      officialId: string
      sessionId?: string
      roles: readonly Role[]
      capabilities: readonly Capability[]
      unitCode: string | null
      agencyCode: string | null
    }
  | { kind: 'system'; name: string }

/** One line of structured log; `fields` is redacted before it is written. */
export type Log = {
  debug(event: string, fields?: Record<string, unknown>): void
  info(event: string, fields?: Record<string, unknown>): void
  warn(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
}

/** Counts hits of `key` in fixed windows; answers how long to wait when over `limit`. */
export type RateLimiter = {
  take(
    key: string,
    limit: number,
    windowSeconds: number,
  ): Promise<{ ok: true } | { ok: false; retryAfterSeconds: number }>
}

/** Memory-hard password hashing in PHC form (scrypt N=2^15 on both hosts). */
export type Passwords = {
  hash(password: string): Promise<string>
  verify(password: string, phc: string): Promise<boolean>
}

/** Keeps secrets unreadable at rest (AES-GCM under APP_SECRET); `unseal` throws when the secret or the text is another. */
export type Sealer = {
  seal(purpose: string, text: string): string
  unseal(purpose: string, sealed: string): string
}

/** Background jobs; `db` may be an open transaction, then the job exists only if it commits. */
export type Jobs = {
  enqueue(
    db: Db,
    name: string,
    data: Record<string, unknown>,
    options?: { startAfterSeconds?: number; singletonKey?: string },
  ): Promise<void>
}

/** What is known of Telegram's initial data once its signature was checked. */
export type TelegramProof =
  | { outcome: 'proven'; userId: string }
  | { outcome: 'invalid' | 'expired' }

/** An answer of Zalo about a person; `isOurs`: an operator or the network is at fault, not the person's token. */
export type ZaloAnswer<T> = { ok: true; value: T } | { ok: false; code: string; isOurs: boolean }

/** What Zalo tells about whoever holds an access token of the mini-app; codes live two minutes and work once. */
export type ZaloPeople = {
  findId(accessToken: string): Promise<ZaloAnswer<string>>
  findPhone(accessToken: string, code: string): Promise<ZaloAnswer<string>>
  findPlace(accessToken: string, code: string): Promise<ZaloAnswer<LngLat>>
}

/** One OpenID Connect provider; `state`, `nonce` and `verifier` are checked against those of the start. */
export type OidcProvider = {
  authorizationUrl(start: OidcStart): Promise<string>
  exchange(
    start: OidcStart,
    answer: { code: string; state: string; iss?: string | undefined },
  ): Promise<
    | {
        ok: true
        issuer: string
        subject: string
        /** Only an address that the provider says it has verified. */
        email: string | null
      }
    | { ok: false; isOurs: boolean }
  >
}
export type OidcStart = { state: string; nonce: string; verifier: string; redirectUri: string }

/** How a host app proves who opened the mini-app; null where this installation does not know that host. */
export type Proofs = {
  telegram: ((initData: string, now: Date) => Promise<TelegramProof>) | null
  zalo: ZaloPeople | null
  oidc: OidcProvider | null
  /** The province's accounts of officials. */
  officialOidc: OidcProvider | null
}

/** What differs between hosts; all else is the same code. */
export type Ports = {
  random: Random
  passwords: Passwords
  storage: Storage | null
  images: Images
  /** Null on a host that cannot tell where an address leads before it connects. */
  fetchPhoto: FetchOutside | null
  /** The same for feeds and documents, up to 2 MB. */
  fetchDocument: FetchOutside | null
  limits: RateLimiter
  jobs: Jobs
  proofs: Proofs
  /** HMAC-SHA256 under APP_SECRET, lower-case hex; `purpose` separates uses. */
  sign(purpose: string, value: string): Promise<string>
  sealer: Sealer
  keeper: Keeper
  /** Hints after a commit; a lost hint only delays (a loop polls as well). */
  wake(what: 'outbox' | 'events' | 'inbound'): void
}

/** A far side that is asked for readings: a map of river gauges, or the air at one place, which is one station of ours. */
export type ReadingSource =
  | { kind: 'river-map'; url: string }
  | { kind: 'openaq'; url: string; stationCode: string }

/** Facts of this installation that rooms may show or check. */
export type Settings = {
  isDemo: boolean
  /** Absolute origin for links in messages, no trailing slash. */
  publicUrl: string
  /** Channels that tell a step of a case by a template after their window. */
  templateChannels?: readonly string[]
  /** Addresses of CAP feeds whose warnings are shown with their sender. */
  capFeeds?: readonly string[]
  readingSources?: readonly ReadingSource[]
  /** When officials are reminded of a warning that holds; the room's own hours when left out. */
  reminderHours?: { unchanged: number; beforeEnd: number }
  /** Unit whose hamlets are offered first. */
  homeUnitCode: string
  province: { code: string; nameVi: string; nameEn: string }
}

/**
 * What a use-case gets. `db` is the pool outside a transaction and the transaction inside one (`inTransaction`); there
 * is no other way to a database.
 */
export type Ctx = {
  db: Db
  actor: Actor
  now: () => Date
  newId: () => string
  language: Language
  t: Translate
  /** The same texts in another language, for messages to somebody else. */
  translate: (language: Language) => Translate
  log: Log
  requestId: string
  ports: Ports
  settings: Settings
  /** Runs once the outermost transaction has committed; at once when none is open. */
  afterCommit: (fn: () => void) => void
}
