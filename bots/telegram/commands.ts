import type { Content } from '../../api/chat/inbound.ts'

/** What the menu beside the input field lists, in this order; `start` is understood but not listed. */
export const COMMANDS = [
  'menu',
  'report',
  'status',
  'help',
  'cancel',
  'lang',
  'privacy',
  'stop',
] as const
export type CommandName = (typeof COMMANDS)[number]

/** https://core.telegram.org/bots/features#deep-linking */
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/
const COMMAND = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+|$)([\s\S]*)$/

/** A text split as a command; `bot` is the name behind the @. */
export type Slash = { name: string; bot?: string; rest: string }

export function parseSlash(text: string): Slash | undefined {
  const [, name, bot, rest = ''] = COMMAND.exec(text) ?? []
  if (name === undefined) return undefined
  return { name: name.toLowerCase(), rest: rest.trim(), ...(bot === undefined ? {} : { bot }) }
}

export const isOurCommand = (name: string): boolean =>
  name === 'start' || (COMMANDS as readonly string[]).includes(name)

/**
 * What a command means to the conversation. The slash stays, so that a command can be told from an answer; the menu
 * reads over it. A start payload that Telegram would not have let through counts as none.
 */
export function commandContent({ name, rest }: Slash): Content {
  if (name === 'start')
    return PAYLOAD.test(rest) ? { kind: 'start', payload: rest } : { kind: 'start' }
  if (name === 'lang' && /^(vi|en)$/i.test(rest)) return { kind: 'text', text: `/${rest}` }
  return { kind: 'text', text: rest === '' ? `/${name}` : `/${name} ${rest}` }
}
