import { type EngineContext, reask, startFlow } from '../api/chat/engine.ts'
import type { Advanced, FlowState } from '../api/chat/flow.ts'
import type { Inbound } from '../api/chat/inbound.ts'
import { type Choice, type Message, say } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import { AppError } from '../api/core/errors.ts'
import {
  type ConversationRow,
  findLastMessages,
  hasLink,
  issueForm,
  pendingFormUrl,
} from '../api/rooms/conversations/index.ts'
import { asKey, type Language } from '../locales/index.ts'
import type { Decision, MenuContext } from './decision.ts'
import { callsForHelp, dangerFirst, hotlinesMessage, numbersOf } from './emergency.ts'
import { learn } from './facts.ts'
import { finishFlow, knownConsent, metaOf } from './finish.ts'
import type { Knowledge } from './knowledge.ts'
import { decide, shown } from './menu.ts'
import { mainMenu } from './menu-messages.ts'
import { mayRestart } from './mid-flow.ts'
import { keepForLearning } from './misread.ts'
import type { Registry } from './registry.ts'

export type Chat = {
  row: ConversationRow
  inbound: Inbound
  state: FlowState | null
  registry: Registry
  knowledge: Knowledge
  /** How often this very event failed before. */
  attempt: number
}

/** What a turn leaves behind. */
export type Outcome = {
  messages: readonly Message[]
  state: FlowState | null
  residentId: string | null
  language?: Language
}

/** Labels of a menu are short; longer texts are not looked up among them. */
const LABEL_MAX = 60
/** Answers a minute, in one chat, to what was not understood. */
const MISREAD_A_MINUTE = 10
/** Choices may stand in one of the last few messages of an answer. */
const LAST_MESSAGES = 4

/** Looks up, decides, and runs what was decided; whatever throws here is the turn's failure. */
export async function answer(ctx: Ctx, chat: Chat): Promise<Outcome> {
  const { row, inbound, registry, knowledge } = chat
  const { facts: learnt, understood } = await learn(ctx, inbound.content, knowledge)
  const look = chat.state === null ? undefined : registry.flows.get(chat.state.flow)?.look
  const facts =
    chat.state === null || look === undefined
      ? learnt
      : { ...learnt, looked: await look(ctx, chat.state.data, row.residentId) }
  const state = facts.looked?.isOver === true ? null : chat.state
  const flow = registry.flows.get(state?.flow ?? '')?.flow
  const isRunning = state !== null && flow !== undefined
  if (inbound.content.kind === 'form' && flow?.form === undefined)
    throw new AppError('chat.form_closed')
  const formId = ctx.newId()
  const formUrl = pendingFormUrl(ctx, formId)
  const consent =
    isRunning && mayRestart(registry, state, inbound.content)
      ? await knownConsent(ctx, row.residentId, registry.flows.get(state.flow)?.purpose)
      : undefined
  const menu: MenuContext = {
    t: ctx.t,
    translate: ctx.translate,
    language: ctx.language,
    now: ctx.now(),
    facts,
    turn: row.turn,
    ...(consent === undefined ? {} : { known: { consent } }),
    ...(understood === undefined ? {} : { understood }),
    lastChoices: isRunning ? [] : await lastChoices(ctx, inbound),
    place: knowledge.homeName(ctx),
    call: numbersOf(await knowledge.hotlines(ctx)),
    formUrl,
    reportUrl: `${ctx.settings.publicUrl}/#/report`,
  }
  const decision = decide(registry, state, inbound.content, menu)
  const language = decision.language ?? ctx.language
  if (decision.misread) {
    await keepForLearning(ctx, inbound.content, understood)
    if (!decision.sos && (await isPouring(ctx, inbound)))
      return { messages: [], state: decision.state, residentId: row.residentId }
  }
  const at: Ctx = { ...ctx, language, t: ctx.translate(language) }
  const outcome = await run(at, chat, decision, { ...menu, t: at.t })
  const hotlines = decision.hotlines ? [await hotlinesMessage(at, knowledge)] : []
  const calm = [...hotlines, ...outcome.messages]
  const isCall = understood?.intent === 'sos'
  const messages = decision.sos ? await dangerFirst(at, knowledge, calm, isCall) : calm
  if (hasLink(messages, formUrl)) await issueForm(ctx, { id: formId, conversationId: row.id })
  return { ...outcome, messages, ...(decision.language === undefined ? {} : { language }) }
}

/**
 * A chat that pours out what nobody understands (a stuck key, a machine, a group) is answered so often a minute and then
 * heard in silence: its words are kept, and a report, a call for rescue or a button is answered as ever.
 */
async function isPouring(ctx: Ctx, { channel, chatKey }: Inbound): Promise<boolean> {
  const taken = await ctx.ports.limits.take(
    `chat.misread:${channel}:${chatKey}`,
    MISREAD_A_MINUTE,
    60,
  )
  return !taken.ok
}

