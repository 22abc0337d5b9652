import type { Content } from '../api/chat/inbound.ts'
import type { Ctx } from '../api/context.ts'
import { keepMisread } from '../api/rooms/conversations/index.ts'
import { publicText } from '../api/rooms/incidents/index.ts'
import { type Understanding, withoutCodes } from '../api/understanding/index.ts'

/** Surely nothing of ours ("haha"): there is nothing to learn from it. */
const SURELY_NOT_OURS = 0.9

/**
 * Keeps the words of somebody who was not understood, so that an official can say what they meant: names, numbers,
 * houses, codes and links masked, and nothing of who, where or when.
 */
export async function keepForLearning(
  ctx: Ctx,
  content: Content,
  understood: Understanding | undefined,
): Promise<void> {
  if (content.kind !== 'text' || understood === undefined) return
  const { intent, confidence } = understood
  if (intent === 'out_of_scope' && confidence >= SURELY_NOT_OURS) return
  const words = publicText(withoutCodes(content.text), { isPrivate: true })
  await keepMisread(ctx, { words, language: ctx.language, guess: intent, confidence })
}
