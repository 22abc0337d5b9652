import type { FlowState } from '../api/chat/flow.ts'
import type { Content } from '../api/chat/inbound.ts'
import { type Message, say } from '../api/chat/message.ts'
import { toPlainText } from '../api/chat/plain-text.ts'
import type { Ctx } from '../api/context.ts'
import { understand } from '../api/understanding/index.ts'
import type { Hotline, Knowledge } from './knowledge.ts'

/** National numbers and the city's, for an installation whose list of hotlines lacks them. */
const FALLBACK = {
  rescue: '112',
  police: '113',
  fire: '114',
  ambulance: '115',
  'hue-s': '19001075',
}

/** Numbers that sentences name, from configuration. */
export type Numbers = Record<'rescue' | 'police' | 'fire' | 'ambulance' | 'hotline', string>

export function numbersOf(lines: readonly Hotline[]): Numbers {
  const phone = (prefix: keyof typeof FALLBACK) =>
    lines.find(({ code }) => code.startsWith(prefix))?.phone ?? FALLBACK[prefix]
  return {
    rescue: phone('rescue'),
    police: phone('police'),
    fire: phone('fire'),
    ambulance: phone('ambulance'),
    hotline: phone('hue-s'),
  }
}

/**
 * The messages with whom to call before them, unless a flow of theirs says so already. Who `callsForHelp` is told so
 * without an "if", in place of the flow's line.
 */
export async function dangerFirst(
  ctx: Ctx,
  knowledge: Knowledge,
  messages: readonly Message[],
  callsForHelp = false,
): Promise<readonly Message[]> {
  const call = numbersOf(await knowledge.hotlines(ctx))
  const saysSo = (message: Message) => {
    const text = toPlainText(message)
    return text.includes(call.rescue) && text.includes(call.ambulance)
  }
  const now = () => say(ctx.t('chat:turn.sos', call))
  if (!messages.some(saysSo)) return [now(), ...messages]
  const isOnlyThat = (message: Message) => saysSo(message) && message.choices === undefined
  return callsForHelp ? [now(), ...messages.filter((m) => !isOnlyThat(m))] : messages
}

/** Whether a message belongs to a call for rescue, or begins one. */
export const callsForHelp = (state: FlowState | null, content: Content): boolean =>
  state?.flow === 'sos' || (content.kind === 'text' && understand(content.text).intent === 'sos')

/** The numbers to call, each marked while the commune has not confirmed it. */
export async function hotlinesMessage(ctx: Ctx, knowledge: Knowledge): Promise<Message> {
  const lines = await knowledge.hotlines(ctx)
  if (lines.length === 0) return say(ctx.t('menu:hotlines.none', numbersOf(lines)))
  const rows = lines.map(({ name, phone, confirmed }) => ({
    label: name,
    value: confirmed ? phone : ctx.t('menu:hotlines.unconfirmed', { phone }),
  }))
  return { parts: [{ kind: 'fields', title: ctx.t('menu:hotlines.title'), rows }] }
}
