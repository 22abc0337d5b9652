import type { Api } from 'grammy/web'
import { telegramApi } from './api.ts'
import { COMMANDS, type CommandName } from './commands.ts'
import { faultOf } from './faults.ts'
import type { TelegramMe } from './inbound.ts'
import type { OnFault, TelegramAccess } from './ports.ts'

const TIMEOUT_MS = 15_000

/** What is read; the default leaves out nothing of these, but a later default might. `my_chat_member` tells of blocks. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const

/** Sentences of the bot's own controls in one language; a command's description is 1–256 signs. */
export type TelegramWords = {
  commands: Readonly<Record<CommandName, string>>
  /** On the button beside the input field. */
  openApp: string
}

type Options = TelegramAccess & {
  /** Null: polling, a webhook that is set is taken away. */
  webhook: { url: string; secretToken: string; maxConnections?: number } | null
  words: Readonly<Record<'vi' | 'en', TelegramWords>>
  /** Address of the mini-app; Telegram opens only https, with anything else the button lists the commands. */
  miniAppUrl: string | null
  onFault?: OnFault
}

export type SetUp = {
  /** Undefined when Telegram could not be asked. */
  me: TelegramMe | undefined
  /** Steps that failed; calling again does all of it again. */
  failed: readonly string[]
}

/**
 * Tells Telegram how this installation is reached and what it can do. Every step sets what should be, so it is called
 * at each start; a step that fails does not stop the others, and nothing is thrown.
 */
export async function setupTelegram(options: Options): Promise<SetUp> {
  const { words, onFault } = options
  const api = telegramApi(options, { timeoutMs: TIMEOUT_MS })
  const failed: string[] = []
  const step = async <T>(what: string, run: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await run()
    } catch (error) {
      failed.push(what)
      onFault?.(faultOf(what, error))
      return undefined
    }
  }
  const bot = await step('getMe', () => api.getMe())
  await step('setWebhook', () => setWebhook(api, options.webhook))
  // Vietnamese is for everyone whose language has no list of its own.
  await step('setMyCommands', () => setCommands(api, words.vi))
  await step('setMyCommands.en', () => setCommands(api, words.en, 'en'))
  await step('setChatMenuButton', () => setMenuButton(api, options))
  return { me: bot === undefined ? undefined : { id: bot.id, username: bot.username }, failed }
}

function setWebhook(api: Api, webhook: Options['webhook']) {
  if (webhook === null) return api.deleteWebhook()
  return api.setWebhook(webhook.url, {
    secret_token: webhook.secretToken,
    allowed_updates: ALLOWED_UPDATES,
    ...(webhook.maxConnections === undefined ? {} : { max_connections: webhook.maxConnections }),
  })
}

/** In private chats only: a group is answered with a pointer, whatever the command. */
const setCommands = (api: Api, words: TelegramWords, language?: 'en') =>
  api.setMyCommands(
    COMMANDS.map((command) => ({ command, description: words.commands[command] })),
    {
      scope: { type: 'all_private_chats' },
      ...(language === undefined ? {} : { language_code: language }),
    },
  )

const setMenuButton = (api: Api, { miniAppUrl, words }: Options) =>
  api.setChatMenuButton({
    menu_button: miniAppUrl?.startsWith('https://')
      ? { type: 'web_app', text: words.vi.openApp, web_app: { url: miniAppUrl } }
      : { type: 'commands' },
  })
