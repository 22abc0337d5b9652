import { parseChoiceId, withChoiceIds } from '../api/chat/choice-id.ts'
import { advance, reask } from '../api/chat/engine.ts'
import type { FlowEntry, Known } from '../api/chat/entry.ts'
import type { FlowState } from '../api/chat/flow.ts'
import { formOffer, isFormWord } from '../api/chat/form-offer.ts'
import type { Content } from '../api/chat/inbound.ts'
import { findChoice } from '../api/chat/match.ts'
import { type Message, say } from '../api/chat/message.ts'
import { unsupportedKey } from '../api/chat/unsupported.ts'
import type { Ctx } from '../api/context.ts'
import { parsePublicCode } from '../api/core/ids.ts'
import { asksForPoints } from '../api/rooms/floods/index.ts'
import type { Understanding } from '../api/understanding/index.ts'
import { asKey } from '../locales/index.ts'
import type { Decision, MenuContext } from './decision.ts'
import { asksForPerson, type Pressed, pressedNews, stopIn, typedCode, wishOf } from './doors.ts'
import { soundsEnglish } from './english.ts'
import { isOffered, likely, mayBeDanger } from './likely.ts'
import { greeting, languageMenu, mainMenu } from './menu-messages.ts'
import { menuWord } from './menu-words.ts'
import {
  commandOf,
  elsewhereIn,
  hasDossierCode,
  languageOf,
  MENU,
  otherWish,
  SURE_ENOUGH,
} from './mid-flow.ts'
import { aside, complaint, notYet } from './not-yet.ts'
import type { Registry } from './registry.ts'
import { visitIn } from './visit.ts'

/** Decides within a flow, or by the menu between flows. Total: every event gets an answer or something to run. */
export function decide(
  registry: Registry,
  state: FlowState | null,
  content: Content,
  ctx: MenuContext,
): Decision {
  const entry = state === null ? undefined : registry.flows.get(state.flow)
  if (state !== null && entry !== undefined) return inFlow(registry, entry, state, content, ctx)
  if (state !== null && state.flow !== MENU) {
    const lost = say(ctx.t('chat:engine.lost'))
    return { state: null, say: [lost, ...shown([mainMenu(registry, ctx.t)], ctx)] }
  }
  return between(registry, state, content, ctx)
}

function inFlow(
  registry: Registry,
  entry: FlowEntry<Ctx>,
  state: FlowState,
  content: Content,
  ctx: MenuContext,
): Decision {
  const language = languageOf(content)
  if (language !== undefined) {
    const other = { ...ctx, t: ctx.translate(language) }
    const asked = reask(entry.flow, state, other, [say(other.t('menu:language.done'))])
    return { state: asked.state, say: asked.say, language }
  }
  const pressed = pressedNews(content, registry)
  if (pressed !== undefined) return meanwhile(registry, entry, state, pressed, ctx)
  const isCall = entry.intents.includes('sos')
  if (ctx.understood?.intent === 'sos' && !isCall && registry.byIntent.has('sos'))
    return between(registry, null, content, ctx)
  if (!isCall && content.kind === 'text' && asksForPerson(content.text))
    return { ...menu(registry, 'person', ctx), state }
  const leaves = state.step === entry.standing ? elsewhereIn(content) : undefined
  if (leaves !== undefined) return between(registry, null, content, ctx)
  const slash = commandOf(content)
  if (slash !== undefined) return leaveFor(registry, entry, state, slash, ctx)
  if (content.kind === 'text' && isFormWord(content.text) && entry.flow.form !== undefined)
    return longForm(entry, state, ctx)
  const told = advance(entry.flow, state, content, ctx)
  const isMissed = told.state !== null && told.state.misses > state.misses
  const isOver = isMissed && wantsToStop(ctx.understood)
  const next = isOver ? advance(entry.flow, state, { kind: 'text', text: STOP }, ctx) : told
  const asked =
    isMissed && !isOver ? askedMeanwhile(registry, entry, state, content, ctx) : undefined
  if (asked !== undefined) return asked
  const decision: Decision = { state: next.state, say: next.say }
  if (ctx.understood?.intent === 'sos') decision.sos = true
  if (next.state !== null && entry.keep !== undefined) decision.keep = entry
  if (next.helped) decision.hotlines = true
  if (next.stuck) {
    decision.hotlines = true
    decision.say = [stuck(ctx, entry), ...next.say]
  }
  if (next.cancelled) {
    const hint = stopIn(content) === undefined ? [] : [say(ctx.t('doors:stop.hint'))]
    decision.say = [...next.say, ...hint, ...shown([mainMenu(registry, ctx.t)], ctx)]
  }
  if (next.done !== undefined) decision.done = { entry, data: next.done }
  return decision
}

