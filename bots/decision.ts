import type { EngineContext } from '../api/chat/engine.ts'
import type { FlowEntry, Known } from '../api/chat/entry.ts'
import type { FlowData, FlowState } from '../api/chat/flow.ts'
import type { Choice, Message } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import type { Understanding } from '../api/understanding/index.ts'
import type { Language, Translate } from '../locales/index.ts'
import type { Numbers } from './emergency.ts'
import type { Command } from './registry.ts'

export type MenuContext = Omit<EngineContext, 't'> & {
  t: Translate
  translate: (language: Language) => Translate
  language: Language
  understood?: Understanding
  /** Choices of the last message that this chat was sent. */
  lastChoices: readonly Choice[]
  /** Name of the place that runs this, in the reader's language. */
  place: string
  /** Whom sentences of the menu tell people to call. */
  call: Numbers
  /** A one-time page of this chat, where the flow has one; and the page for everybody. */
  formUrl: string
  reportUrl: string
}

/** What to do with one event; pure. `sos` and `hotlines` ask the caller for numbers from configuration. */
export type Decision = {
  state: FlowState | null
  say: readonly Message[]
  language?: Language
  sos?: true
  hotlines?: true
  start?: { entry: FlowEntry<Ctx>; known: Known }
  done?: { entry: FlowEntry<Ctx>; data: FlowData }
  /** The flow goes on and keeps what is known so far. */
  keep?: FlowEntry<Ctx>
  /** Run first; then `say`, and `state` stays. */
  command?: Command
  payload?: string
}
