import { parseChoiceId } from '../api/chat/choice-id.ts'
import type { FlowEntry } from '../api/chat/entry.ts'
import type { FlowState } from '../api/chat/flow.ts'
import type { Content } from '../api/chat/inbound.ts'
import { universalWord } from '../api/chat/match.ts'
import type { Ctx } from '../api/context.ts'
import { findDossierCodes } from '../api/core/dossier-code.ts'
import type { Understanding } from '../api/understanding/index.ts'
import type { Language } from '../locales/index.ts'
import { wishOf } from './doors.ts'
import { languageWord, menuWord } from './menu-words.ts'
import { canDo, type Registry } from './registry.ts'

/** State between flows: words that were not understood, kept for the flow that is chosen next. */
export const MENU = 'menu'
/** Below this a guess is not acted on. */
export const SURE_ENOUGH = 0.5
/** Whether a code's day has come is its use-case's matter. */
const ANY_DAY = '9999-12-31'

/** A change of language is followed at any time. */
export function languageOf(content: Content): Language | undefined {
  if (content.kind === 'text') return languageWord(content.text)
  if (content.kind !== 'choice') return undefined
  const parsed = parseChoiceId(content.id)
  if (parsed?.flow !== MENU) return undefined
  return parsed.choice === 'lang-en' ? 'en' : parsed.choice === 'lang-vi' ? 'vi' : undefined
}

/** Whether a running flow may begin anew in this turn and so needs to know what is known. */
export const mayRestart = (registry: Registry, state: FlowState, content: Content): boolean =>
  registry.flows.get(state.flow)?.flow.version !== state.version ||
  (content.kind === 'text' && universalWord(content.text) === 'restart') ||
  (content.kind === 'choice' && content.id.endsWith(':restart'))

/** A typed `/command` that means something outside of this question; cancel and help are the engine's own. */
export function commandOf(content: Content): string | undefined {
  if (content.kind !== 'text' || !content.text.startsWith('/')) return undefined
  const word = menuWord(content.text)
  return word === 'help' || universalWord(content.text) !== undefined ? undefined : word
}

/** A word or a button of the menu, where no question is open. */
export const elsewhereIn = (content: Content): true | undefined => {
  if (content.kind === 'text')
    return menuWord(content.text) !== undefined && universalWord(content.text) === undefined
      ? true
      : undefined
  return content.kind === 'choice' && parseChoiceId(content.id)?.flow === MENU ? true : undefined
}

/** The code of a dossier says what is wanted, whatever stands around it. */
export const hasDossierCode = (text: string): boolean => findDossierCodes(text, ANY_DAY).length > 0

/** What words that do not fit the open question ask for, when it is surely something else that is done here. */
export function otherWish(
  registry: Registry,
  entry: FlowEntry<Ctx>,
  text: string,
  understood: Understanding | undefined,
): string | undefined {
  const sure =
    understood !== undefined && understood.confidence >= SURE_ENOUGH ? understood.intent : undefined
  const wish = hasDossierCode(text) ? 'check_dossier' : (menuWord(text) ?? wishOf(text) ?? sure)
  if (wish === undefined || wish === 'sos' || entry.intents.includes(wish)) return undefined
  return canDo(registry, wish) ? wish : undefined
}
