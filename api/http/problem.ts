import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { asKey, type Translate } from '../../locales/index.ts'
import { AppError, ERROR_STATUS, type ErrorCode, type Issue } from '../core/errors.ts'
import { sqlState } from './log.ts'

/** Issue codes that have a sentence `errors:issue.<code>`; any other reads `issue.other`. */
export const ISSUE_CODES = [
  'too_small',
  'too_big',
  'invalid_type',
  'invalid_format',
  'invalid_value',
  'invalid_union',
  'unrecognized_keys',
  'not_multiple_of',
  'custom',
] as const

/** RFC 9457 with our members; `type` is a page that explains the code. */
export type ProblemBody = {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  code: ErrorCode
  requestId: string
  params: Record<string, string | number>
  issues?: { path: string; code: string; message: string }[]
  changed?: unknown
}

const BY_STATUS: Record<number, ErrorCode> = {
  400: 'http.bad_request',
  401: 'http.unauthenticated',
  403: 'http.forbidden',
  404: 'http.not_found',
  405: 'http.method_not_allowed',
  413: 'http.too_large',
  415: 'http.unsupported_media_type',
  429: 'http.rate_limited',
}

/** SQLSTATE classes that a caller can do something about; all others are ours to mend. */
const BY_SQL_STATE: [RegExp, ErrorCode][] = [
  [/^23505$|^40/, 'http.conflict'], // unique_violation; serialization failure, deadlock
  [/^23(502|503|514)$|^22/, 'http.invalid_input'], // not null, foreign key, check; data exception
  [/^08|^53|^57/, 'http.unavailable'], // no connection, no resources, shutting down
]

/** The driver could not reach the server at all: a socket's error code, no SQLSTATE. */
const hasLostDatabase = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE)$/.test(String(error.code))

/** Any error as one of the closed list; what nobody threw on purpose becomes `http.internal` or its database twin. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException) {
    return new AppError(BY_STATUS[error.status] ?? 'http.internal', { cause: error })
  }
  if (hasLostDatabase(error)) return new AppError('http.unavailable', { cause: error })
  const state = sqlState(error)
  const code = BY_SQL_STATE.find(([pattern]) => state !== undefined && pattern.test(state))?.[1]
  return new AppError(code ?? 'http.internal', { cause: error })
}

/** Bounds read differently for a text, a list and a number; a bound that is none of these has no sentence. */
function issueKey(issue: Issue): string {
  if (!/^too_(small|big)$/.test(issue.code)) {
    return ISSUE_CODES.some((code) => code === issue.code) ? issue.code : 'other'
  }
  const bound = issue.params?.minimum ?? issue.params?.maximum
  if (bound === undefined) return 'other'
  const origin = issue.params?.origin
  if (origin === 'string') return `${issue.code}.text`
  return origin === 'array' ? `${issue.code}.list` : issue.code
}

const issueText = (issue: Issue, t: Translate): string =>
  t(asKey(`errors:issue.${issueKey(issue)}`), issue.params)

/** The problem in the reader's language. */
export function toProblem(error: AppError, t: Translate, requestId: string): ProblemBody {
  const params = { seconds: error.retryAfterSeconds ?? 60, ...error.params, requestId }
  return {
    type: `/errors/${error.code}`,
    title: t(asKey(`errors:${error.code}.title`), params),
    status: ERROR_STATUS[error.code],
    detail: t(asKey(`errors:${error.code}`), params),
    instance: `urn:loa:request:${requestId}`,
    code: error.code,
    requestId,
    params: error.params,
    ...(error.issues.length === 0
      ? {}
      : {
          issues: error.issues.map((issue) => ({
            path: issue.path,
            code: issue.code,
            message: issueText(issue, t),
          })),
        }),
    ...(error.detail === undefined ? {} : { changed: error.detail }),
  }
}

/** Answers a problem; `Retry-After` when the error says how long. */
export function problemResponse(
  c: Context,
  error: AppError,
  t: Translate,
  requestId: string,
): Response {
  const body = toProblem(error, t, requestId)
  return c.body(JSON.stringify(body), body.status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...(error.retryAfterSeconds === undefined
      ? {}
      : { 'Retry-After': String(error.retryAfterSeconds) }),
  })
}
