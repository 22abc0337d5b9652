import type { Translate } from '../../../../locales/index.ts'
import { type AppError, ERROR_STATUS } from '../../../core/errors.ts'
import { toProblem } from '../../../http/problem.ts'
import type { Answer } from './answer.ts'

/** GeoReport v2 knows 400, 403 and 404; whatever else a client can mend is a 400 too. */
export function statusOf(error: AppError): 400 | 403 | 404 | 429 | 500 | 503 {
  const status = ERROR_STATUS[error.code]
  if (status === 401) return 403
  if (status === 403 || status === 404 || status === 429 || status === 500 || status === 503)
    return status
  return 400
}

/** The specification's list of errors, one for each field that is wrong, in the language of the request. */
export function errorAnswer(error: AppError, t: Translate, requestId: string): Answer {
  const code = String(statusOf(error))
  const { detail, issues = [] } = toProblem(error, t, requestId)
  const descriptions =
    issues.length === 0 ? [detail] : issues.map(({ path, message }) => `${path}: ${message}`)
  return {
    root: 'errors',
    content: { item: 'error', of: descriptions.map((description) => ({ code, description })) },
  }
}
