import { GrammyError, HttpError } from 'grammy/web'
import type { SendOutcome } from '../../api/chat/sender.ts'
import { truncate } from '../../api/core/text.ts'
import type { TelegramFault } from './ports.ts'

/** Nobody mends a wrong token or address within seconds. */
const CONFIG_RETRY_MS = 10 * 60_000
/** Between tries while the Bot API is down or cannot be reached. */
const DOWN_RETRY_MS = 60_000
/** Where an answer says to wait but not how long. */
const FLOOD_RETRY_MS = 5_000

type Failure = Exclude<SendOutcome, { kind: 'sent' }> & {
  /** The group's new id; the call was refused, so it may be made again there. */
  migrateTo?: number
}

/** What the Bot API says, by the beginning of its description. https://core.telegram.org/bots/api#making-requests */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/^Forbidden: bot was blocked/i, 'blocked'],
  [/^Forbidden: user is deactivated/i, 'deactivated'],
  [/^Forbidden: bot was kicked/i, 'kicked'],
  [/^Forbidden: bot can't initiate/i, 'not_started'],
  [/^Forbidden/i, 'forbidden'],
]
const NO_CHAT =
  /^Bad Request: (chat not found|user not found|PEER_ID_INVALID|group chat was deactivated)/i
const BAD: readonly (readonly [RegExp, string])[] = [
  [/can't parse entities/i, 'bad_entities'],
  [/message is too long|caption is too long/i, 'too_long'],
  [/text must be non-empty|message text is empty/i, 'empty'],
  [/BUTTON_|keyboard|reply_markup|wrong HTTP URL/i, 'bad_keyboard'],
  [/file is too big/i, 'too_large'],
  [/temporarily unavailable/i, 'file_unavailable'],
  // A photo that Telegram could not fetch, or does not take.
  [/HTTP URL|web ?page|wrong (remote )?file|wrong type of|PHOTO_|IMAGE_/i, 'bad_picture'],
  [/not enough rights|have no rights|CHAT_WRITE_FORBIDDEN/i, 'no_rights'],
]

/** Sorts what a call threw into an outcome; total. Only what surely never arrived, or was refused, may be `retry`. */
export function outcomeOf(error: unknown): Failure {
  if (error instanceof GrammyError) return refused(error)
  if (error instanceof HttpError) return unanswered(error.error)
  return { kind: 'unknown', code: 'odd_answer' }
}

/** Telegram repeats our text and links between quotation marks. */
const QUOTED = /"[^"]*"|(?<!\w)'[^']*'/g

/** The same for a log: codes and the platform's own words, without what it quotes. */
export function faultOf(what: string, error: unknown): TelegramFault {
  const { code } = outcomeOf(error)
  if (!(error instanceof GrammyError)) return { what, code }
  const description = truncate(String(error.description).replace(QUOTED, '…'), 120)
  return { what, code, status: error.error_code, description }
}

function refused({ error_code: status, description, parameters }: GrammyError): Failure {
  const says = String(description)
  if (status === 429) {
    const { retry_after: seconds } = parameters
    const afterMs = typeof seconds === 'number' ? seconds * 1000 : FLOOD_RETRY_MS
    return { kind: 'retry', afterMs, code: 'rate_limited' }
  }
  if (status === 400 && typeof parameters.migrate_to_chat_id === 'number')
    return { kind: 'gone', code: 'migrated', migrateTo: parameters.migrate_to_chat_id }
  if (status === 400 && NO_CHAT.test(says)) return { kind: 'gone', code: 'chat_not_found' }
  const forbidden = FORBIDDEN.find(([words]) => words.test(says))
  if (status === 403 && forbidden !== undefined) return { kind: 'gone', code: forbidden[1] }
  if (status === 401) return { kind: 'retry', afterMs: CONFIG_RETRY_MS, code: 'bad_token' }
  // A gateway that gave up waiting does not know what became of the call.
  if (status === 504) return { kind: 'unknown', code: 'gateway_timeout' }
  if (status >= 500) return { kind: 'retry', afterMs: DOWN_RETRY_MS, code: 'server_error' }
  if (status === 400 || status === 413) {
    const bad = BAD.find(([words]) => words.test(says))
    return { kind: 'rejected', code: status === 413 ? 'too_large' : (bad?.[1] ?? 'bad_request') }
  }
  // 404 is a wrong token or root, 409 another reader of updates, 403 in other words some proxy's.
  if (status >= 400) return { kind: 'retry', afterMs: CONFIG_RETRY_MS, code: 'bad_address' }
  return { kind: 'unknown', code: 'odd_answer' }
}

/** Failures of Node's fetch before a byte of the request left. */
const NEVER_LEFT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|ERR_INVALID_URL)$/

function unanswered(error: unknown): Failure {
  if (causes(error).some((code) => NEVER_LEFT.test(code)))
    return { kind: 'retry', afterMs: DOWN_RETRY_MS, code: 'unreachable' }
  const name = error instanceof Error ? error.name : ''
  const isLate = name === 'TimeoutError' || name === 'AbortError' || /timed out/.test(String(error))
  return { kind: 'unknown', code: isLate ? 'timeout' : 'network' }
}

/** Codes along the chain of causes; an AggregateError tells of every address that was tried. */
function causes(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 4) return []
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return [...code, ...causes(error.cause, depth + 1)]
}
