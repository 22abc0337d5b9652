import { type Message, say } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import { officialOfChat } from '../api/rooms/identity/index.ts'
import { moveSos, officialChoices } from '../api/rooms/sos/index.ts'
import type { Command, CommandChat } from './registry.ts'

const MOVES = ['claim', 'release', 'reach', 'safe'] as const

/** What officials on duty press under a call for help. Only a chat that an official has linked may. */
export const sosCommands: readonly Command[] = MOVES.map((move) => ({
  intents: [`sos_${move}`],
  run: (ctx, chat) => press(ctx, chat, move),
}))

async function press(
  ctx: Ctx,
  { channel, chatKey, payload = '' }: CommandChat,
  move: (typeof MOVES)[number],
): Promise<readonly Message[]> {
  const actor = await officialOfChat(ctx, { channel, chatKey })
  if (actor === undefined) return [say(ctx.t('sos:official.unknown'))]
  const row = await moveSos({ ...ctx, actor }, { caseId: payload, move })
  return [say(ctx.t(`sos:done.${move}`), officialChoices(ctx.t, row))]
}