/** "không nhớ" answers a question; what was typed is not thrown away for a guess. */
const SURE_OF_STOP = 0.9
/** A word that ends a flow at every step. */
const STOP = 'hủy'

/** "thôi, không gửi nữa": more than the one word, and surely nothing else. */
const wantsToStop = (understood: Understanding | undefined): boolean =>
  understood?.intent === 'cancel' && understood.confidence >= SURE_OF_STOP

/** Something about messages that came by themselves, in the middle of a flow: answered, and the question comes again. */
function meanwhile(
  registry: Registry,
  entry: FlowEntry<Ctx>,
  state: FlowState,
  { intent, payload }: Pressed,
  ctx: MenuContext,
): Decision {
  const command = registry.commands.get(intent)
  if (command === undefined) return between(registry, null, { kind: 'start', payload: intent }, ctx)
  const again = reask(entry.flow, state, ctx)
  const more = payload === undefined ? {} : { payload }
  return { state: again.state, say: again.say, command, ...more }
}

/** Leaves the flow for what a command asks; a choice of language comes back to it. */
function leaveFor(
  registry: Registry,
  entry: FlowEntry<Ctx>,
  state: FlowState,
  word: string,
  ctx: MenuContext,
): Decision {
  if (word === 'language') return { state, say: shown([languageMenu(ctx.t)], ctx) }
  const decision = registry.byIntent.has(word)
    ? startFlow(registry, word, ctx, {})
    : menu(registry, word, ctx)
  // What was kept already goes on; saying that it was not sent would be wrong.
  const left = entry.keep === undefined ? [say(ctx.t('chat:engine.cancelled'))] : []
  return { ...decision, say: [...left, ...decision.say] }
}

/**
 * A question about something else is answered, and the open one comes again: nobody is held in a form. A look-up loses
 * nothing and is left for it; a form that is half filled says how to ask it.
 */
function askedMeanwhile(
  registry: Registry,
  entry: FlowEntry<Ctx>,
  state: FlowState,
  content: Content,
  ctx: MenuContext,
): Decision | undefined {
  const text = content.kind === 'text' ? content.text : ''
  const wish = otherWish(registry, entry, text, ctx.understood)
  if (wish !== undefined && wish !== 'contact') {
    if (entry.readsOnly === true) return between(registry, null, content, ctx)
    const again = reask(entry.flow, state, ctx, [say(ctx.t('menu:later'))])
    return { state: again.state, say: again.say }
  }
  const { intent, confidence } = ctx.understood ?? { intent: 'out_of_scope', confidence: 0 }
  const isOurs =
    registry.byIntent.has(intent) || (registry.commands.has(intent) && intent !== 'contact')
  if (confidence < SURE_ENOUGH || isOurs) return undefined
  const answer = aside(intent, ctx)
  if (answer === undefined) return undefined
  const again = reask(entry.flow, state, ctx, [say(answer)])
  return {
    state: again.state,
    say: again.say,
    ...(intent === 'contact' ? { hotlines: true as const } : {}),
  }
}

const stuck = ({ t, formUrl, reportUrl }: MenuContext, { flow }: FlowEntry<Ctx>): Message => ({
  parts: [
    { kind: 'text', text: t('chat:turn.stuck') },
    {
      kind: 'link',
      label: t('chat:turn.form'),
      url: flow.form === undefined ? reportUrl : formUrl,
    },
  ],
})

/** The page for long input, and the open question again (which may name the page itself). */
function longForm(entry: FlowEntry<Ctx>, state: FlowState, ctx: MenuContext): Decision {
  const { formUrl, t } = ctx
  const again = reask(entry.flow, state, ctx)
  const isNamed = again.say.some(({ parts }) =>
    parts.some((part) => part.kind === 'link' && part.url === formUrl),
  )
  const offer = isNamed ? [] : [{ parts: formOffer(t, formUrl) }]
  return { state: again.state, say: [...offer, ...again.say] }
}

