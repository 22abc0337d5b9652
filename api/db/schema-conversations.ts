import type { NullableTimestamp, Timestamp } from './columns.ts'

/** Tables of conversations that came after the first ones. */
export type ConversationTables = {
  /** One-time links to the page for long input; their secret is computed, never stored. */
  chatForm: {
    id: string
    conversationId: string
    createdAt: Timestamp
    expiresAt: Timestamp
    usedAt: NullableTimestamp
  }
}
