import type { Flow, FlowData } from './flow.ts'
import type { ChannelId, Found, PlaceFact } from './inbound.ts'
import type { Message } from './message.ts'

/** Where a finished flow came from; `eventId` is the dedupe key of the last answer. */
export type FlowMeta = {
  channel: ChannelId
  chatKey: string
  conversationId: string
  eventId: string
  /**
   * Resident of this chat, found or created for this use-case; empty when nothing may be kept (`readsOnly`, or
   * `data.consentVersion` is null) and the chat has none.
   */
  residentId: string
}

/** The flow asks when `given` is false, shows `body`, and puts `consentVersion: version` into its data once agreed. */
export type KnownConsent = { version: number; given: boolean; body: string }

/** What `flow.start(known)` may find; all of it optional, read with care (it is `FlowData`). */
export type Known = {
  consent?: KnownConsent
  /** The resident's own words that started the flow. */
  description?: string
  category?: string
  /** Set when the words name danger. */
  urgency?: 'urgent'
  /** What the words or the pin may mean, best first. */
  places?: readonly PlaceFact[]
  /** What else the words say: address, depth of water. */
  found?: Found
  /** Where somebody is told of the river that the words name. */
  river?: PlaceFact
  /** Public case code, canonical. */
  code?: string
  /** Photos that started the flow. */
  mediaIds?: readonly string[]
  /** What stood behind the dot in a menu choice's id `<intent>.<payload>`. */
  payload?: string
  /** The whole text that started the flow, as typed. */
  words?: string
  people?: number
  vulnerable?: readonly string[]
}

/**
 * A flow as a room gives it to the chat: which intents start it, and the use-case that its data ends in. `finish` runs
 * inside the turn's transaction under a savepoint; what it throws is shown as a sentence and the person's answers stay.
 * Its messages may offer choices whose ids are intents (`track_report`) or `<intent>.<payload>`.
 */
export type FlowEntry<C> = {
  flow: Flow
  intents: readonly string[]
  /** Looks up and keeps nothing: no resident is made for it. */
  readsOnly?: true
  /**
   * Reads what the flow may want to know: at its start merged into `known`, in later turns `facts.looked`. `data` is what
   * is known or answered so far. `isOver: true` says that what the flow was about has ended elsewhere: it is left.
   */
  look?: (ctx: C, data: FlowData, residentId: string | null) => Promise<FlowData>
  /** Which text the flow asks to agree to; left out: `report`. */
  purpose?: 'report' | 'notify' | 'help' | 'learn'
  /**
   * For what cannot wait for the last answer: keeps what is known after each turn that stays in the flow. `data` takes
   * the place of the flow's; `say` stands before the question.
   */
  keep?: (
    ctx: C,
    data: FlowData,
    meta: FlowMeta,
  ) => Promise<{ data: FlowData; say: readonly Message[] }>
  /** The step that lasts: nothing is asked there, so that commands and buttons of the menu are followed at once. */
  standing?: string
  finish: (ctx: C, data: FlowData, meta: FlowMeta) => Promise<readonly Message[]>
}
