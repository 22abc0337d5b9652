import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exifSegment, withExif } from './exif.ts'

const be16 = (n: number) => [n >> 8, n & 0xff]
const le16 = (n: number) => [n & 0xff, n >> 8]
const le32 = (n: number) => [...le16(n & 0xffff), ...le16(n >>> 16)]

/** APP1 with one IFD entry: the given orientation, little-endian as phones write it. */
function app1(orientation: number): number[] {
  const entry = [...le16(0x0112), ...le16(3), ...le32(1), ...le16(orientation), 0, 0]
  const tiff = [0x49, 0x49, ...le16(42), ...le32(8), ...le16(1), ...entry, ...le32(0)]
  const body = [...'Exif\0\0'].map((sign) => sign.charCodeAt(0)).concat(tiff)
  return [0xff, 0xe1, ...be16(body.length + 2), ...body]
}

const APP0 = [0xff, 0xe0, 0, 4, 1, 2]
const SCAN = [0xff, 0xda, 0, 2, 9, 9, 0xff, 0xd9]
const jpeg = (...segments: number[][]) => new Uint8Array([0xff, 0xd8, ...segments.flat(), ...SCAN])

describe('EXIF carried over to a shrunken photo', () => {
  it('is found behind other segments and made upright', () => {
    expect([...(exifSegment(jpeg(APP0, app1(6))) ?? [])]).toEqual(app1(1))
  })

  it('is undefined for a photo without it, a broken one, and anything that is no JPEG', () => {
    expect(exifSegment(jpeg(APP0))).toBeUndefined()
    expect(exifSegment(jpeg(app1(6)).slice(0, 12))).toBeUndefined()
    expect(exifSegment(new Uint8Array([1, 2, 3]))).toBeUndefined()
  })

  it('stands behind the first marker of the new file, which is otherwise unchanged', () => {
    const small = jpeg(APP0)
    const segment = new Uint8Array(app1(1))
    const joined = withExif(small, segment)
    expect([...(exifSegment(joined) ?? [])]).toEqual([...segment])
    expect([...joined.subarray(2 + segment.length)]).toEqual([...small.subarray(2)])
  })

  it('never throws, whatever the bytes', () => {
    const broken = fc
      .uint8Array({ maxLength: 80 })
      .map((tail) => new Uint8Array([0xff, 0xd8, ...app1(3).slice(0, 10), ...tail]))
    fc.assert(
      fc.property(broken, (bytes) => {
        exifSegment(bytes)
      }),
      { seed: 20261123, numRuns: 2000 },
    )
  })
})
