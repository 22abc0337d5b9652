import type { Generated } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './columns.ts'

/** Tables of conversations that came after the first ones. */
export type ConversationTables = {
  /** A chat that waits for a person of the office (`waiting`) or has one (`held`). */
  handover: {
    id: string
    conversationId: string
    state: 'waiting' | 'held' | 'ended'
    openedAt: Timestamp
    /** When the bot comes back if nobody answers. */
    answerBy: Timestamp
    takenBy: Nullable<string>
    takenAt: NullableTimestamp
    endedAt: NullableTimestamp
    endReason: Nullable<string>
  }
  /** One-time links to the page for long input; their secret is computed, never stored. */
  chatForm: {
    id: string
    conversationId: string
    createdAt: Timestamp
    expiresAt: Timestamp
    usedAt: NullableTimestamp
  }
  /** Messages that were not understood: masked, of nobody, counted once for the same words. */
  misread: {
    id: string
    words: string
    language: 'vi' | 'en'
    guess: string
    confidence: number
    times: Generated<number>
    firstOn: string
    lastOn: string
    intent: Nullable<string>
    category: Nullable<string>
    /** When an official said what it means, or put it aside (then without an intent). */
    settledAt: NullableTimestamp
  }
}
