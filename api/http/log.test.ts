import { describe, expect, it } from 'vitest'
import { createLog, errorFields, withFields } from './log.ts'

const logAt = (level: Parameters<typeof createLog>[1]) => {
  const lines: Record<string, unknown>[] = []
  const log = createLog(
    (line) => lines.push(JSON.parse(line)),
    level,
    () => new Date(0),
  )
  return { log, lines }
}

describe('the log', () => {
  it('writes one JSON line an event, from its level on', () => {
    const { log, lines } = logAt('warn')
    log.debug('a')
    log.info('b')
    log.warn('c', { n: 1 })
    withFields(log, { requestId: 'R' }).error('d', { n: 2 })
    expect(lines).toEqual([
      { at: '1970-01-01T00:00:00.000Z', level: 'warn', event: 'c', n: 1 },
      { at: '1970-01-01T00:00:00.000Z', level: 'error', event: 'd', requestId: 'R', n: 2 },
    ])
    const silent = logAt('silent')
    silent.log.error('e')
    expect(silent.lines).toEqual([])
  })

  it('masks secrets and lets no field replace its own', () => {
    const { log, lines } = logAt('debug')
    log.info('a', { event: 'forged', level: 'x', password: 'p', note: 'call 0905123456' })
    expect(lines[0]).toMatchObject({ event: 'a', level: 'info', password: '[redacted]' })
    expect(JSON.stringify(lines)).not.toContain('0905123456')
  })
})

describe('errors in a log', () => {
  it('keep code and constraint of a database error, never its sentence', () => {
    const error = Object.assign(new Error('invalid input syntax: "Nguyen"'), {
      code: '22P02',
      constraint: 'c1',
    })
    const fields = errorFields(error)
    expect(fields).toMatchObject({ sqlState: '22P02', constraint: 'c1' })
    expect(JSON.stringify(fields)).not.toContain('Nguyen')
  })

  it('keep no quotation of a text that could not be parsed', () => {
    let caught: unknown
    try {
      JSON.parse('{"name": Nguyen}')
    } catch (error) {
      caught = error
    }
    expect(JSON.stringify(errorFields(caught))).not.toContain('Nguyen')
  })

  it('name the cause', () => {
    const error = new Error('outer', { cause: new TypeError('inner') })
    expect(errorFields(error)).toMatchObject({ reason: 'outer', cause: { error: 'TypeError' } })
    expect(errorFields('x')).toEqual({ error: 'string' })
  })
})
