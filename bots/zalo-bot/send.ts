import type { Sender, SendOutcome } from '../../api/chat/sender.ts'
import type { BotAnswer, ZaloBotClient } from './client.ts'
import { renderZaloBot, type ZaloBotCall } from './render.ts'

/** Bounds of the wait while the platform is down; it grows to half of the time that it has been down. */
const PAUSE_LEAST_MS = 2_000
const PAUSE_MOST_MS = 120_000
/** The platform names no time after 429. */
const RATE_LIMIT_MS = 60_000
const HUMAN_MS = 600_000

const failureCode = (name: string): string => `zalo_bot.${name}`

type Options = {
  client: ZaloBotClient
  now: () => Date
  /** Told when an operator has to act; a code, never a token or an id. */
  onProblem?: (code: string) => void
}

/** Sends rendered calls; whoever paces the channel counts them against the plan. */
export function createZaloBotSender(options: Options): Sender<ZaloBotCall> {
  const { client, now, onProblem = () => {} } = options
  let downSince: number | undefined

  const pauseMs = (answer: BotAnswer): number => {
    const ms = now().getTime()
    const isDown = answer.kind === 'not_sent' || (answer.kind === 'error' && answer.code >= 500)
    if (!isDown) {
      if (answer.kind !== 'no_answer') downSince = undefined
      return PAUSE_LEAST_MS
    }
    downSince ??= ms
    return Math.min(PAUSE_MOST_MS, Math.max(PAUSE_LEAST_MS, (ms - downSince) / 2))
  }

  return {
    channel: 'zalo-bot',
    render: renderZaloBot,
    send: async ({ method, payload }): Promise<SendOutcome> => {
      const answer = await client.call(method, payload)
      const outcome = outcomeOf(answer, pauseMs(answer))
      if (answer.kind === 'error' && isOperators(answer.code)) onProblem(codeOf(answer.code))
      return outcome
    },
  }
}

/** Names of the documented errors. https://bot.zaloplatforms.com/docs/error-code/ */
const NAMES: ReadonlyMap<number, string> = new Map([
  [400, 'bad_request'],
  [401, 'token_invalid'],
  [403, 'internal'],
  [404, 'not_found'],
  [408, 'timeout'],
  [429, 'quota_spent'],
])

const codeOf = (error: number): string => failureCode(NAMES.get(error) ?? `error_${error}`)

/** A wrong token or a wrong address: nobody gets anything. */
const isOperators = (error: number): boolean => error === 401 || error === 404

function outcomeOf(answer: BotAnswer, pauseMs: number): SendOutcome {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'sent' }
    case 'not_sent':
      return { kind: 'retry', afterMs: pauseMs, code: failureCode('no_connection') }
    case 'no_answer':
      return { kind: 'unknown', code: failureCode('no_answer') }
    case 'error':
      return ofError(answer.code, pauseMs)
  }
}

function ofError(error: number, pauseMs: number): SendOutcome {
  const code = codeOf(error)
  if (error === 401) return { kind: 'retry', afterMs: HUMAN_MS, code }
  if (error === 403 || error === 429) return { kind: 'retry', afterMs: RATE_LIMIT_MS, code }
  if (error === 408 || error === 504) return { kind: 'unknown', code }
  if (error >= 500) return { kind: 'retry', afterMs: pauseMs, code }
  return { kind: 'rejected', code }
}
