import type { FlowEntry } from '../api/chat/entry.ts'
import type { Message } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'

/** The chat in which a command was given. */
export type CommandChat = {
  channel: string
  chatKey: string
  conversationId: string
  /** Null while this chat has kept nothing about anybody. */
  residentId: string | null
  /** What was typed; empty when a button was pressed. */
  words: string
  /** What stood behind the dot of a pressed `<intent>.<payload>`. */
  payload?: string
}

/** Something that is answered at once, without questions; runs under the turn's savepoint. */
export type Command = {
  intents: readonly string[]
  run: (ctx: Ctx, chat: CommandChat) => Promise<readonly Message[]>
}

export type Registry = {
  flows: ReadonlyMap<string, FlowEntry<Ctx>>
  byIntent: ReadonlyMap<string, FlowEntry<Ctx>>
  commands: ReadonlyMap<string, Command>
}

/** All that this installation can do by chat; the first entry for an intent has it. */
export function createRegistry(
  entries: readonly FlowEntry<Ctx>[],
  commands: readonly Command[],
): Registry {
  const byIntent = new Map<string, FlowEntry<Ctx>>()
  for (const entry of entries) {
    for (const intent of entry.intents) if (!byIntent.has(intent)) byIntent.set(intent, entry)
  }
  return {
    flows: new Map(entries.map((entry) => [entry.flow.id, entry])),
    byIntent,
    commands: new Map(commands.flatMap((command) => command.intents.map((i) => [i, command]))),
  }
}

export const canDo = (registry: Registry, intent: string): boolean =>
  registry.byIntent.has(intent) || registry.commands.has(intent)
