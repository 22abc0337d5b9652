import type { Log } from '../context.ts'
import { redact } from '../core/redact.ts'

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LEVELS)[number]

/** A log that writes one redacted JSON line an event: `{at, level, event, …fields}`; below `level` nothing. */
export function createLog(write: (line: string) => void, level: LogLevel, now: () => Date): Log {
  const at = (wanted: Exclude<LogLevel, 'silent'>) => {
    if (LEVELS.indexOf(wanted) < LEVELS.indexOf(level)) return () => {}
    return (event: string, fields: Record<string, unknown> = {}) => {
      const head = { at: now().toISOString(), level: wanted, event }
      write(JSON.stringify({ ...head, ...(redact(fields) as object), ...head }))
    }
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** The same log with fields added to every line (`{ requestId }`). */
export function withFields(log: Log, fields: Record<string, unknown>): Log {
  return {
    debug: (event, more) => log.debug(event, { ...fields, ...more }),
    info: (event, more) => log.info(event, { ...fields, ...more }),
    warn: (event, more) => log.warn(event, { ...fields, ...more }),
    error: (event, more) => log.error(event, { ...fields, ...more }),
  }
}

/** SQLSTATE of a database error: five signs, the same on both drivers. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

const field = (error: Error, name: string): unknown =>
  name in error ? (error as unknown as Record<string, unknown>)[name] : undefined

/**
 * What a log may hold of an error that nobody threw on purpose. A database error's or a parser's own sentence quotes
 * values, so only its code, its constraint and the stack's frames stay.
 */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(typeof error) }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const state = sqlState(error)
  const quotes = state !== undefined || error instanceof SyntaxError
  return {
    error: error.name,
    ...(state === undefined ? {} : { sqlState: state, constraint: field(error, 'constraint') }),
    ...(quotes ? {} : { reason: error.message }),
    stack: frames.slice(0, 20).join('\n'),
    ...(error.cause === undefined ? {} : { cause: errorFields(error.cause) }),
  }
}
