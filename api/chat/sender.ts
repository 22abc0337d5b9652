import type { ChannelId } from './inbound.ts'
import type { Message } from './message.ts'

/** Words that a channel's own controls carry, in the reader's language. */
export type ChannelWords = {
  sendLocation: string
  sendPhone: string
  /** Text above a keyboard that asks for them. */
  useKeyboard: string
}

/** Whom a message is rendered for; `chatKey` is the channel's address of the chat. */
export type RenderTarget = { chatKey: string; words: ChannelWords }

/** Calls in the order in which they are sent; `dropped` names what the channel could not show natively. */
export type Rendered<Call> = { calls: readonly Call[]; dropped: readonly string[] }

/** What became of one call; `unknown` means no answer came and it may have arrived. */
export type SendOutcome =
  /** `isWhole`: this call said all of the message, the others are not made. */
  | { kind: 'sent'; isWhole?: true }
  | { kind: 'retry'; afterMs: number; code: string }
  | { kind: 'unknown'; code: string }
  | { kind: 'gone'; code: string }
  | { kind: 'rejected'; code: string }

/**
 * One channel's way out. `render` is pure and total; `send` makes one call and never retries by itself. A `send` that
 * throws counts as `unknown`.
 */
export type Sender<Call = unknown> = {
  channel: ChannelId
  render(message: Message, target: RenderTarget): Rendered<Call>
  send(call: Call, to: { chatKey: string; language: 'vi' | 'en' }): Promise<SendOutcome>
}
