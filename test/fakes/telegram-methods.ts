import { checkCaption, checkRate, checkText, readMarkup, visibleText } from './telegram-checks.ts'
import { isUpload } from './telegram-params.ts'
import {
  type FakeChat,
  type FakeState,
  type Params,
  Refusal,
  type SentMessage,
} from './telegram-state.ts'

const PHOTO_MAX_BYTES = 10_000_000
const FILE_MAX_BYTES = 20_000_000
const bad = (words: string) => new Refusal(400, `Bad Request: ${words}`)

type Method = (state: FakeState, params: Params) => unknown

/** The methods that are answered; any other is "not found", as a wrong name is there. */
export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['getMe', (state) => state.bot],
  ['sendMessage', sendMessage],
  ['sendPhoto', sendPhoto],
  ['answerCallbackQuery', answerCallbackQuery],
  ['setWebhook', setWebhook],
  ['deleteWebhook', deleteWebhook],
  [
    'getWebhookInfo',
    (state) => ({ url: state.webhook?.url ?? '', pending_update_count: state.queue.length }),
  ],
  ['setMyCommands', setMyCommands],
  ['setChatMenuButton', setChatMenuButton],
  ['getFile', getFile],
])

function sendMessage(state: FakeState, params: Params) {
  const chat = openChat(state, params)
  const raw = String(params.text ?? '')
  const text = visibleText(raw, params.parse_mode)
  checkText(text)
  const markup = readMarkup(params.reply_markup as Params | undefined, chat.type === 'private')
  checkRate(state, Date.now())
  return keep(state, chat, params, { text, raw, ...markup })
}

function sendPhoto(state: FakeState, params: Params) {
  const chat = openChat(state, params)
  const raw = String(params.caption ?? '')
  const text = visibleText(raw, params.parse_mode)
  checkCaption(text)
  const markup = readMarkup(params.reply_markup as Params | undefined, chat.type === 'private')
  const { photo } = params
  const shown = isUpload(photo)
    ? uploaded(state, photo.bytes, photo.name)
    : linked(state, String(photo ?? ''))
  checkRate(state, Date.now())
  const sent = keep(state, chat, params, { text, raw, photo: shown.photo, ...markup })
  const size = {
    file_id: shown.fileId,
    file_unique_id: `u${shown.fileId}`,
    width: 800,
    height: 600,
  }
  return { ...sent, photo: [{ ...size, file_id: `${shown.fileId}s`, width: 90, height: 67 }, size] }
}

function uploaded(state: FakeState, bytes: Uint8Array, name: string) {
  if (bytes.length > PHOTO_MAX_BYTES) throw bad('file is too big')
  if (bytes.length === 0) throw bad('file must be non-empty')
  const fileId = addFile(state, bytes)
  return { fileId, photo: { bytes: bytes.length, name } }
}

/** By id of a file known here, else by an address that Telegram's servers could reach. */
function linked(state: FakeState, photo: string) {
  if (state.files.has(photo)) return { fileId: photo, photo: { fileId: photo } }
  if (!/^https?:\/\//.test(photo)) throw bad('wrong file identifier/HTTP URL specified')
  const { hostname } = new URL(photo)
  if (!hostname.includes('.') || /^(127|10|192\.168)\./.test(hostname))
    throw bad('failed to get HTTP URL content')
  return { fileId: addFile(state, new Uint8Array(1)), photo: { url: photo } }
}

/** The chat of a call, or the refusal that fits its state. */
function openChat(state: FakeState, params: Params): FakeChat {
  const chat = state.chats.get(Number(params.chat_id))
  if (chat === undefined) throw bad('chat not found')
  if (chat.migratedTo !== undefined)
    throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.migratedTo,
    })
  if (chat.state === 'blocked') throw new Refusal(403, 'Forbidden: bot was blocked by the user')
  if (chat.state === 'deactivated') throw new Refusal(403, 'Forbidden: user is deactivated')
  if (chat.state === 'kicked')
    throw new Refusal(403, 'Forbidden: bot was kicked from the group chat')
  return chat
}

function keep(
  state: FakeState,
  chat: FakeChat,
  params: Params,
  message: Omit<SentMessage, 'messageId'>,
) {
  const messageId = ++state.ids.message
  const parseMode = params.parse_mode === undefined ? {} : { parseMode: String(params.parse_mode) }
  chat.messages.push({ ...message, ...parseMode, messageId })
  const date = Math.floor(Date.now() / 1000)
  const words = message.photo === undefined ? { text: message.text } : { caption: message.text }
  return {
    message_id: messageId,
    from: state.bot,
    chat: { id: chat.id, type: chat.type },
    date,
    ...words,
  }
}

function answerCallbackQuery(state: FakeState, params: Params) {
  const press = state.presses.get(String(params.callback_query_id))
  if (press === undefined || press.answered)
    throw bad('query is too old and response timeout expired or query ID is invalid')
  press.answered = true
  return true
}

function setWebhook(state: FakeState, params: Params) {
  const url = String(params.url ?? '')
  const secretToken = params.secret_token
  if (url !== '' && !URL.canParse(url)) throw bad('bad webhook: Failed to parse URL')
  if (secretToken !== undefined && !/^[\w-]{1,256}$/.test(String(secretToken)))
    throw bad('secret token contains unallowed characters')
  delete state.webhook
  if (url !== '')
    state.webhook = {
      url,
      maxConnections: Number(params.max_connections ?? 40),
      ...(secretToken === undefined ? {} : { secretToken: String(secretToken) }),
      ...(Array.isArray(params.allowed_updates) ? { allowed: params.allowed_updates } : {}),
    }
  return true
}

function deleteWebhook(state: FakeState, params: Params) {
  delete state.webhook
  if (params.drop_pending_updates === true) state.queue = []
  return true
}

function setMyCommands(state: FakeState, params: Params) {
  const commands = params.commands as { command: string; description: string }[]
  const isFit = ({ command, description }: { command: string; description: string }) =>
    /^[a-z0-9_]{1,32}$/.test(command) && description.length >= 1 && description.length <= 256
  if (commands.length > 100) throw bad('too many commands specified')
  if (!commands.every(isFit)) throw bad('BOT_COMMAND_INVALID')
  state.commands.set(String(params.language_code ?? ''), commands)
  return true
}

function setChatMenuButton(state: FakeState, params: Params) {
  const button = params.menu_button as { type: string; web_app?: { url: string } }
  if (button.type === 'web_app' && !button.web_app?.url.startsWith('https://'))
    throw bad('BUTTON_URL_INVALID')
  state.menuButton = button
  return true
}

function getFile(state: FakeState, params: Params) {
  const file = state.files.get(String(params.file_id))
  if (file === undefined) throw bad('wrong file_id or the file is temporarily unavailable')
  if (file.size > FILE_MAX_BYTES) throw bad('file is too big')
  return {
    file_id: file.fileId,
    file_unique_id: `u${file.fileId}`,
    file_size: file.size,
    file_path: file.path,
  }
}

/** Keeps bytes as a file of the bot; `size` is what is said of it, by default the truth. */
export function addFile(state: FakeState, bytes: Uint8Array, size = bytes.length): string {
  const number = ++state.ids.file
  const fileId = `AgACAgUAAxk${number}`
  state.files.set(fileId, { fileId, path: `photos/file_${number}.jpg`, bytes, size })
  return fileId
}
