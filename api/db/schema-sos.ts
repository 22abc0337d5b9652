import type { Generated } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './columns.ts'

/** Calls for rescue, and the chats by which officials are reached. */
export type SosTables = {
  officialChat: {
    id: string
    officialId: string
    channel: string
    chatKey: string
    createdAt: Timestamp
  }
  officialChatCode: {
    /** HMAC; the code is shown once. */
    codeHash: string
    officialId: string
    createdAt: Timestamp
    expiresAt: Timestamp
    usedAt: NullableTimestamp
  }
  sosCase: {
    id: string
    /** The channel of the call; `app` for the page, which has no chat. */
    channel: string
    chatKey: Nullable<string>
    /** SHA-256 of the secret that the page made; with it the sender sees and ends the call. */
    secretHash: Nullable<string>
    residentId: Nullable<string>
    language: 'vi' | 'en'
    state: 'open' | 'claimed' | 'reached' | 'safe' | 'withdrawn' | 'closed'
    unitCode: string
    placeLabel: Nullable<string>
    placeWords: Nullable<string>
    hamletId: Nullable<string>
    lng: Nullable<number>
    lat: Nullable<number>
    people: Nullable<number>
    vulnerable: Generated<string[]>
    /** Water where they are, about. */
    depthCm: Nullable<number>
    phone: Nullable<string>
    claimedBy: Nullable<string>
    claimedAt: NullableTimestamp
    reachedAt: NullableTimestamp
    endedAt: NullableTimestamp
    endReason: Nullable<string>
    /** Rounds of telling those on duty so far; the next one while nobody has taken it. */
    round: Generated<number>
    nextRoundAt: NullableTimestamp
    /** When those on duty were last written to about it. */
    toldAt: NullableTimestamp
    /** Somebody on duty could be written to at all. */
    isTold: Generated<boolean>
    version: Generated<number>
    createdAt: Timestamp
    updatedAt: Timestamp
  }
  /** What was said (`text`) or shown (`mediaId`, the text then empty). */
  sosNote: { id: string; caseId: string; at: Timestamp; text: string; mediaId: Nullable<string> }
}
