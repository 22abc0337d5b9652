import type { Ctx } from '../../context.ts'
import { requireSelf } from '../identity/index.ts'
import { findWords } from './store.ts'

export type ChatExport = {
  channel: string
  language: string
  /** What the person wrote in the last 30 days; older words are gone. */
  said: { at: string; content: unknown }[]
}

/** What this room keeps about a resident, for them. */
export async function exportChats(ctx: Ctx, residentId: string): Promise<ChatExport[]> {
  requireSelf(ctx, residentId)
  const chats = new Map<string, ChatExport>()
  for (const { id, channel, language, receivedAt, body } of await findWords(ctx.db, residentId)) {
    const chat = chats.get(id) ?? { channel, language, said: [] }
    if (body !== null && receivedAt !== null) chat.said.push({ at: receivedAt, content: body })
    chats.set(id, chat)
  }
  return [...chats.values()]
}
