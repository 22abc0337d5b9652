import type { Generated } from 'kysely'
import type { CapReference } from '../core/cap/values.ts'
import type { Json, Nullable, NullableTimestamp, Timestamp } from './columns.ts'
import type { AlertArea } from './schema-alerts.ts'

export type ForeignWords = { headline: string; body: string; instruction: string }

/** Warnings of other senders, and the feeds that bring them. */
export type CapTables = {
  capFeed: {
    url: string
    /** Not asked before; later after each failure. */
    nextAt: Timestamp
    checkedAt: NullableTimestamp
    okAt: NullableTimestamp
    failures: Generated<number>
    /** Code of what went wrong the last time. */
    problem: Nullable<string>
  }
  /** A document that a feed named; read again only when the feed gives it another `stamp`. */
  capDocument: {
    feedUrl: string
    url: string
    stamp: string
    tries: Generated<number>
    triedAt: Timestamp
    problem: Nullable<string>
  }
  foreignAlert: {
    id: string
    sender: string
    identifier: string
    sentAt: Timestamp
    messageType: string
    refs: Json<CapReference[]>
    endedBy: Nullable<'Update' | 'Cancel'>
    /** Actual and meant for everybody; exercises and tests are for officials alone. */
    isPublic: boolean
    kind: string
    level: number
    senderName: string
    said: Json<{ vi: ForeignWords; en: ForeignWords | null }>
    areaLabel: string
    area: Json<AlertArea>
    /** Ours that it concerns; empty: it names no place that we know. */
    unitCodes: Json<string[]>
    expiresAt: Timestamp
    sourceUrl: string
    draftId: Nullable<string>
    receivedAt: Timestamp
  }
}
