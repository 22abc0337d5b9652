import type { FlowEntry } from '../../api/chat/entry.ts'
import type { Content, Inbound } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import { toPlainText } from '../../api/chat/plain-text.ts'
import type { Ctx } from '../../api/context.ts'
import { seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { createTurn } from '../../bots/conversation.ts'
import type { Knowledge } from '../../bots/knowledge.ts'
import { sampleEntry } from '../properties/chat-sample.ts'

/** What areas would know, fixed. */
export const knowledge: Knowledge = {
  placesForText: async (_ctx, text) => ({
    places: /phuoc yen/i.test(text) ? [{ label: 'thôn Phước Yên', exact: true }] : [],
    outsideProvince: false,
  }),
  placesForPin: async (_ctx, at) => ({
    places: [{ label: 'xã Quảng Điền', at, exact: false }],
    outsideProvince: false,
  }),
  placeOfRiver: async () => undefined,
  homeHamlets: async () => [{ label: 'thôn Phước Yên', exact: true }],
  hotlines: async () => [
    { code: 'rescue-112', phone: '112', name: 'Cứu nạn', confirmed: true },
    { code: 'ambulance-115', phone: '115', name: 'Cấp cứu', confirmed: false },
  ],
  homeName: () => 'xã Quảng Điền',
}

type Finished = { data: Record<string, unknown>; residentId: string; actor: string }

/** A chat over the sample flow; `fail` is thrown by its use-case as long as it is set. */
export function openChat(ctx: Ctx, options: { entries?: readonly FlowEntry<Ctx>[] } = {}) {
  const finished: Finished[] = []
  const broken: { with: Error | undefined } = { with: undefined }
  const entry = sampleEntry(async (at, data, meta) => {
    await at.db
      .insertInto('rateLimit')
      .values({ key: meta.eventId, windowAt: at.now(), hits: 1 })
      .execute()
    if (broken.with !== undefined) throw broken.with
    finished.push({ data, residentId: meta.residentId, actor: at.actor.kind })
    return [
      { parts: [{ kind: 'text', text: 'finished' }], choices: [{ id: 'menu', label: 'Menu' }] },
    ]
  })
  const turn = createTurn({ entries: options.entries ?? [entry], knowledge })
  let n = 0
  const deliver = (content: Content, id = `e${++n}`, more: Partial<Inbound> = {}) =>
    turn(ctx, { channel: 'telegram', chatKey: '42', eventId: id, content, ...more })
  const type = (text: string, id?: string, more?: Partial<Inbound>) =>
    deliver({ kind: 'text', text }, id, more)
  return { finished, broken, deliver, type }
}

export const textOf = (messages: readonly Message[]) =>
  messages.map((m) => toPlainText(m)).join('\n')
export const choicesOf = (messages: readonly Message[]) =>
  messages.flatMap(({ choices = [] }) => [...choices])
export const buttonFor = (messages: readonly Message[], end: string): Content => {
  const found = choicesOf(messages).find(({ id }) => id.endsWith(`:${end}`))
  if (found === undefined) throw new Error(`no button ${end}`)
  return { kind: 'choice', id: found.id }
}

export const seed = (ctx: Ctx) => seedConsentTexts(ctx.db, ctx.now())
