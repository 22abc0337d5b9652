import { parseChoiceId, withChoiceIds } from './choice-id.ts'
import type { Accepted, Advanced, Flow, FlowContext, FlowData, FlowState, Step } from './flow.ts'
import type { Content } from './inbound.ts'
import { findChoice, type Universal, universalWord } from './match.ts'
import { type Choice, type Message, say } from './message.ts'
import { unsupportedKey } from './unsupported.ts'

/** `turn` is the turn whose buttons are live; new ones carry `turn + 1`. `known` is for a start over. */
export type EngineContext = FlowContext & { turn: number; known?: FlowData }

/** After so many answers in a row that a step did not take, the caller offers another way. */
const MISSES_UNTIL_STUCK = 3
const MAX_HISTORY = 50
const RESERVED: ReadonlyMap<string, Universal> = new Map([
  ['cancel', 'cancel'],
  ['back', 'back'],
  ['restart', 'restart'],
  ['help', 'help'],
])

type At = {
  data: FlowData
  step: string
  history: readonly string[]
  misses: number
}

/** Starts a flow from what is already known; may be `done` at once. */
export function startFlow(flow: Flow, known: FlowData, ctx: EngineContext): Advanced {
  const data = flow.start(known)
  return enter(flow, { data, step: flow.first(data), history: [], misses: 0 }, ctx, [])
}

/**
 * One answer of a person to the step in `state`. Pure and total: whatever comes in, something is said, and what was
 * not understood changes nothing but the count of misses.
 */
export function advance(
  flow: Flow,
  state: FlowState,
  content: Content,
  ctx: EngineContext,
): Advanced {
  const step = flow.steps.get(state.step)
  if (state.flow !== flow.id || state.version !== flow.version || step === undefined) {
    return restart(flow, ctx, 'chat:engine.restarted.version')
  }
  switch (content.kind) {
    case 'start':
      return reask(flow, state, ctx)
    case 'unsupported': {
      const why = [say(ctx.t(unsupportedKey(content.what)))]
      // A message that was edited later is no wrong answer to this question.
      return content.what === 'edit' ? reask(flow, state, ctx, why) : miss(flow, state, ctx, why)
    }
    case 'form': {
      const filled = flow.form?.fill(content.fields, state.data, ctx)
      return filled === undefined ? reask(flow, state, ctx) : take(flow, state, step, filled, ctx)
    }
    case 'choice':
      return press(flow, state, step, content.id, ctx)
    case 'text': {
      const own = flow.reads?.(content.text, state.step)
      if (own !== undefined) return answer(flow, state, step, own, ctx)
      const choice = findTyped(content.text, choicesOf(step.ask(state.data, ctx)))
      if (choice !== undefined) return choose(flow, state, step, choice.id, ctx)
      const word = universalWord(content.text)
      if (word !== undefined) return universal(flow, state, word, ctx)
      return answer(flow, state, step, content, ctx)
    }
    default:
      return answer(flow, state, step, content, ctx)
  }
}

/** Asks the pending question again, after `before`; nothing else changes. */
export function reask(
  flow: Flow,
  state: FlowState,
  ctx: EngineContext,
  before: readonly Message[] = [],
): Advanced {
  return enter(flow, state, ctx, before)
}

function press(
  flow: Flow,
  state: FlowState,
  step: Step<FlowData>,
  id: string,
  ctx: EngineContext,
): Advanced {
  const parsed = parseChoiceId(id)
  const isLive =
    parsed !== undefined &&
    parsed.flow === flow.id &&
    parsed.turn === ctx.turn &&
    choicesOf(step.ask(state.data, ctx))
      .flat()
      .some((choice) => choice.id === parsed.choice)
  if (!isLive) return reask(flow, state, ctx, [say(ctx.t('chat:engine.stale'))])
  return choose(flow, state, step, parsed.choice, ctx)
}

function choose(
  flow: Flow,
  state: FlowState,
  step: Step<FlowData>,
  id: string,
  ctx: EngineContext,
): Advanced {
  const word = RESERVED.get(id)
  return word === undefined
    ? answer(flow, state, step, { kind: 'choice', id }, ctx)
    : universal(flow, state, word, ctx)
}

