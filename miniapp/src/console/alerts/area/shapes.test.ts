import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AlertAreaInput } from '../../../../../api/rooms/alerts/schema.ts'
import { closed, readShapes, roundPoint, type Shapes, shapesText, withCorner } from './shapes.ts'

const corner = (lat: number, lng: number) => ({ lat, lng })
const ring = closed([corner(16.55, 107.47), corner(16.56, 107.5), corner(16.53, 107.51)])

it('reads what CAP writes, closed or not, with or without spaces after commas', () => {
  const open = '16.55,107.47 16.56,107.5 16.53,107.51'
  const area = { polygons: [ring], circles: [] }
  for (const text of [open, `${open} 16.55,107.47`, open.replaceAll(',', ', '), `\n${open}\n`])
    expect(readShapes(text)).toEqual(area)
  expect(readShapes('16.55,107.47 2.5')).toEqual({
    ...{ polygons: [], circles: [{ center: corner(16.55, 107.47), radiusKm: 2.5 }] },
  })
  expect(readShapes('')).toEqual({ polygons: [], circles: [] })
})

it.each([
  ['16.55,107.47 16.56,107.5', 1],
  ['16.55,107.47 2\n16.55,107.47 0', 2],
  ['16.55,107.47 201', 1],
  ['107.47,16.55 2', 1],
  ['chợ Sịa', 1],
  [Array(21).fill('16.55,107.47 2').join('\n'), 21],
])('a line that is no shape is named: %s', (text, faultyLine) =>
  expect(readShapes(text)).toEqual({ faultyLine }),
)

it('what is drawn reads back as it was, and is an area that the server takes', () => {
  const degree = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true })
  const point = fc.record({ lng: degree(180), lat: degree(90) }).map(roundPoint)
  const polygon = fc
    .uniqueArray(point, {
      ...{ minLength: 3, maxLength: 12, selector: ({ lng, lat }) => `${lng} ${lat}` },
    })
    .map(closed)
  const circle = fc.record({ center: point, radiusKm: fc.integer({ min: 1, max: 200 }) })
  const shapes = fc.record({
    polygons: fc.array(polygon, { maxLength: 4 }),
    circles: fc.array(circle, { maxLength: 4 }),
  })
  fc.assert(
    fc.property(shapes, (drawn: Shapes) => {
      expect(readShapes(shapesText(drawn))).toEqual(drawn)
      expect(AlertAreaInput.safeParse(drawn).success).toBe(true)
    }),
  )
})

it('the first corner moves with the end of its ring', () => {
  const at = corner(16.5, 107.4)
  const [moved] = withCorner({ polygons: [ring], circles: [] }, 0, 0, at).polygons
  expect([moved?.[0], moved?.at(-1), moved?.length]).toEqual([at, at, 4])
})
