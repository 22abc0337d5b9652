import type { ChannelId } from '../../api/chat/inbound.ts'

/** How to reach the Bot API. `fetch` carries a proxy where one is set; the default is the host's own. */
export type TelegramAccess = {
  token: string
  /** Default https://api.telegram.org; a trailing slash is taken off. */
  apiRoot?: string | null
  fetch?: typeof fetch
}

/** Bytes of a stored picture that may be shown to this reader; undefined when there are none. */
export type Media = {
  bytesOf(mediaId: string): Promise<{ bytes: Uint8Array; contentType: string } | undefined>
}

/** Moves all that is stored under a chat's old id; called again for the same move, it does nothing. */
export type Migrations = {
  moved(chat: { channel: ChannelId; fromChatKey: string; toChatKey: string }): Promise<void>
}

/** A fault worth a line in the log. Holds codes and the platform's words, never the token, a message or a name. */
export type TelegramFault = { what: string; code: string; status?: number; description?: string }
export type OnFault = (fault: TelegramFault) => void
