import type { Generated } from 'kysely'
import type { Message } from '../chat/message.ts'
import type { Json, Nullable, NullableJson, NullableTimestamp, Timestamp } from './columns.ts'

/** Tables of delivery, of joining chats, and of the channels' pace. */
export type DeliveryTables = {
  linkCode: {
    /** HMAC of the code; the code itself is shown once and never stored. */
    codeHash: string
    residentId: string
    createdAt: Timestamp
    expiresAt: Timestamp
    usedAt: NullableTimestamp
  }
  linkTry: {
    channel: string
    chatKey: string
    /** Start of the ten minutes that `tries` belongs to. */
    firstAt: Timestamp
    tries: number
  }
  subscription: {
    id: string
    residentId: string
    kind: 'flood' | 'storm' | 'air' | 'health' | 'utilities' | 'notices' | 'guides'
    /** Null: the whole province. */
    unitCode: Nullable<string>
    hamletId: Nullable<string>
    /** What is left after a one-word stop. */
    onlyLifeSafety: boolean
    /** Warnings below this level do not come; 1: all do. */
    minLevel: Generated<number>
    createdAt: Timestamp
  }
  deliveryProfile: {
    residentId: string
    /** Channels by preference; those not named come after. */
    channelOrder: string[]
    /** Minutes of the local day; equal: no quiet hours. */
    quietFrom: number
    quietTo: number
    updatedAt: Timestamp
  }
  channelWindow: { channel: string; chatKey: string; lastInteractionAt: Timestamp }
  channelPace: {
    /** Channel, `<channel>/<chatKey>`, or `<channel>#<month>` for a monthly quota. */
    key: string
    nextAt: Timestamp
    used: number
  }
  dispatch: {
    id: string
    kind: string
    lane: 'alert' | 'notice'
    isLifeSafety: boolean
    messageVi: Json<Message>
    messageEn: Json<Message>
    /** `Audience` of rooms/delivery/schema.ts. */
    audience: Json<object>
    state: 'planning' | 'ready' | 'running' | 'paused' | 'cancelled' | 'done'
    /** What it tells about: a warning's or a notice's version. One dispatch each. */
    subjectKind: string
    subjectId: string
    /** Last resident that was planned. */
    planCursor: Nullable<string>
    expiresAt: NullableTimestamp
    createdByKind: string
    createdBy: Nullable<string>
    createdAt: Timestamp
    updatedAt: Timestamp
  }
  dispatchRecipient: {
    dispatchId: string
    residentId: string
    /** Null: no channel can reach this person now; the inbox alone. */
    channel: Nullable<string>
    chatKey: Nullable<string>
    language: 'vi' | 'en'
    /** 0 named by the audience, 1 around it, 2 whole province; sent in this order. */
    areaRank: number
    /** The unit that the matching subscription names; null: the whole province. */
    unitCode: Nullable<string>
    state: 'planned' | 'queued' | 'inbox' | 'sent' | 'gone' | 'rejected' | 'expired' | 'cancelled'
    outboxId: Nullable<string>
  }
  /** Recipients by how it stands with them, their channel and unit (empty: none); kept with every change. */
  dispatchCount: {
    dispatchId: string
    state: string
    channel: string
    unitCode: string
    n: number
  }
  inboxItem: {
    id: string
    residentId: string
    kind: string
    /** Null: `message` is this person's own; else the words are the dispatch's. */
    dispatchId: Nullable<string>
    message: NullableJson<Message>
    language: 'vi' | 'en'
    /** `Why` of rooms/delivery/schema.ts. */
    why: Json<object>
    dedupeKey: string
    isLifeSafety: boolean
    /** The message on its way now; null once no channel is left to try. */
    outboxId: Nullable<string>
    at: Timestamp
    readAt: NullableTimestamp
    expiresAt: NullableTimestamp
    /** When the person was told, in a chat, that this had waited in the inbox alone. */
    notedAt: NullableTimestamp
  }
}
