import type { Language, Translate } from '../locales/index.ts'
import type { Inbound } from './chat/inbound.ts'
import type { Message } from './chat/message.ts'
import type { Ctx, Db, Log, Ports, Settings } from './context.ts'

/** One channel's rendering of messages, for the simulator page. */
export type RenderedPreview = {
  channel: string
  calls: readonly unknown[]
  dropped: readonly string[]
}

/** What a turn answers to its caller; the same messages are in the outbox. */
export type TurnResult = { messages: readonly Message[]; isRepeat: boolean }

/** All that a host gives. The database is opened per request (one pool on Node, one client a request on Workers). */
export type Deps = {
  openDb: () => { db: Db; close: () => Promise<void> }
  ports: Ports
  settings: Settings
  translators: (language: Language) => Translate
  log: Log
  now: () => Date
  /** One factory a process, so that ids grow. */
  newId: () => string
  /** Origins that may embed the mini-app and call the API with a bearer session. */
  embedOrigins: readonly string[]
  trustedProxies: readonly string[]
  /** One chat turn (bots/conversation.ts, wired by the host because api imports no bot). */
  turn: (ctx: Ctx, inbound: Inbound) => Promise<TurnResult>
  /** Pure renderings of the same messages on every channel. */
  preview: (messages: readonly Message[]) => readonly RenderedPreview[]
  /** Keeps a promise alive after the response (waitUntil on Workers). */
  background: (work: Promise<unknown>) => void
}