function between(
  registry: Registry,
  state: FlowState | null,
  content: Content,
  ctx: MenuContext,
): Decision {
  const kept = typeof state?.data.text === 'string' ? { description: state.data.text } : {}
  switch (content.kind) {
    case 'start':
      return content.payload === undefined
        ? menu(registry, 'greeting', ctx)
        : byPayload(registry, content.payload, ctx)
    case 'choice': {
      const parsed = parseChoiceId(content.id)
      if (parsed?.flow !== MENU) return tell(registry, ctx.t('menu:old_button'), ctx)
      return byPayload(registry, parsed.choice, ctx, kept)
    }
    case 'photo':
      if (ctx.understood?.intent === 'sos')
        return startFlow(registry, 'sos', ctx, { description: content.caption ?? '' })
      return startFlow(registry, 'report_incident', ctx, {
        mediaIds: content.mediaIds,
        ...(content.caption === undefined ? {} : { description: content.caption }),
      })
    case 'location':
      if (ctx.facts.outsideProvince) return tell(registry, ctx.t('menu:outside', ctx.call), ctx)
      return startFlow(registry, 'report_incident', ctx, kept)
    case 'text':
      return inTheirs(content.text, ctx, (theirs) => byText(registry, content.text, theirs, kept))
    case 'unsupported': {
      const key = unsupportedKey(content.what)
      return tell(
        registry,
        key === 'chat:engine.unsupported' ? ctx.t('menu:unsupported', ctx.call) : ctx.t(asKey(key)),
        ctx,
      )
    }
    default:
      return tell(registry, ctx.t('menu:unsupported', ctx.call), ctx)
  }
}

/** Whoever writes English is answered in English from then on. */
function inTheirs(text: string, ctx: MenuContext, decideIn: (ctx: MenuContext) => Decision) {
  if (ctx.language === 'en' || !soundsEnglish(text)) return decideIn(ctx)
  const decision = decideIn({ ...ctx, t: ctx.translate('en') })
  return { language: 'en' as const, ...decision }
}

/** `<intent>` or `<intent>.<payload>`, from a button or a link. */
function byPayload(
  registry: Registry,
  payload: string,
  ctx: MenuContext,
  known: Known = {},
): Decision {
  const dot = payload.indexOf('.')
  const intent = dot < 0 ? payload : payload.slice(0, dot)
  const rest = dot < 0 ? undefined : payload.slice(dot + 1)
  const code = parsePublicCode(rest ?? payload)
  const more: Known = {
    ...known,
    ...(rest === undefined ? {} : { payload: rest }),
    ...(code === undefined ? {} : { code }),
  }
  if (registry.byIntent.has(intent)) return startFlow(registry, intent, ctx, more)
  if (code !== undefined) return startFlow(registry, 'track_report', ctx, more)
  const joins = typedCode(payload)
  if (joins !== undefined) return runCommand(registry, 'join', ctx, joins)
  return runCommand(registry, intent, ctx, rest)
}

function runCommand(
  registry: Registry,
  intent: string,
  ctx: MenuContext,
  payload: string | undefined,
): Decision {
  const decision = menu(registry, intent, ctx)
  return payload === undefined ? decision : { ...decision, payload }
}

function byText(registry: Registry, text: string, ctx: MenuContext, kept: Known): Decision {
  const report = registry.byIntent.get('report_incident')
  if (report?.flow.form !== undefined && isFormWord(text)) {
    const started = startFlow(registry, 'report_incident', ctx, kept)
    return { ...started, say: [{ parts: formOffer(ctx.t, ctx.formUrl) }] }
  }
  const chosen = findChoice(text, ctx.lastChoices)
  const id = chosen === undefined ? undefined : parseChoiceId(chosen.id)
  if (id?.flow === MENU) return byPayload(registry, id.choice, ctx, kept)
  if (stopIn({ kind: 'text', text }) !== undefined) return menu(registry, 'stop', ctx)
  const joins = typedCode(text)
  if (joins !== undefined) return runCommand(registry, 'join', ctx, joins)
  const word = menuWord(text)
  if (word !== undefined)
    return registry.byIntent.has(word)
      ? startFlow(registry, word, ctx, kept)
      : menu(registry, word, ctx)
  if (asksForPerson(text)) return menu(registry, 'person', ctx)
  const visit = visitIn(text, ctx.lastChoices, ctx.understood)
  if (visit !== undefined) return byPayload(registry, visit, ctx, { words: text })
  const wish = wishOf(text)
  if (wish === 'unsubscribe' || wish === 'subscriptions') return menu(registry, wish, ctx, text)
  if (wish === 'subscribe') return startFlow(registry, wish, ctx, { description: text })
  const understood = ctx.understood
  if (understood === undefined) return unknown(registry, text, ctx)
  const { intent, confidence, category, urgent, entities } = understood
  const code = entities.incidentCodes?.[0]
  const isStory = category !== undefined || urgent || intent === 'sos' || intent === 'subscribe'
  const known: Known = {
    words: text,
    ...(isStory ? { description: text } : {}),
    ...(category === undefined ? {} : { category }),
    ...(urgent || intent === 'sos' ? { urgency: 'urgent' } : {}),
    ...(code === undefined ? {} : { code }),
  }
  if (intent === 'sos') return startFlow(registry, 'sos', ctx, known)
  if (!urgent && entities.depth === undefined && asksForPoints(text))
    return menu(registry, 'flood_points', ctx, text)
  if (hasDossierCode(text) && registry.byIntent.has('check_dossier'))
    return startFlow(registry, 'check_dossier', ctx, known)
  if (confidence < SURE_ENOUGH) return unsure(registry, text, ctx, understood)
  if (!registry.byIntent.has(intent)) return menu(registry, intent, ctx, text)
  return { ...startFlow(registry, intent, ctx, known), ...(urgent ? { sos: true } : {}) }
}

