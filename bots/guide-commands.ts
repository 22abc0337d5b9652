import type { Ctx } from '../api/context.ts'
import {
  cancelHelpInChat,
  guideInChat,
  learningInChat,
  stuckInChat,
} from '../api/rooms/guides/index.ts'
import type { Command, CommandChat } from './registry.ts'

/** Lessons: found by a question, read step by step. */
export const guideCommands: readonly Command[] = [
  { intents: ['guide'], run: (ctx: Ctx, chat: CommandChat) => guideInChat(ctx, chat) },
  { intents: ['learning'], run: learningInChat },
  { intents: ['help_cancel'], run: cancelHelpInChat },
  {
    intents: ['guide_stuck'],
    run: (ctx: Ctx, { payload = '' }: CommandChat) => stuckInChat(ctx, payload),
  },
]
