import { addFile } from './telegram-methods.ts'
import type { FakeChat, FakeState, Update } from './telegram-state.ts'

type From = { chatId: number; groupId?: number; languageCode?: string }
type Extra = Record<string, unknown>

/** Raw updates as people cause them, not yet on their way: for duplicates, other orders and odd fields. */
export function createPeople(state: FakeState) {
  const now = () => Math.floor(Date.now() / 1000)

  function chatOf(id: number, languageCode?: string): FakeChat {
    const known = state.chats.get(id)
    if (known !== undefined) return known
    const type = id > 0 ? 'private' : id > -1_000_000_000_000 ? 'group' : 'supergroup'
    const chat: FakeChat = {
      id,
      type,
      state: 'open',
      messages: [],
      ...(languageCode === undefined ? {} : { languageCode }),
    }
    state.chats.set(id, chat)
    return chat
  }

  const person = (id: number) => ({
    id,
    is_bot: false,
    first_name: `Người ${id}`,
    language_code: state.chats.get(id)?.languageCode ?? 'vi',
  })

  const numbered = (body: Extra): Update => ({ update_id: ++state.ids.update, ...body })

  function message(from: From, content: Extra): Update {
    const own = chatOf(from.chatId, from.languageCode)
    const chat = from.groupId === undefined ? own : chatOf(from.groupId)
    const head = { message_id: ++state.ids.message, from: person(from.chatId), date: now() }
    return numbered({ message: { ...head, chat: { id: chat.id, type: chat.type }, ...content } })
  }

  function text(from: From, words: string, extra: Extra = {}): Update {
    const length = words.split(/\s/)[0]?.length ?? 0
    const entities = words.startsWith('/')
      ? { entities: [{ type: 'bot_command', offset: 0, length }] }
      : {}
    return message(from, { text: words, ...entities, ...extra })
  }

  /** Two sizes of one picture, the larger of `bytes`; `size` is what is said of it. */
  function photo(from: From, bytes: Uint8Array, extra: Extra & { size?: number } = {}): Update {
    const { size, ...rest } = extra
    const fileId = addFile(state, bytes, size)
    const small = addFile(state, bytes.slice(0, 10))
    const sizes = [
      { file_id: small, file_unique_id: `u${small}`, width: 90, height: 67, file_size: 10 },
      {
        file_id: fileId,
        file_unique_id: `u${fileId}`,
        width: 1280,
        height: 960,
        file_size: size ?? bytes.length,
      },
    ]
    return message(from, { photo: sizes, ...rest })
  }

  const location = (from: From, at: { lng: number; lat: number }, extra: Extra = {}): Update =>
    message(from, { location: { longitude: at.lng, latitude: at.lat }, ...extra })

  const contact = (from: From, phone: string, userId = from.chatId): Update =>
    message(from, { contact: { phone_number: phone, first_name: 'Tên', user_id: userId } })

  /** A press on the newest button with this label or data; throws when the chat shows none. */
  function press(from: From, labelOrData: string): Update {
    const chat = chatOf(from.groupId ?? from.chatId)
    const found = chat.messages
      .toReversed()
      .flatMap((shown) => shown.buttons.map((button) => ({ shown, button })))
      .find(({ button }) => button.data === labelOrData || button.text === labelOrData)
    if (found?.button.data === undefined)
      throw new Error(`no button "${labelOrData}" in ${chat.id}`)
    return pressed(from, found.button.data, found.shown.messageId)
  }

  /** A press on a button of any message, also one that was never shown. */
  function pressed(from: From, data: string, messageId = 1): Update {
    const chat = chatOf(from.groupId ?? from.chatId)
    const id = `3300${++state.ids.press}`
    state.presses.set(id, { answered: false })
    const shown = {
      message_id: messageId,
      from: state.bot,
      chat: { id: chat.id, type: chat.type },
      date: now(),
    }
    return numbered({
      callback_query: { id, from: person(from.chatId), message: shown, chat_instance: '1', data },
    })
  }

  const membership = (chatId: number, before: string, after: string): Update =>
    numbered({
      my_chat_member: {
        chat: { id: chatId, type: chatOf(chatId).type },
        from: person(chatId),
        date: now(),
        old_chat_member: { user: state.bot, status: before },
        new_chat_member: { user: state.bot, status: after },
      },
    })

  return { chatOf, numbered, message, text, photo, location, contact, press, pressed, membership }
}
