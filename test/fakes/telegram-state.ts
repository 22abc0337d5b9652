/** What the fake Bot API knows; all of it open to tests. */
export type Params = Record<string, unknown>

export type FakeCall = {
  /** Unix milliseconds when the request was read. */
  at: number
  method: string
  params: Params
  chatId?: number
  /** Set when it was answered; a call that never was stays without. */
  status?: number
}

export type SentMessage = {
  messageId: number
  text: string
  /** In HTML mode as it was sent. */
  raw: string
  parseMode?: string
  photo?: { url: string } | { bytes: number; name: string } | { fileId: string }
  buttons: { text: string; data?: string; url?: string; webApp?: string }[]
  keyboard: { text: string; wants?: 'location' | 'contact' }[]
}

export type FakeChat = {
  id: number
  type: 'private' | 'group' | 'supergroup'
  languageCode?: string
  state: 'open' | 'blocked' | 'deactivated' | 'kicked'
  migratedTo?: number
  messages: SentMessage[]
}

export type Update = { update_id: number } & Record<string, unknown>

/**
 * What the next fitting call gets instead of its answer. `accepts`: the message arrives all the same, as it may behind
 * a broken line.
 */
export type FakeOutcome =
  | { kind: 'error'; status: number; description: string; parameters?: Params }
  | { kind: 'page'; status: number }
  | { kind: 'slow'; ms: number }
  | { kind: 'silence'; accepts?: boolean }
  | { kind: 'hangup'; accepts?: boolean }

export type Script = { method?: string; chatId?: number; times?: number; outcome: FakeOutcome }

export type FakeFile = { fileId: string; path: string; bytes: Uint8Array; size: number }

export type FakeState = {
  token: string
  bot: { id: number; is_bot: true; first_name: string; username: string }
  calls: FakeCall[]
  chats: Map<number, FakeChat>
  files: Map<string, FakeFile>
  scripts: Script[]
  queue: Update[]
  webhook?: { url: string; secretToken?: string; allowed?: string[]; maxConnections: number }
  commands: Map<string, { command: string; description: string }[]>
  menuButton: unknown
  /** Pressed buttons, and whether their spinner was stopped. */
  presses: Map<string, { answered: boolean }>
  /** Calls a second that are let through, over all chats. */
  perSecond: number | null
  sentAt: number[]
  ids: { update: number; message: number; file: number; press: number }
}

export const newState = (token: string): FakeState => ({
  token,
  bot: {
    id: Number(token.split(':')[0]),
    is_bot: true,
    first_name: 'Loa',
    username: 'loa_thu_bot',
  },
  calls: [],
  chats: new Map(),
  files: new Map(),
  scripts: [],
  queue: [],
  commands: new Map(),
  menuButton: { type: 'default' },
  presses: new Map(),
  perSecond: null,
  sentAt: [],
  ids: { update: 880_000_000, message: 100, file: 0, press: 0 },
})

/** An answer of the Bot API that is not `ok`. */
export class Refusal extends Error {
  readonly status: number
  readonly parameters: Params | undefined

  constructor(status: number, description: string, parameters?: Params) {
    super(description)
    this.status = status
    this.parameters = parameters
  }
}

/** Takes one use of the first script that fits. */
export function takeScript(state: FakeState, method: string, chatId?: number) {
  const at = state.scripts.findIndex(
    (script) =>
      (script.method === undefined || script.method === method) &&
      (script.chatId === undefined || script.chatId === chatId),
  )
  const script = state.scripts[at]
  if (script === undefined) return undefined
  const left = (script.times ?? 1) - 1
  if (left <= 0) state.scripts.splice(at, 1)
  else script.times = left
  return script.outcome
}
