import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Station } from '../store/stations.ts'
import { LINKS, SETS, type Stream } from './model.ts'
import { walk } from './walk.ts'

const station = (code: string, lng: number | null): Station => ({
  ...{ code, kind: 'air', nameVi: code, nameEn: code, riverVi: null, nationalCode: null },
  ...{ lng, lat: lng, unitCodes: [], datumVi: null, datumEn: null },
  ...{ operatorVi: 'x', operatorEn: 'x', source: 'x', validFrom: '2025-01-01', validTo: null },
  levels: [],
})
const stream = (of: Station, property: Stream['property'], seriesId: number | null): Stream => ({
  ...{ id: `${of.code}.${property}`, station: of, property, seriesId },
})
const A = station('a-1', 107)
const B = station('b-2', null)
const ALL = [stream(A, 'pm2_5', 1), stream(A, 'o3', 2), stream(B, 'pm2_5', null)]
const go = (path: string) => {
  const place = walk(path, ALL)
  return place && { ...place, streams: place.streams.map(({ id }) => id) }
}

describe('an address of SensorThings', () => {
  it.each([
    ['Things', ['a-1.pm2_5', 'a-1.o3', 'b-2.pm2_5'], false],
    ["Things('a-1')", ['a-1.pm2_5', 'a-1.o3'], true],
    ["Things('a-1')/Datastreams", ['a-1.pm2_5', 'a-1.o3'], false],
    ["Things('a-1')/Datastreams('a-1.o3')", ['a-1.o3'], true],
    ["Datastreams('a-1.o3')/Thing", ['a-1.pm2_5', 'a-1.o3'], true],
    ["Datastreams('a-1.o3')/ObservedProperty/Datastreams", ['a-1.o3'], false],
    ["ObservedProperties('pm2_5')/Datastreams", ['a-1.pm2_5', 'b-2.pm2_5'], false],
    ["Datastreams('a-1.o3')/Observations", ['a-1.o3'], false],
    ["Observations('a-1.o3.5')/FeatureOfInterest/Observations", ['a-1.pm2_5', 'a-1.o3'], false],
    ["Locations('a-1')/Things('a-1')", ['a-1.pm2_5', 'a-1.o3'], true],
  ])('%s leads to %o', (path, streams, isOne) => {
    expect(go(path)).toMatchObject({ streams, isOne })
  })

  it('keeps the moment of an observation, and the rest', () => {
    expect(go("Observations('a-1.o3.1795399200000')/result/$value")).toMatchObject({
      ...{ set: 'Observations', atMs: 1_795_399_200_000, rest: ['result', '$value'] },
    })
    expect(go('Things/$ref')).toMatchObject({ isOne: false, rest: ['$ref'] })
  })

  it.each([
    '',
    'things',
    'Things(a-1)',
    "Things('b-3')",
    "Things('a-1')('a-1')",
    'Things/Datastreams',
    "Things('a-1')/Datastreams('b-2.pm2_5')",
    "Datastreams('a-1.o3')/Thing('a-1')",
    "Locations('b-2')",
    "Observations('a-1.o3')",
    "Observations('b-9.o3.5')",
    "Things('a-1')/name/$value/x",
    'Things/$value',
    "Things('a-1')/$ref",
    'constructor',
    "Things('a-1')/__proto__/x",
  ])('%s leads nowhere', (path) => {
    expect(go(path)).toBeUndefined()
  })

  it('never throws, and leads to what is there', () => {
    const names = fc.constantFrom<string>(
      ...SETS,
      ...Object.values(LINKS).flatMap(Object.keys),
      'x',
    )
    const ids = fc.constantFrom(
      '',
      "('a-1')",
      "('b-2')",
      "('a-1.o3')",
      "('pm2_5')",
      "('a-1.o3.5')",
      '(1)',
    )
    const path = fc.oneof(
      fc.string(),
      fc
        .array(fc.tuple(names, ids), { minLength: 1, maxLength: 5 })
        .map((all) => all.map((pair) => pair.join('')).join('/')),
    )
    fc.assert(
      fc.property(path, (text) => {
        const place = walk(text, ALL)
        if (place?.isOne) expect(place.streams.length).toBeGreaterThan(0)
        expect(place?.streams.every((one) => ALL.includes(one)) ?? true).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
