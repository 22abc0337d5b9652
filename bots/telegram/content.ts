import type { Content } from '../../api/chat/inbound.ts'
import { lngLat } from '../../api/core/geo.ts'
import { clean } from '../../api/core/text.ts'
import { commandContent, parseSlash } from './commands.ts'
import { FILE_MAX_BYTES, type TelegramFile, type Unsupported } from './inbound.ts'
import { integer, type Json, list, number, record, string } from './json.ts'

export type Read = { content: Content; files?: readonly TelegramFile[] }

/** Kinds we cannot read, by the key that holds them; `animation` stands before `document`, which comes with it. */
const UNREADABLE: readonly (readonly [key: string, what: Unsupported])[] = [
  ['animation', 'animation'],
  ['sticker', 'sticker'],
  ['voice', 'voice'],
  ['audio', 'audio'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['poll', 'poll'],
  ['dice', 'dice'],
  ['game', 'game'],
  ['story', 'story'],
]

/** Said by the platform, not by the person. https://core.telegram.org/bots/api#message */
const SERVICE: readonly string[] = (
  'new_chat_members left_chat_member new_chat_title new_chat_photo delete_chat_photo ' +
  'group_chat_created supergroup_chat_created channel_chat_created managed_bot_created ' +
  'message_auto_delete_timer_changed pinned_message invoice successful_payment ' +
  'refunded_payment users_shared chat_shared connected_website write_access_allowed ' +
  'passport_data proximity_alert_triggered boost_added chat_background_set ' +
  'checklist_tasks_done checklist_tasks_added poll_option_added poll_option_deleted ' +
  'forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened ' +
  'general_forum_topic_hidden general_forum_topic_unhidden giveaway_created giveaway ' +
  'giveaway_winners giveaway_completed gift gift_upgrade_sent unique_gift ' +
  'paid_message_price_changed direct_message_price_changed suggested_post_approved ' +
  'suggested_post_approval_failed suggested_post_declined suggested_post_paid ' +
  'suggested_post_refunded chat_owner_left chat_owner_changed community_chat_added ' +
  'community_chat_removed community_chat_joined video_chat_scheduled video_chat_started ' +
  'video_chat_ended video_chat_participants_invited web_app_data'
).split(' ')

const unsupported = (what: Unsupported): Read => ({ content: { kind: 'unsupported', what } })

/** What a private message says; undefined for what the platform says about the chat. */
export function readContent(message: Json): Read | undefined {
  const text = string(message.text)
  if (text !== undefined) return readText(text)
  if (Array.isArray(message.photo)) return readPhoto(message)
  const unreadable = UNREADABLE.find(([key]) => key in message)
  if (unreadable !== undefined) return unsupported(unreadable[1])
  if ('document' in message) return readDocument(message)
  if ('venue' in message || 'location' in message) return readLocation(message)
  if ('contact' in message) return readContact(message)
  return SERVICE.some((key) => key in message) ? undefined : unsupported('other')
}

function readText(raw: string): Read {
  const text = clean(raw)
  if (text === '') return unsupported('empty')
  const slash = parseSlash(text)
  return { content: slash === undefined ? { kind: 'text', text } : commandContent(slash) }
}

type Size = TelegramFile & { area: number }

/** The sharpest size that may be downloaded. */
function readPhoto(message: Json): Read {
  const sizes = list(message.photo).flatMap((value): Size[] => {
    const file = readFile(record(value))
    const { width, height } = record(value) ?? {}
    return file === undefined
      ? []
      : [{ ...file, area: (number(width) ?? 0) * (number(height) ?? 0) }]
  })
  const [best] = sizes.filter(isSmallEnough).sort((a, b) => b.area - a.area)
  if (best === undefined) return unsupported(sizes.length === 0 ? 'other' : 'file_too_large')
  const { area: _, ...file } = best
  return { content: photo(message), files: [file] }
}

function readDocument(message: Json): Read {
  const document = record(message.document)
  const file = readFile(document)
  const isImage = /^image\//i.test(string(document?.mime_type) ?? '')
  if (file === undefined || !isImage) return unsupported('file')
  return isSmallEnough(file)
    ? { content: photo(message), files: [file] }
    : unsupported('file_too_large')
}

function photo(message: Json): Content {
  const caption = clean(string(message.caption) ?? '')
  return caption === '' ? { kind: 'photo', mediaIds: [] } : { kind: 'photo', mediaIds: [], caption }
}

function readFile(value: Json | undefined): TelegramFile | undefined {
  const fileId = string(value?.file_id)
  if (fileId === undefined || fileId === '') return undefined
  const sizeBytes = integer(value?.file_size)
  const uniqueId = string(value?.file_unique_id) ?? fileId
  return sizeBytes === undefined ? { fileId, uniqueId } : { fileId, uniqueId, sizeBytes }
}

const isSmallEnough = ({ sizeBytes = 0 }: TelegramFile) => sizeBytes <= FILE_MAX_BYTES

function readLocation(message: Json): Read {
  const venue = record(message.venue)
  const point = record(venue?.location) ?? record(message.location)
  const lng = number(point?.longitude)
  const lat = number(point?.latitude)
  const at = lng === undefined || lat === undefined ? undefined : lngLat(lng, lat)
  if (at === undefined) return unsupported('location')
  const names = [venue?.title, venue?.address].map((name) => clean(string(name) ?? ''))
  const label = names.filter((name) => name !== '').join(', ')
  return { content: label === '' ? { kind: 'location', at } : { kind: 'location', at, label } }
}

/** Only a person's own number: anybody's card can be forwarded, `user_id` is set by Telegram. */
function readContact(message: Json): Read {
  const contact = record(message.contact)
  const owner = integer(contact?.user_id)
  const digits = (string(contact?.phone_number) ?? '').replace(/\D/g, '')
  if (owner === undefined || owner !== integer(record(message.from)?.id) || digits === '')
    return unsupported('others_contact')
  // Clients leave out the plus of an international number.
  return { content: { kind: 'contact', phone: digits.startsWith('0') ? digits : `+${digits}` } }
}
