import type { Generated } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './columns.ts'

/** Tables of the channels' own bookkeeping: accounts with their tokens, uploads, pictures still at the platform. */
export type ChannelTables = {
  channelAccount: {
    channel: string
    account: string
    /** Tokens as sealed JSON; null before the first grant was traded. */
    sealed: Nullable<string>
    /** The path by which this account sends, once one has worked. */
    sendPath: Nullable<string>
    leaseId: Nullable<string>
    leaseUntil: NullableTimestamp
    updatedAt: Timestamp
  }
  /** The right to one call: free from `freeAt` on; `uses` is the fence of whoever holds it. */
  channelSlot: { channel: string; n: number; freeAt: Timestamp; uses: Generated<number> }
  channelAttachment: { channel: string; url: string; attachmentId: string; savedAt: Timestamp }
  /** Noted events of a channel whose platform waits only seconds; a row goes with its turn. */
  inboundWaiting: {
    id: Generated<number>
    channel: string
    eventId: string
    chatKey: string
    /** As it was signed; read again when its turn comes. */
    body: string
    tries: Generated<number>
    /** Null: given up, for an operator to look at; later events go on. */
    runAt: NullableTimestamp
    receivedAt: Timestamp
  }
  inboundPicture: {
    channel: string
    /** Event that it came with; with `position` the dedupe key. */
    eventId: string
    position: number
    chatKey: string
    /** Pictures of one group become one turn. */
    groupKey: string
    /** The platform's file id or address; emptied when done. */
    source: string
    uniqueId: string
    messageId: number
    caption: Nullable<string>
    language: Nullable<'vi' | 'en'>
    state: 'waiting' | 'done'
    mediaId: Nullable<string>
    tries: Generated<number>
    /** Why it will never come. */
    failure: Nullable<string>
    receivedAt: Timestamp
  }
}