async function run(ctx: Ctx, chat: Chat, decision: Decision, menu: MenuContext): Promise<Outcome> {
  const { row, inbound } = chat
  if (decision.command !== undefined) {
    const { channel, chatKey } = inbound
    const { residentId } = row
    const as: Ctx = residentId === null ? ctx : { ...ctx, actor: { kind: 'resident', residentId } }
    const words = inbound.content.kind === 'text' ? inbound.content.text : ''
    const { payload } = decision
    const more = payload === undefined ? {} : { payload }
    const address = { channel, chatKey, conversationId: row.id, residentId, words, ...more }
    const messages = shown(await decision.command.run(as, address), menu)
    return { messages: [...messages, ...decision.say], state: decision.state, residentId }
  }
  if (decision.start !== undefined) {
    const { entry, known } = decision.start
    const consent = entry.readsOnly
      ? {}
      : { consent: await knownConsent(ctx, row.residentId, entry.purpose) }
    const looked = await entry.look?.(ctx, known, row.residentId)
    const started = startFlow(entry.flow, { ...known, ...looked, ...consent }, menu)
    return finishing(ctx, chat, menu, { ...started, entry, before: decision.say })
  }
  if (decision.done !== undefined) {
    const { entry, data } = decision.done
    return finishing(ctx, chat, menu, { state: null, say: decision.say, done: data, entry })
  }
  if (decision.keep !== undefined) return keeping(ctx, chat, decision.keep, decision)
  return { messages: decision.say, state: decision.state, residentId: row.residentId }
}

type Finishing = Advanced & {
  entry: NonNullable<Decision['done']>['entry']
  before?: readonly Message[]
}

async function finishing(
  ctx: Ctx,
  chat: Chat,
  menu: MenuContext,
  { entry, state, say: said, done, before = [] }: Finishing,
): Promise<Outcome> {
  const { row } = chat
  if (done === undefined) {
    const asked = { state, say: [...before, ...said] }
    if (entry.keep !== undefined) return keeping(ctx, chat, entry, asked)
    return { messages: asked.say, state, residentId: row.residentId }
  }
  const { messages, residentId } = await finishFlow(ctx, entry, done, chat)
  const all = [...before, ...said, ...shown(messages, menu)]
  const ended = all.length > 0 ? all : shown([mainMenu(chat.registry, ctx.t)], menu)
  return { messages: ended, state: null, residentId }
}

/** What is known so far is kept, and what that says stands before the question. */
async function keeping(
  ctx: Ctx,
  { row, inbound }: Chat,
  entry: NonNullable<Decision['keep']>,
  asked: Pick<Decision, 'state' | 'say'>,
): Promise<Outcome> {
  const { residentId } = row
  if (asked.state === null || entry.keep === undefined)
    return { messages: asked.say, state: asked.state, residentId }
  const meta = { ...metaOf(row, inbound), residentId: residentId ?? '' }
  const { data, say: kept } = await entry.keep(ctx, asked.state.data, meta)
  return { messages: [...kept, ...asked.say], state: { ...asked.state, data }, residentId }
}

/**
 * What is said when a turn failed: the sentence of an error that the person can mend, or our apology; then the pending
 * question again. State stays, so that nothing typed is lost; only a flow that cannot even ask is left. Whoever calls
 * for help still learns whom to dial.
 */
export async function excuse(ctx: Ctx, chat: Chat, reason: AppError | Message): Promise<Outcome> {
  const outcome = await apology(ctx, chat, reason)
  if (!callsForHelp(chat.state, chat.inbound.content)) return outcome
  return { ...outcome, messages: await dangerFirst(ctx, chat.knowledge, outcome.messages, true) }
}

async function apology(ctx: Ctx, chat: Chat, reason: AppError | Message): Promise<Outcome> {
  const { row, state, registry } = chat
  const kept = { residentId: row.residentId }
  const why =
    reason instanceof AppError ? say(ctx.t(asKey(`errors:${reason.code}`), reason.params)) : reason
  const entry = state === null ? undefined : registry.flows.get(state.flow)
  const menu = () => shown([mainMenu(registry, ctx.t)], { turn: row.turn })
  if (state === null || entry === undefined) return { ...kept, messages: [why, ...menu()], state }
  const engine: EngineContext = {
    t: ctx.t,
    now: ctx.now(),
    turn: row.turn,
    facts: { places: [], outsideProvince: false, hamlets: await chat.knowledge.homeHamlets(ctx) },
  }
  try {
    if (reason instanceof AppError && reason.code === 'identity.consent_stale') {
      const { description, category } = state.data
      const consent = await knownConsent(ctx, row.residentId, entry.purpose)
      const again = startFlow(entry.flow, { description, category, consent }, engine)
      return { ...kept, messages: [why, ...again.say], state: again.state }
    }
    const again = reask(entry.flow, state, engine, [why])
    return { ...kept, messages: again.say, state }
  } catch {
    return { ...kept, messages: [why, ...menu()], state: null }
  }
}

/** The choices that a person between flows has before their eyes, so that a number or a label names one. */
async function lastChoices(ctx: Ctx, inbound: Inbound): Promise<readonly Choice[]> {
  const { channel, chatKey, content } = inbound
  if (content.kind !== 'text' || content.text.length > LABEL_MAX) return []
  const messages = await findLastMessages(ctx.db, { channel, chatKey }, LAST_MESSAGES)
  return messages.find(({ choices }) => choices !== undefined && choices.length > 0)?.choices ?? []
}
