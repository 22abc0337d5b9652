import type { Generated } from 'kysely'
import type { Json, Nullable, NullableJson, NullableTimestamp, Timestamp } from './columns.ts'
import type { AlertArea } from './schema-alerts.ts'

/** What a notice invites to: becomes a calendar entry. */
export type NoticeEvent = { startAt: string; endAt: string; place: string }

/** Notices of officials; a released one is never edited, only stopped. */
export type NoticeTables = {
  notice: {
    id: string
    state: 'draft' | 'proposed' | 'released' | 'cancelled' | 'dropped'
    version: Generated<number>
    unitCode: string
    /** The topic that people subscribe to. */
    kind: string
    /** Concerns life: goes to everybody there who asked for anything, through quiet hours. */
    isEmergency: boolean
    titleVi: string
    titleEn: Nullable<string>
    bodyVi: string
    bodyEn: Nullable<string>
    linkLabel: Nullable<string>
    linkUrl: Nullable<string>
    issuer: Nullable<string>
    signer: Nullable<string>
    documentNo: Nullable<string>
    area: Json<AlertArea>
    /** Set: only to people who chose this language. */
    language: Nullable<'vi' | 'en'>
    event: NullableJson<NoticeEvent>
    /** Null: at once. */
    sendAt: NullableTimestamp
    expiresAt: Timestamp
    /** Who wrote it last; somebody else releases it. */
    authorId: string
    releasedBy: Nullable<string>
    releasedAt: NullableTimestamp
    /** An emergency that its author released alone, and why; somebody with the right reviews it after. */
    aloneReason: Nullable<string>
    reviewedBy: Nullable<string>
    reviewedAt: NullableTimestamp
    /** Why it was stopped: `late` by itself, else an official's words. */
    endedReason: Nullable<string>
    dispatchId: Nullable<string>
    dispatchStartedAt: NullableTimestamp
    createdAt: Timestamp
    updatedAt: Timestamp
  }
}
