import type { FlowEntry, FlowMeta, KnownConsent } from '../api/chat/entry.ts'
import type { FlowData } from '../api/chat/flow.ts'
import type { Inbound } from '../api/chat/inbound.ts'
import type { Message } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import type { ConversationRow } from '../api/rooms/conversations/index.ts'
import {
  consentTextView,
  currentConsentText,
  giveConsent,
  hasConsent,
  residentForChat,
} from '../api/rooms/identity/index.ts'

type Purpose = NonNullable<FlowEntry<Ctx>['purpose']>

/** The text that a flow shows before it keeps anything, and whether this chat's resident agreed to it. */
export async function knownConsent(
  ctx: Ctx,
  residentId: string | null,
  purpose: Purpose = 'report',
): Promise<KnownConsent> {
  const { version, body } = consentTextView(await currentConsentText(ctx.db, purpose), ctx.language)
  const given = residentId !== null && (await hasConsent(ctx, { residentId, purpose }))
  return { version, given, body }
}

/** Where an answer of this chat comes from, but for whose it is. */
export const metaOf = (
  row: ConversationRow,
  { channel, chatKey, eventId }: Inbound,
): Omit<FlowMeta, 'residentId'> => ({ channel, chatKey, conversationId: row.id, eventId })

/**
 * Runs the use-case of a finished flow as the resident of this chat, who is made only now and only when the flow keeps
 * something; a consent that was just given is kept first.
 */
export async function finishFlow(
  ctx: Ctx,
  entry: FlowEntry<Ctx>,
  data: FlowData,
  chat: { row: ConversationRow; inbound: Inbound },
): Promise<{ messages: readonly Message[]; residentId: string | null }> {
  const { row, inbound } = chat
  const { channel, chatKey } = inbound
  // Whoever said no to keeping data is not kept either.
  const keepsNothing = entry.readsOnly === true || data.consentVersion === null
  const residentId = keepsNothing
    ? row.residentId
    : (await residentForChat(ctx, { channel, chatKey, language: ctx.language })).id
  const as: Ctx = residentId === null ? ctx : { ...ctx, actor: { kind: 'resident', residentId } }
  if (residentId !== null && typeof data.consentVersion === 'number') {
    const version = data.consentVersion
    const purpose = entry.purpose ?? 'report'
    await giveConsent(as, { residentId, purpose, version, channel })
  }
  const meta: FlowMeta = { ...metaOf(row, inbound), residentId: residentId ?? '' }
  return { messages: await entry.finish(as, data, meta), residentId }
}
