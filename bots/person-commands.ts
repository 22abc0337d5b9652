import { type Message, say } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import { openHandover } from '../api/rooms/conversations/index.ts'
import type { Command, CommandChat } from './registry.ts'

/** Somebody would rather talk to a person than to Loa. */
export const personCommands: readonly Command[] = [{ intents: ['person'], run: ask }]

async function ask(ctx: Ctx, { conversationId }: CommandChat): Promise<readonly Message[]> {
  const { isOpen, opensAt } = await openHandover(ctx, { conversationId })
  const when = isOpen
    ? ctx.t('person:asked.open')
    : opensAt === null
      ? ctx.t('person:asked.closed')
      : ctx.t('person:asked.closed_until', { at: opensAt })
  return [say(`${when}\n${ctx.t('person:asked.how')}`)]
}
