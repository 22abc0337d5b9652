import { say } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import { takeUnsentCount } from '../api/rooms/delivery/index.ts'
import type { Outcome } from './answer.ts'

/**
 * A word, once, about messages that waited in the inbox because no chat could carry them (a window was over): first
 * in the answer, so that the buttons stay last, and never in the middle of a flow.
 */
export async function withUnsent(ctx: Ctx, outcome: Outcome): Promise<Outcome> {
  const { residentId, state, messages } = outcome
  if (residentId === null || state !== null || messages.length === 0) return outcome
  const count = await takeUnsentCount(ctx, { residentId })
  if (count === 0) return outcome
  const t = ctx.translate(outcome.language ?? ctx.language)
  return { ...outcome, messages: [say(t('doors:inbox.unsent', { count })), ...messages] }
}
