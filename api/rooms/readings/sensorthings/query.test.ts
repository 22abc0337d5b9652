import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import type { SetName } from './model.ts'
import { readQuery, writeToken } from './query.ts'

const query = (text: string, set: SetName = 'Observations') =>
  readQuery(new URLSearchParams(text), set)
const refusal = (text: string, set: SetName = 'Observations'): string => {
  try {
    query(text, set)
    return 'taken'
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return `${error.code} ${error.params.option}`
  }
}

describe('a query of SensorThings', () => {
  it('is the newest hundred when nothing is asked', () => {
    expect(query('lang=en')).toEqual({
      ...{ top: 100, skip: 0, count: false, newestFirst: true },
      ...{ conditions: [], select: null, expand: [], after: null },
    })
  })

  it('reads what is asked; an unescaped plus is a plus', () => {
    const filter = 'phenomenonTime ge 2026-11-27T00:00:00+07:00 and result gt -1.5'
    const options = `$top=5000&$skip=7&$count=true&$orderby=phenomenonTime&$filter=${filter}`
    const token = writeToken(Date.parse('2026-11-27T00:00:00Z'), 12)
    expect(
      query(
        `${options}&$select=result,id&$expand=Datastream,FeatureOfInterest&$skiptoken=${token}`,
      ),
    ).toEqual({
      ...{ top: 1000, skip: 7, count: true, newestFirst: false },
      conditions: [
        { field: 'phenomenonTime', operator: 'ge', at: '2026-11-26T17:00:00.000Z' },
        { field: 'result', operator: 'gt', value: -1.5 },
      ],
      ...{ select: ['result', '@iot.id'], expand: ['Datastream', 'FeatureOfInterest'] },
      after: { at: '2026-11-27T00:00:00.000Z', seriesId: 12 },
    })
  })

  it.each([
    '$top=-1',
    '$top=x',
    '$skip=1001',
    '$count=yes',
    '$orderby=phenomenonTime%20up',
    '$filter=',
    '$filter=result',
    '$filter=result gt high',
    '$filter=phenomenonTime gt 2026-13-01T00:00:00Z',
    '$filter=phenomenonTime gt yesterday',
    '$select=a b',
    '$skiptoken=x',
    '$top=1&$top=2',
    '$limit=3',
    '$expand=Things',
    '$expand=constructor',
  ])('%s is wrong', (text) => {
    expect(refusal(text)).toMatch(/^readings\.query_invalid \$\w+$/)
  })

  it.each([
    '$expand=Datastream/Thing',
    '$expand=Datastream($select=name)',
    '$resultFormat=dataArray',
    '$orderby=result',
    '$orderby=phenomenonTime,result',
    '$filter=result gt 1 or result lt 0',
    "$filter=substringof('a',name)",
    '$filter=(result gt 1)',
    '$filter=resultTime gt 2026-11-27T00:00:00Z',
  ])('%s is of the standard and not done here', (text) => {
    expect(refusal(text)).toMatch(/^readings\.query_unsupported \$\w+$/)
  })

  it('filters and orders observations alone', () => {
    expect(refusal('$filter=result gt 1', 'Things')).toBe('readings.query_unsupported $filter')
    expect(refusal('$orderby=phenomenonTime', 'Things')).toBe('readings.query_unsupported $orderby')
    expect(query('$top=2&$skip=1&$count=true', 'Things')).toMatchObject({ top: 2, skip: 1 })
  })

  it('expands no observations, which have pages', () => {
    expect(refusal('$expand=Observations', 'Datastreams')).toBe(
      'readings.query_unsupported $expand',
    )
    expect(query('$expand=Locations,Datastreams,Locations', 'Things').expand).toHaveLength(2)
  })

  it('is read or refused, whatever comes', () => {
    const name = fc.constantFrom(
      '$top',
      '$skip',
      '$filter',
      '$orderby',
      '$select',
      '$expand',
      '$skiptoken',
      '$x',
      'y',
    )
    const word = fc.constantFrom(
      'result',
      'phenomenonTime',
      ' gt ',
      ' and ',
      '2026-11-27T00:00:00Z',
      '(',
      '9e9',
      '-1',
    )
    const value = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 8 }).map((words) => words.join('')),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 4 }), (pairs) => {
        const said = refusal(String(new URLSearchParams(pairs)))
        expect(said).toMatch(/^(taken|readings\.query_(invalid|unsupported) )/)
      }),
      { numRuns: 300 },
    )
  })
})
