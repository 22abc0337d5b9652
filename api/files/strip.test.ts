import { assert, constantFrom, property, uint8Array } from 'fast-check'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../core/errors.ts'
import { sniff } from './sniff.ts'
import { stripMetadata } from './strip.ts'
import { orientationSegment } from './strip-jpeg.ts'

const SECRET = 'Nguyen Van A 16.4637 107.5909'
const TYPES = ['jpeg', 'png', 'webp'] as const

/** A 6 × 4 picture with as much metadata as the writer can put into it. */
const made = (type: (typeof TYPES)[number], orientation = 1) => {
  const pixels = Buffer.from(Array.from({ length: 6 * 4 * 3 }, (_, i) => (i * 37) % 256))
  return sharp(pixels, { raw: { width: 6, height: 4, channels: 3 } })
    [type](type === 'webp' ? { lossless: true } : {})
    .withMetadata({ orientation })
    .withExif({ IFD0: { Artist: SECRET, Copyright: SECRET }, IFD3: { GPSAreaInformation: SECRET } })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${SECRET}</x:xmpmeta>`)
    .toBuffer()
    .then((buffer) => new Uint8Array(buffer))
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const pixelsOf = async (bytes: Uint8Array) => [
  ...(await sharp(bytes).autoOrient().removeAlpha().raw().toBuffer()),
]

const samples = new Map<string, Uint8Array>()
beforeAll(async () => {
  for (const type of TYPES) samples.set(type, await made(type))
  samples.set('turned', await made('jpeg', 6))
  const progressive = sharp(await made('jpeg')).jpeg({ progressive: true })
  samples.set('progressive', new Uint8Array(await progressive.keepMetadata().toBuffer()))
})
const sample = (name: string) => samples.get(name) ?? new Uint8Array()
const NAMES = [...TYPES, 'turned', 'progressive'] as const

describe('stripping', () => {
  it.each(TYPES)('%s keeps its pixels and loses every word that was in it', async (type) => {
    const before = sample(type)
    expect(text(before)).toContain('Nguyen Van A')
    const after = stripMetadata(before)
    expect(after).toMatchObject({ contentType: `image/${type}`, widthPx: 6, heightPx: 4 })
    expect(text(after.bytes)).not.toMatch(/Nguyen|Exif|EXIF|eXIf|XMP|xmp|iTXt|ICC/)
    expect(await pixelsOf(after.bytes)).toEqual(await pixelsOf(before))
    const { exif, xmp, icc } = await sharp(after.bytes).metadata()
    expect([exif, xmp, icc]).toEqual([undefined, undefined, undefined])
  })

  it('a JPEG that lies on its side stays turned: the orientation is written anew, alone', async () => {
    const before = sample('turned')
    const after = stripMetadata(before)
    expect(after).toMatchObject({ widthPx: 4, heightPx: 6 })
    expect(text(after.bytes).split('Exif').length).toBe(2)
    expect(text(after.bytes)).toContain(text(orientationSegment(6)))
    expect((await sharp(after.bytes).metadata()).orientation).toBe(6)
    expect(await pixelsOf(after.bytes)).toEqual(await pixelsOf(before))
  })

  it('what hangs behind the picture goes (films of a live photo, whole archives)', () => {
    for (const name of NAMES) {
      const before = sample(name)
      const tail = new TextEncoder().encode(SECRET)
      const longer = new Uint8Array([...before, ...tail])
      expect(text(stripMetadata(longer).bytes)).not.toContain('Nguyen')
      expect(stripMetadata(longer).bytes).toEqual(stripMetadata(before).bytes)
    }
  })

  it('stripping again changes nothing', () => {
    for (const name of NAMES) {
      const once = stripMetadata(sample(name))
      expect(stripMetadata(once.bytes)).toEqual(once)
    }
  })

  it('comments and unknown segments of a JPEG go', () => {
    const comment = [0xff, 0xfe, 0x00, 0x06, 0x41, 0x42, 0x43, 0x44]
    const jpeg = sample('jpeg')
    const noisy = new Uint8Array([...jpeg.slice(0, 2), ...comment, ...jpeg.slice(2)])
    expect(stripMetadata(noisy).bytes).toEqual(stripMetadata(jpeg).bytes)
  })

  it('a moving WebP is refused', async () => {
    const frames = await sharp(sample('png'), { pages: 1 })
      .extend({ bottom: 4, background: 'red' })
      .webp({ loop: 0, delay: [10, 10] })
      .toBuffer()
    const moving = Buffer.from(frames)
    moving.write('ANIM', moving.indexOf('VP8'), 'latin1')
    expect(() => stripMetadata(moving)).toThrow(AppError)
  })
})

describe('whatever bytes come', () => {
  const isRefused = (bytes: Uint8Array) => {
    try {
      stripMetadata(bytes)
      return false
    } catch (error) {
      if (error instanceof AppError && /^files\.(heic|not_an_image)$/.test(error.code)) return true
      throw error
    }
  }

  it('noise is refused, never a crash', () => {
    const signatures = [
      [],
      [0xff, 0xd8, 0xff],
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
      [...Buffer.from('RIFF\x30\x00\x00\x00WEBPVP8X')],
      [...Buffer.from('RIFF\x30\x00\x00\x00WEBPVP8 ')],
    ]
    assert(
      property(constantFrom(...signatures), uint8Array({ maxLength: 200 }), (head, noise) => {
        isRefused(new Uint8Array([...head, ...noise]))
      }),
      { seed: 7, numRuns: 5_000 },
    )
  })

  it('a picture that is cut anywhere is refused, or whole without its tail', () => {
    for (const name of NAMES) {
      const whole = sample(name)
      const stripped = stripMetadata(whole).bytes
      for (let end = 0; end < whole.length; end++) {
        const cut = whole.slice(0, end)
        if (!isRefused(cut)) expect(stripMetadata(cut).bytes).toEqual(stripped)
      }
    }
  })

  it('a picture with damaged bytes is refused or comes out as a whole one', () => {
    assert(
      property(
        constantFrom(...NAMES),
        uint8Array({ minLength: 8, maxLength: 8 }),
        uint8Array({ minLength: 4, maxLength: 4 }),
        (name, places, values) => {
          const bytes = sample(name).slice()
          values.forEach((value, i) => {
            const at = ((places[2 * i] ?? 0) * 256 + (places[2 * i + 1] ?? 0)) % bytes.length
            bytes[at] = value
          })
          if (isRefused(bytes)) return
          const once = stripMetadata(bytes)
          expect(stripMetadata(once.bytes)).toEqual(once)
        },
      ),
      { seed: 7, numRuns: 5_000 },
    )
  })

  it('a header that claims an absurd size is refused', () => {
    const bytes = sample('png').slice()
    bytes.set([0x7f, 0xff, 0xff, 0xff], 16)
    expect(isRefused(bytes)).toBe(true)
  })
})

it('the kind is read from the bytes', () => {
  for (const type of TYPES) expect(sniff(sample(type))).toBe(`image/${type}`)
  const ftyp = (brand: string) => new Uint8Array(Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0`))
  expect(['heic', 'heix', 'mif1', 'msf1'].map((brand) => sniff(ftyp(brand)))).toEqual(
    Array(4).fill('heic'),
  )
  expect(['avif', 'isom', 'qt  '].map((brand) => sniff(ftyp(brand)))).toEqual(
    Array(3).fill(undefined),
  )
  expect(sniff(new TextEncoder().encode('<svg xmlns="x"/>'))).toBeUndefined()
  expect(sniff(new Uint8Array())).toBeUndefined()
})
