import { expect, it } from 'vitest'
import { emptyBoxes, inputOf, parseSpot } from './input-of.ts'

const boxes = { ...emptyBoxes('19867', new Date('2026-11-28T00:00:00Z')), name: 'Đập Đá' }

it.each([
  ['16.5712, 107.5101', { lat: 16.5712, lng: 107.5101 }],
  [' 16.5712;107.5101 ', { lat: 16.5712, lng: 107.5101 }],
  ['16.5712 107', { lat: 16.5712, lng: 107 }],
])('a place as maps copy it: %s', (text, spot) => expect(parseSpot(text)).toEqual(spot))

it.each(['', '16.5712', 'chợ Sịa', '16,57, 107,51'])('no place: "%s"', (text) => {
  expect(parseSpot(text)).toBeUndefined()
  expect(inputOf({ ...boxes, at: text })).toBeUndefined()
})

it('an empty depth is none, not zero; names are parted', () => {
  const at = '16.57, 107.51'
  expect(inputOf({ ...boxes, at, otherNames: 'cầu gỗ;  ; đập' })).toMatchObject({
    ...{ depth: null, otherNames: ['cầu gỗ', 'đập'], lat: 16.57 },
  })
  expect(inputOf({ ...boxes, at, depthCm: '0', source: 'xã' })?.depth).toMatchObject({ cm: 0 })
})
