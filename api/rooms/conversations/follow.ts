import type { Ctx } from '../../context.ts'
import { audit } from '../../db/audit.ts'
import { consumeEvents, type DomainEvent } from '../../db/events.ts'
import { disownMedia, moveMediaOwner } from '../../files/index.ts'
import { findCurrentResident, findResidentOfChat } from '../identity/index.ts'
import {
  type ConversationRow,
  clearConversation,
  clearWords,
  lockConversationsOf,
  saveOwner,
} from './store.ts'

/**
 * The conversation (locked by the caller) under the person whom its chat belongs to now: joined into somebody, let go,
 * or erased since it was last used. A chat that was let go forgets its open flow, one of an erased person every word.
 */
export async function settleOwner(tx: Ctx, row: ConversationRow): Promise<ConversationRow> {
  const { id, channel, chatKey, residentId } = row
  const owner = (await findResidentOfChat(tx, { channel, chatKey })) ?? null
  if (owner === residentId) return row
  if (owner !== null || residentId === null) {
    await saveOwner(tx.db, id, owner)
    return { ...row, residentId: owner }
  }
  await clearConversation(tx.db, id)
  if ((await findCurrentResident(tx, residentId)) === undefined) await forgetWords(tx, row)
  return { ...row, residentId: null, state: null }
}

/** What was said and answered in a chat goes, and its photos lead to nobody. */
export async function forgetWords(
  tx: Ctx,
  { id, channel, chatKey }: Pick<ConversationRow, 'id' | 'channel' | 'chatKey'>,
): Promise<void> {
  await clearWords(tx.db, { id, channel, chatKey })
  await disownMedia(tx, { kind: 'conversation', id: chatKey })
  await audit(tx, {
    action: 'conversations.forgotten',
    subjectKind: 'conversation',
    subjectId: id,
    fields: ['state', 'body', 'answer'],
  })
}

async function follow(tx: Ctx, { kind, subjectId, data }: DomainEvent): Promise<void> {
  switch (kind) {
    case 'identity.residents_joined': {
      const from = String(data.from)
      await moveMediaOwner(tx, { from, to: subjectId })
      return settleAll(tx, from)
    }
    case 'identity.link_removed':
      return settleAll(tx, subjectId)
    case 'identity.resident_erased':
      await disownMedia(tx, { kind: 'resident', id: subjectId })
      return settleAll(tx, subjectId)
  }
}

async function settleAll(tx: Ctx, residentId: string): Promise<void> {
  for (const row of await lockConversationsOf(tx.db, residentId)) await settleOwner(tx, row)
}

/** Lets chats and photos follow what identity decided about people; how many events were read. */
export const followIdentity = (ctx: Ctx): Promise<number> =>
  consumeEvents(ctx, 'conversations', follow)
