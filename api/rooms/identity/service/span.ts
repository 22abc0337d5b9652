import { AppError } from '../../../core/errors.ts'

/** Two instants in order and at most so far apart; else `http.invalid_input` at `endsAt`. */
export function readSpan(
  span: { startsAt: string; endsAt: string },
  longestMs: number,
): { startsAt: Date; endsAt: Date } {
  const startsAt = new Date(span.startsAt)
  const endsAt = new Date(span.endsAt)
  const ms = endsAt.getTime() - startsAt.getTime()
  if (ms > 0 && ms <= longestMs) return { startsAt, endsAt }
  throw new AppError('http.invalid_input', { issues: [{ path: 'endsAt', code: 'custom' }] })
}
