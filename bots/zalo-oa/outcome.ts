import type { SendOutcome } from '../../api/chat/sender.ts'
import { addDays, localDate, localInstant } from '../../api/core/time.ts'
import type { NotTried } from './call.ts'
import type { Answer } from './client.ts'
import { classifyError, failureCode } from './errors.ts'

/** After −32 the minute's budget of the app has to pass; −200 has no stated cause. */
const RATE_LIMIT_MS = 20_000
const SEND_FAILED_MS = 60_000
/** While an operator mends something. */
const HUMAN_MS = 600_000
/** Zalo takes such messages from 6 o'clock on. */
const MORNING = '06:00'
/** The configuration names a template that cannot go by user id. */
const TEMPLATE_NOT_FOR_UID = -249

const NO_CONNECTION = failureCode('no_connection')
const NO_ANSWER = failureCode('no_answer')
/** Bounds of the wait while Zalo is down. */
const PAUSE_LEAST_MS = 2_000
const PAUSE_MOST_MS = 120_000

type Options = {
  now: () => Date
  /** Told when an operator has to act; a code, never a token or an id. */
  onProblem?: ((code: string) => void) | undefined
}

/**
 * What a sender says of an answer. While Zalo is down it waits half of the time that it has been down already: the
 * tries of one message (20) outlast a quarter of an hour, and a hiccup costs two seconds.
 */
export function createOutcomes({ now, onProblem }: Options) {
  let downSince: number | undefined
  return (answer: Answer | NotTried): SendOutcome => {
    const ms = now().getTime()
    if (isDown(answer)) downSince ??= ms
    else if (answer.kind === 'ok' || answer.kind === 'error') downSince = undefined
    const half = (ms - (downSince ?? ms)) / 2
    const pauseMs = Math.min(PAUSE_MOST_MS, Math.max(PAUSE_LEAST_MS, half))
    const outcome = outcomeOf(answer, now(), pauseMs)
    if (outcome.kind !== 'sent' && needsOperator(answer)) onProblem?.(outcome.code)
    return outcome
  }
}

const isDown = (answer: Answer | NotTried): boolean =>
  answer.kind === 'not_sent' || (answer.kind === 'http' && answer.status >= 500)

function outcomeOf(answer: Answer | NotTried, now: Date, pauseMs: number): SendOutcome {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'sent' }
    case 'not_tried':
      return { kind: 'retry', afterMs: answer.afterMs, code: answer.code }
    case 'not_sent':
      return { kind: 'retry', afterMs: pauseMs, code: NO_CONNECTION }
    case 'no_answer':
      return { kind: 'unknown', code: NO_ANSWER }
    case 'http':
      return ofStatus(answer.status, pauseMs)
    case 'error':
      return ofError(answer.error, now)
  }
}

/** A 504 says that something behind took the message and did not answer; other 5xx that nothing was done. */
function ofStatus(status: number, pauseMs: number): SendOutcome {
  const code = failureCode(`http_${status}`)
  if (status === 504 || status === 408) return { kind: 'unknown', code }
  if (status >= 500) return { kind: 'retry', afterMs: pauseMs, code }
  return { kind: 'retry', afterMs: status === 429 ? RATE_LIMIT_MS : HUMAN_MS, code }
}

function ofError(error: number, now: Date): SendOutcome {
  const { kind, code } = classifyError(error)
  switch (kind) {
    case 'backoff':
      return { kind: 'retry', afterMs: error === -32 ? RATE_LIMIT_MS : SEND_FAILED_MS, code }
    case 'unreachable':
      return { kind: 'gone', code }
    case 'reschedule':
      return { kind: 'retry', afterMs: nextMorning(now).getTime() - now.getTime(), code }
    case 'refresh':
    case 'human':
      return { kind: 'retry', afterMs: HUMAN_MS, code }
    case 'window':
    case 'reupload':
    case 'permanent':
      return { kind: 'rejected', code }
  }
}

function nextMorning(now: Date): Date {
  const today = localInstant(localDate(now), MORNING)
  return today > now ? today : localInstant(addDays(localDate(now), 1), MORNING)
}

/** Nothing can be sent, or not this template ever, until an operator acts. */
function needsOperator(answer: Answer | NotTried): boolean {
  if (answer.kind === 'http')
    return answer.status < 500 && answer.status !== 429 && answer.status !== 408
  if (answer.kind !== 'error') return false
  const { kind } = classifyError(answer.error)
  return kind === 'human' || kind === 'refresh' || answer.error === TEMPLATE_NOT_FOR_UID
}
