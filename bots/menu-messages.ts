import { type Choice, type Message, say } from '../api/chat/message.ts'
import { asKey, type Translate } from '../locales/index.ts'
import { canDo, type Registry } from './registry.ts'

/** In the order shown; what the installation cannot do is left out. At most five, so that Zalo shows them as buttons. */
const ITEMS = ['report_incident', 'track_report', 'contact', 'privacy', 'language'] as const
/** Answered by the menu itself. */
const OWN: ReadonlySet<string> = new Set(['language'])

const mainChoices = (registry: Registry, t: Translate): readonly Choice[] =>
  ITEMS.filter((intent) => OWN.has(intent) || canDo(registry, intent)).map((intent) => ({
    id: intent,
    label: t(asKey(`menu:item.${intent}`)),
  }))

export const mainMenu = (registry: Registry, t: Translate, lead?: string): Message =>
  say(lead ?? t('menu:main'), mainChoices(registry, t))

export const greeting = (registry: Registry, t: Translate, place: string): Message =>
  mainMenu(registry, t, t('menu:greeting', { place }))

/** Both names are always written in their own language. */
export const languageMenu = (t: Translate): Message =>
  say(t('menu:language.ask'), [
    { id: 'lang-vi', label: 'Tiếng Việt' },
    { id: 'lang-en', label: 'English' },
  ])
