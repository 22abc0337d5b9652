import type { Content, Facts, FormFields } from './inbound.ts'
import type { Message } from './message.ts'

/** All that a flow may know besides its own data. Method form on `t`, so that a typed translator fits. */
export type FlowContext = {
  t(key: string, params?: Record<string, string | number>): string
  now: Date
  facts: Facts
  /** Where this chat's page for long input would be; naming it makes the link good. */
  formUrl?: string
}

/** A value of flow state; state must survive JSON. */
export type FlowData = Record<string, unknown>

export type Accepted<D> =
  | { ok: true; patch: Partial<D>; goTo?: string }
  /** Not understood: what to say before the question is asked again. */
  | { ok: false; say: readonly Message[] }

/**
 * One question. `ask` words it (from `data` and `facts.hamlets` only: it is asked again to know the choices), `accept`
 * reads the answer (choice ids are the bare ids that `ask` gave), `next` names the following step or `done`; it skips
 * what `data` already holds. The choice ids `cancel`, `back`, `restart` and `help` are the engine's own words; `skip`
 * reaches `accept`. Method form, so that a flow over its own data type is a `Flow`.
 */
export type Step<D extends FlowData> = {
  ask(data: D, ctx: FlowContext): readonly Message[]
  accept(content: Content, data: D, ctx: FlowContext): Accepted<D>
  next(data: D): string
}

/** What the page for long input shows of a flow: answers so far, and what it may still add. */
export type FormView = {
  description: string
  category: string | null
  place: { label: string; words: string } | null
  photoCount: number
  photosLeft: number
  /** The version agreed to in this chat; null: the page asks. */
  consentVersion: number | null
}

/** A flow that can be filled in on one page, for who has much to say. */
export type FlowForm<D extends FlowData> = {
  view(data: D): FormView
  /** Everything at once; what is still open then is asked in the chat. */
  fill(fields: FormFields, data: D, ctx: FlowContext): Accepted<D>
}

/** A conversation as data: linear steps, JSON state, a version that is raised whenever stored state would not fit. */
export type Flow<D extends FlowData = FlowData> = {
  id: string
  version: number
  /** Data to start with, from what is already known (a category, a code, a place). */
  start(known: FlowData): D
  /** First step to ask, or `done` when nothing is missing. */
  first(data: D): string
  steps: ReadonlyMap<string, Step<D>>
  form?: FlowForm<D>
  /**
   * What a whole message means in this flow whatever the step offers, read before labels, numbers and universal words;
   * undefined: nothing special. A choice goes to `accept`, whether the step offers it or not.
   */
  reads?(text: string, step: string): Content | undefined
}

/** What is kept between turns. `turn` is carried by buttons, so that a stale one is recognised. */
export type FlowState = {
  flow: string
  version: number
  step: string
  data: FlowData
  misses: number
  history: readonly string[]
}

export type Advanced = {
  state: FlowState | null
  say: readonly Message[]
  /** Set when the last step was answered: the data for the use-case. */
  done?: FlowData
  /** The person asked to leave; the caller shows the menu. */
  cancelled?: true
  /** Third miss in a row: the caller adds the offer of a person or the form. */
  stuck?: true
  /** Help was asked for; the caller adds whom to call. */
  helped?: true
}