function answer(
  flow: Flow,
  state: FlowState,
  step: Step<FlowData>,
  content: Content,
  ctx: EngineContext,
): Advanced {
  return take(flow, state, step, step.accept(content, state.data, ctx), ctx)
}

function take(
  flow: Flow,
  state: FlowState,
  step: Step<FlowData>,
  accepted: Accepted<FlowData>,
  ctx: EngineContext,
): Advanced {
  if (!accepted.ok) return miss(flow, state, ctx, accepted.say)
  const data = { ...state.data, ...accepted.patch }
  const next = accepted.goTo ?? step.next(data)
  const history = [...state.history, state.step].slice(-MAX_HISTORY)
  return enter(flow, { data, step: next, history, misses: 0 }, ctx, [])
}

function universal(flow: Flow, state: FlowState, word: Universal, ctx: EngineContext): Advanced {
  switch (word) {
    case 'cancel':
      return { state: null, say: [say(ctx.t('chat:engine.cancelled'))], cancelled: true }
    case 'help':
      return { ...reask(flow, state, ctx, [say(ctx.t('chat:engine.help'))]), helped: true }
    case 'restart':
      return restart(flow, ctx, 'chat:engine.restarted.asked')
    case 'skip':
      return reask(flow, state, ctx, [say(ctx.t('chat:engine.cannot_skip'))])
    case 'back': {
      const step = state.history.at(-1)
      if (step === undefined || !flow.steps.has(step))
        return reask(flow, state, ctx, [say(ctx.t('chat:engine.first_question'))])
      const history = state.history.slice(0, -1)
      return enter(flow, { data: state.data, step, history, misses: 0 }, ctx, [])
    }
  }
}

function restart(flow: Flow, ctx: EngineContext, key: string): Advanced {
  const started = startFlow(flow, ctx.known ?? {}, ctx)
  return { ...started, say: [say(ctx.t(key)), ...started.say] }
}

function miss(
  flow: Flow,
  state: FlowState,
  ctx: EngineContext,
  before: readonly Message[],
): Advanced {
  const misses = state.misses + 1
  const asked = enter(flow, { ...state, misses }, ctx, before)
  return misses % MISSES_UNTIL_STUCK === 0 ? { ...asked, stuck: true } : asked
}

function enter(flow: Flow, at: At, ctx: EngineContext, before: readonly Message[]): Advanced {
  const said = withChoiceIds(before, flow.id, ctx.turn + 1)
  if (at.step === 'done') return { state: null, say: said, done: at.data }
  const step = flow.steps.get(at.step)
  if (step === undefined)
    return { state: null, say: [...said, say(ctx.t('chat:engine.lost'))], cancelled: true }
  const { data, history, misses } = at
  const asked = withChoiceIds(step.ask(data, ctx), flow.id, ctx.turn + 1)
  return {
    state: { flow: flow.id, version: flow.version, step: at.step, data, misses, history },
    say: asked.length + said.length === 0 ? [say(ctx.t('chat:engine.go_on'))] : [...said, ...asked],
  }
}

/** Choices of each message that offers any, in the order shown. */
const choicesOf = (asked: readonly Message[]): (readonly Choice[])[] =>
  asked.flatMap(({ choices }) => (choices === undefined || choices.length === 0 ? [] : [choices]))

/** Numbers mean the last list shown; labels mean any. */
const findTyped = (text: string, lists: (readonly Choice[])[]): Choice | undefined =>
  findChoice(text, lists.at(-1) ?? []) ?? findChoice(text, lists.flat())

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Stored state as it comes back from the database; null when it is none (then the chat is between flows). */
export function readState(value: unknown): FlowState | null {
  if (!isRecord(value)) return null
  const { flow, version, step, data, misses, history } = value
  if (typeof flow !== 'string' || typeof version !== 'number' || typeof step !== 'string')
    return null
  return {
    flow,
    version,
    step,
    data: isRecord(data) ? data : {},
    misses: typeof misses === 'number' ? misses : 0,
    history: Array.isArray(history) ? history.filter((name) => typeof name === 'string') : [],
  }
}
