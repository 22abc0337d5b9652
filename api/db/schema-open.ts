import type { Generated } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './columns.ts'

/** Partners that speak Open311 with us, and what they sent. */
export type OpenTables = {
  open311Key: {
    id: string
    name: string
    /** SHA-256 of the key; the key itself is shown once and never stored. */
    secretHash: string
    rights: string[]
    requestsPerMinute: number
    createdAt: Timestamp
    lastUsedAt: NullableTimestamp
    revokedAt: NullableTimestamp
  }
  open311Request: {
    keyId: string
    incidentId: string
    /** The partner's own number; the same one again is the same request. */
    reference: Nullable<string>
    bodyHash: string
    createdAt: Timestamp
  }
  /** A photo that a partner named by an address. */
  open311Photo: {
    incidentId: string
    url: string
    /** `done`: it lies with us; `failed`: officials have the address. */
    state: 'waiting' | 'done' | 'failed'
    tries: Generated<number>
    nextTryAt: Timestamp
    createdAt: Timestamp
  }
  open311Update: {
    keyId: string
    reference: string
    activityId: string
    bodyHash: string
    createdAt: Timestamp
  }
}
