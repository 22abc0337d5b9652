import { contentOf, phoneOf, type ZaloOaContent } from './content.ts'
import { at, idOf, numberOf } from './fields.ts'
import { MEDIA_HOSTS } from './media-hosts.ts'

type Common = {
  /** The account, where the event names it: an app may serve several. */
  oaId?: string
  eventId: string
  /** The follower's id for this account. */
  chatKey: string
  /** When it happened, by Zalo's clock. */
  at?: Date
}

/** Why nothing is to be done; closed set, fit for a counter. */
export type Ignored =
  | 'echo'
  | 'receipt'
  | 'group'
  | 'anonymous'
  | 'administration'
  | 'no_user'
  | 'unknown'

/** One webhook event, freed of its shape. */
export type ZaloOaEvent =
  | (Common & { kind: 'message'; content: ZaloOaContent })
  | (Common & { kind: 'follow' })
  | (Common & { kind: 'unfollow' })
  /** An officer wrote by hand in Zalo's console: the bot keeps silent in this chat for a while, or (#loa) speaks again. */
  | (Common & { kind: 'human_echo'; isHandBack?: true })
  /** The person withdrew consent at Zalo: erase what we hold. */
  | (Common & { kind: 'erase_request'; userIdByApp?: string })
  | { kind: 'ignored'; eventName: string; why: Ignored }

type Options = { mediaHosts?: readonly string[] }

const RECEIPTS = new Set([
  'user_seen_message',
  'user_received_message',
  'user_reacted_message',
  'user_reply_consent',
  'user_call_oa',
  'oa_call_user',
  'oa_send_consent',
])
const ADMINISTRATION =
  /^(add_user_to_tag|remove_user_from_tag|remove_tag|update_user_info|widget_|extension_purchased|change_template_|change_oa_|oa_daily)/
/** Ours: an officer ends a message so, and the bot takes over again. */
const HAND_BACK = /(^|\s)#loa\s*$/i
const GROUP = /(^|_)group(_|$)/

/** Reads any body that Zalo, or anybody, may send. Pure and total; an unknown event is ignored by name. */
export function receiveZaloOa(body: unknown, options: Options = {}): ZaloOaEvent {
  const eventName = nameOf(body)
  const ignored = (why: Ignored): ZaloOaEvent => ({ kind: 'ignored', eventName, why })
  const why = reasonToIgnore(eventName, body)
  if (why !== undefined) return ignored(why)
  const chatKey = chatKeyOf(eventName, body)
  if (chatKey === undefined) return ignored(isKnown(eventName) ? 'no_user' : 'unknown')
  const common = commonOf(eventName, body, chatKey)
  if (eventName.startsWith('oa_send_')) {
    const said = at(body, 'message', 'text')
    const isHandBack = typeof said === 'string' && HAND_BACK.test(said)
    return { kind: 'human_echo', ...common, ...(isHandBack ? { isHandBack } : {}) }
  }
  switch (eventName) {
    case 'follow':
      return { kind: 'follow', ...common }
    case 'unfollow':
      return { kind: 'unfollow', ...common }
    case 'user_withdraw': {
      const userIdByApp = idOf(at(body, 'user_id_by_app'))
      return {
        kind: 'erase_request',
        ...common,
        ...(userIdByApp === undefined ? {} : { userIdByApp }),
      }
    }
    case 'user_click_chatnow':
      return { kind: 'message', ...common, content: { kind: 'start' } }
    case 'user_submit_info': {
      const phone = phoneOf(at(body, 'info', 'phone'))
      const content: ZaloOaContent =
        phone === undefined ? { kind: 'unsupported', what: 'contact' } : { kind: 'contact', phone }
      return { kind: 'message', ...common, content }
    }
    default: {
      const type = /^user_send_(.+)$/.exec(eventName)?.[1]
      if (type === undefined) return ignored('unknown')
      const hosts = options.mediaHosts ?? MEDIA_HOSTS
      return { kind: 'message', ...common, content: contentOf(type, at(body, 'message'), hosts) }
    }
  }
}

const nameOf = (body: unknown): string => {
  const name = at(body, 'event_name')
  return typeof name === 'string' && /^\w{1,64}$/.test(name) ? name : 'unknown'
}

const isKnown = (name: string): boolean =>
  /^(user_send_|oa_send_)/.test(name) ||
  ['follow', 'unfollow', 'user_withdraw', 'user_click_chatnow', 'user_submit_info'].includes(name)

function reasonToIgnore(name: string, body: unknown): Ignored | undefined {
  if (GROUP.test(name)) return 'group'
  if (name.includes('anonymous')) return 'anonymous'
  if (RECEIPTS.has(name)) return 'receipt'
  if (ADMINISTRATION.test(name)) return 'administration'
  const isOwn = name.startsWith('oa_send_') && idOf(at(body, 'sender', 'admin_id')) === undefined
  return isOwn ? 'echo' : undefined
}

/** `follow` names a follower instead of a sender, a withdrawal a bare user id, an echo its recipient. */
function chatKeyOf(name: string, body: unknown): string | undefined {
  if (name.startsWith('oa_send_')) return idOf(at(body, 'recipient', 'id'))
  return (
    idOf(at(body, 'sender', 'id')) ?? idOf(at(body, 'follower', 'id')) ?? idOf(at(body, 'user_id'))
  )
}

function commonOf(name: string, body: unknown, chatKey: string): Common {
  const account = name.startsWith('oa_send_') ? 'sender' : 'recipient'
  const oaId = idOf(at(body, account, 'id')) ?? idOf(at(body, 'oa_id'))
  const ms = numberOf(at(body, 'timestamp'))
  const when = ms === undefined ? undefined : new Date(ms)
  const isDate = when !== undefined && !Number.isNaN(when.getTime())
  const stamp = idOf(at(body, 'timestamp')) ?? ''
  const eventId = idOf(at(body, 'message', 'msg_id')) ?? `${name}:${stamp}:${chatKey}`
  return {
    eventId,
    chatKey,
    ...(oaId === undefined ? {} : { oaId }),
    ...(isDate ? { at: when } : {}),
  }
}
