import { expect, it } from 'vitest'
import { createMeter } from './meter.ts'

it('renders families together, buckets cumulative, labels escaped', () => {
  const meter = createMeter()
  meter.count('a_total', { x: 'q"\\\n' })
  meter.count('a_total', { x: 'q"\\\n' }, 2)
  meter.observe('t_seconds', {}, 0.004)
  meter.count('a_total', { x: '2' })
  meter.observe('t_seconds', {}, 0.03)
  meter.observe('t_seconds', {}, 60)
  const lines = meter.render([{ name: 'g', value: 1 }]).split('\n')
  expect(lines.slice(0, 3)).toEqual([
    '# TYPE a_total counter',
    'a_total{x="q\\"\\\\\\n"} 3',
    'a_total{x="2"} 1',
  ])
  expect(lines).toEqual(
    expect.arrayContaining([
      't_seconds_bucket{le="0.005"} 1',
      't_seconds_bucket{le="0.025"} 1',
      't_seconds_bucket{le="0.05"} 2',
      't_seconds_bucket{le="10"} 2',
      't_seconds_bucket{le="+Inf"} 3',
      't_seconds_sum 60.034',
      't_seconds_count 3',
      '# TYPE g gauge',
      'g 1',
    ]),
  )
  expect(lines.filter((line) => line.startsWith('# TYPE t_seconds'))).toHaveLength(1)
})