/** Answers an intent that needs no questions. */
function menu(registry: Registry, intent: string, ctx: MenuContext, text = ''): Decision {
  const { t } = ctx
  const command = registry.commands.get(intent)
  if (command !== undefined) return { state: null, say: [], command }
  switch (intent) {
    case 'greeting':
      return { state: null, say: shown([greeting(registry, t, ctx.place)], ctx) }
    case 'menu':
    case 'cancel':
      return tell(registry, t('menu:main'), ctx)
    case 'help':
      return { ...tell(registry, t('menu:help'), ctx), hotlines: true }
    case 'language':
      return { state: null, say: shown([languageMenu(t)], ctx) }
    case 'lang-vi':
    case 'lang-en': {
      const language = intent === 'lang-en' ? 'en' : 'vi'
      const other = { ...ctx, t: ctx.translate(language) }
      return { ...tell(registry, other.t('menu:language.done'), other), language }
    }
    case 'thanks':
      return tell(registry, t('menu:thanks'), ctx)
    case 'complaint':
      return tell(registry, complaint(ctx), ctx)
    default:
      return intent === 'out_of_scope' || (text === '' && !isOffered(intent))
        ? unknown(registry, text, ctx)
        : elsewhere(registry, intent, ctx)
  }
}

/** Not sure: the likeliest are offered as buttons, and the words are kept for the one that is chosen. */
function unsure(registry: Registry, text: string, ctx: MenuContext, read: Understanding): Decision {
  const asked = likely(read, ctx.t)
  const kept = unknown(registry, text, ctx)
  if (mayBeDanger(read)) kept.sos = true
  return asked === undefined ? kept : { ...kept, say: shown([asked], ctx) }
}

/** Not understood: the words are kept, so that "report" right after needs no typing again. */
function unknown(registry: Registry, text: string, ctx: MenuContext): Decision {
  const data = text.trim() === '' ? {} : { text }
  const state = { flow: MENU, version: 1, step: 'unknown', data, misses: 0, history: [] }
  return {
    ...tell(registry, ctx.t('menu:unknown', ctx.call), ctx),
    misread: true,
    state: 'text' in data ? state : null,
  }
}

function startFlow(registry: Registry, intent: string, ctx: MenuContext, known: Known): Decision {
  const entry = registry.byIntent.get(intent)
  if (entry === undefined) return elsewhere(registry, intent, ctx)
  const { places, people, vulnerable, found, river } = ctx.facts
  const all: Known = {
    ...known,
    ...(places.length === 0 ? {} : { places }),
    ...(people === undefined ? {} : { people }),
    ...(vulnerable === undefined ? {} : { vulnerable }),
    ...(found === undefined ? {} : { found }),
    ...(river === undefined ? {} : { river }),
  }
  return { state: null, say: [], start: { entry, known: all } }
}

const elsewhere = (registry: Registry, intent: string, ctx: MenuContext): Decision =>
  tell(registry, `${notYet(intent, ctx)} ${ctx.t('menu:else')}`, ctx)

const tell = (registry: Registry, lead: string, ctx: MenuContext): Decision => ({
  state: null,
  say: shown([mainMenu(registry, ctx.t, lead)], ctx),
})

/** Messages of the menu with ids that work at any later turn too. */
export const shown = (
  messages: readonly Message[],
  { turn }: { turn: number },
): readonly Message[] => withChoiceIds(messages, MENU, turn + 1)
