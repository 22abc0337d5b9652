import { type Message, say } from '../api/chat/message.ts'
import { toPlainText } from '../api/chat/plain-text.ts'
import type { Ctx } from '../api/context.ts'
import type { Hotline, Knowledge } from './knowledge.ts'

/** National numbers, for an installation whose list of hotlines is empty. */
const FALLBACK = { rescue: '112', fire: '114', ambulance: '115' }

const numbers = (lines: readonly Hotline[]) => {
  const phone = (prefix: keyof typeof FALLBACK) =>
    lines.find(({ code }) => code.startsWith(prefix))?.phone ?? FALLBACK[prefix]
  return { rescue: phone('rescue'), fire: phone('fire'), ambulance: phone('ambulance') }
}

/** The messages with whom to call before them, unless a flow of theirs says so already. */
export async function dangerFirst(
  ctx: Ctx,
  knowledge: Knowledge,
  messages: readonly Message[],
): Promise<readonly Message[]> {
  const call = numbers(await knowledge.hotlines(ctx))
  const isSaid = messages.some((message) => {
    const text = toPlainText(message)
    return text.includes(call.rescue) && text.includes(call.ambulance)
  })
  return isSaid ? messages : [say(ctx.t('chat:turn.sos', call)), ...messages]
}

/** The numbers to call, each marked while the commune has not confirmed it. */
export async function hotlinesMessage(ctx: Ctx, knowledge: Knowledge): Promise<Message> {
  const lines = await knowledge.hotlines(ctx)
  if (lines.length === 0) return say(ctx.t('menu:hotlines.none', numbers(lines)))
  const rows = lines.map(({ name, phone, confirmed }) => ({
    label: name,
    value: confirmed ? phone : ctx.t('menu:hotlines.unconfirmed', { phone }),
  }))
  return { parts: [{ kind: 'fields', title: ctx.t('menu:hotlines.title'), rows }] }
}
