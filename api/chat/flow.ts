import type { Content, Facts } from './inbound.ts'
import type { Message } from './message.ts'

/** All that a flow may know besides its own data. Method form on `t`, so that a typed translator fits. */
export type FlowContext = {
  t(key: string, params?: Record<string, string | number>): string
  now: Date
  facts: Facts
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

/** A conversation as data: linear steps, JSON state, a version that is raised whenever stored state would not fit. */
export type Flow<D extends FlowData = FlowData> = {
  id: string
  version: number
  /** Data to start with, from what is already known (a category, a code, a place). */
  start(known: FlowData): D
  /** First step to ask, or `done` when nothing is missing. */
  first(data: D): string
  steps: ReadonlyMap<string, Step<D>>
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
