import { describe, expect, it } from 'vitest'
import { framesOf } from './frames.ts'
import { MAX_OF_PAIR, pack, pairUp, takeApart, unpack } from './model.ts'

describe('packed weights', () => {
  it('come back as they were, each pair of steps in one sign', () => {
    const steps = Array.from({ length: 2 * MAX_OF_PAIR + 1 }, (_none, i) => i - MAX_OF_PAIR)
    const weights = Int8Array.from(steps.flatMap((first) => steps.flatMap((then) => [first, then])))
    const text = pack(pairUp(weights))
    expect(text).toHaveLength(weights.length / 2)
    expect(takeApart(unpack(text))).toEqual(weights)
  })
})

describe('frames', () => {
  const of = (text: string, ...concepts: string[]) =>
    framesOf(text.split(' '), new Set(concepts.map((concept) => `is ${concept}`)))

  it('tell danger that stands alone from danger in a memory', () => {
    expect(of('ong noi te', 'person', 'peril')).toContain('peril bare')
    expect(of('nam ngoai ong noi te', 'past', 'peril')).toEqual(
      expect.arrayContaining(['peril within past']),
    )
    expect(of('nam ngoai ong noi te', 'past', 'peril')).not.toContain('peril bare')
  })

  it('hear a question behind politeness, and what it asks about', () => {
    expect(of('cau ngap chua vay ad', 'water')).toEqual(
      expect.arrayContaining(['tail chua', 'asked is water']),
    )
    expect(of('co phai di so tan khong mai hop', 'order_wanted')).toEqual(
      expect.arrayContaining(['tells', 'whether', 'asked is order_wanted']),
    )
    expect(of('chua ai toi', 'water')).toContain('tells')
  })

  it('say nothing of danger where there is none', () => {
    expect(of('')).toEqual(['tells', 'plain'])
  })
})
