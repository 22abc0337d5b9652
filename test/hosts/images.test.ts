import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createImages } from '../../api/hosts/images.ts'
import { phonePhoto } from '../tour/photo.ts'

const images = createImages()
const PLACE = { lng: 107.5006, lat: 16.5462 }
const solid = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#468' } })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: { code?: string }) => error.code,
  )

describe('a photo', () => {
  it('tells when and where it was taken, and keeps none of it', async () => {
    const bytes = await phonePhoto({ label: 'Ngập', ...PLACE, takenAt: '2026:11:23 05:10:00' })
    expect(Buffer.from(bytes).includes('Secret Model')).toBe(true)
    const { picture, thumbnail, taken } = await images.sanitise(bytes)
    expect(taken.at?.toISOString()).toBe('2026-11-22T22:10:00.000Z')
    expect(taken.lng).toBeCloseTo(PLACE.lng, 4)
    expect(taken.lat).toBeCloseTo(PLACE.lat, 4)
    for (const one of [picture, thumbnail]) {
      const { exif, xmp, iptc, icc } = await sharp(one?.bytes).metadata()
      expect([exif, xmp, iptc, icc]).toEqual([undefined, undefined, undefined, undefined])
      expect(Buffer.from(one?.bytes ?? []).includes('Secret Model')).toBe(false)
    }
  })

  it('south and west are negative, and a camera without a fix has no place', async () => {
    const south = await phonePhoto({ label: 'x', lng: -70.5, lat: -33.25 })
    const { taken } = await images.sanitise(south)
    expect([taken.lng, taken.lat]).toEqual([-70.5, -33.25])
    const nowhere = await phonePhoto({ label: 'x', lng: 0, lat: 0 })
    expect((await images.sanitise(nowhere)).taken).not.toHaveProperty('lat')
  })

  it('stands upright and fits: 2,560 px, thumbnail 480 px', async () => {
    const sideways = await solid(4000, 3000).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    const { picture, thumbnail } = await images.sanitise(new Uint8Array(sideways))
    expect([picture.widthPx, picture.heightPx]).toEqual([1920, 2560])
    expect([thumbnail?.widthPx, thumbnail?.heightPx]).toEqual([360, 480])
    const small = await images.sanitise(new Uint8Array(await solid(100, 50).png().toBuffer()))
    expect([small.picture.widthPx, small.picture.heightPx]).toEqual([100, 50])
    expect(small.picture.contentType).toBe('image/jpeg')
  })

  it('that is clear in places becomes white there, not black', async () => {
    const clear = await sharp({
      create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .webp()
      .toBuffer()
    const { picture } = await images.sanitise(new Uint8Array(clear))
    const { channels } = await sharp(picture.bytes).stats()
    expect(channels.every((channel) => channel.min > 250)).toBe(true)
  })
})

describe('covered parts', () => {
  it('are painted whole in picture and thumbnail, and nothing else is', async () => {
    const white = await solid(1000, 800).jpeg().toBuffer()
    const { picture } = await images.sanitise(new Uint8Array(white))
    const made = await images.cover?.(picture.bytes, [
      { x: 0.25, y: 0.5, width: 0.25, height: 0.25 },
      { x: 0.9, y: 0.9, width: 0.9, height: 0.9 },
    ])
    const at = async (bytes: Uint8Array | undefined, x: number, y: number) => {
      const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
      const i = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3
      return data[i + 2] ?? -1
    }
    for (const bytes of [made?.picture.bytes, made?.thumbnail.bytes]) {
      for (const [x, y] of [
        [0.26, 0.52],
        [0.49, 0.73],
        [0.95, 0.95],
      ] as const)
        expect(await at(bytes, x, y)).toBeLessThan(60)
      for (const [x, y] of [
        [0.2, 0.52],
        [0.4, 0.45],
        [0.85, 0.85],
      ] as const)
        expect(await at(bytes, x, y)).toBeGreaterThan(110)
    }
    expect([made?.picture.widthPx, made?.picture.heightPx]).toEqual([1000, 800])
  })
})

describe('refused is', () => {
  it.each([
    ['a drawing with scripts', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['a text', 'xin chào'],
    ['nothing', ''],
  ])('%s', async (_name, text) => {
    expect(await codeOf(images.sanitise(new TextEncoder().encode(text)))).toBe('files.not_an_image')
  })

  it('a photo that is cut off', async () => {
    const whole = new Uint8Array(await solid(800, 600).jpeg().toBuffer())
    expect(await codeOf(images.sanitise(whole.subarray(0, 300)))).toBe('files.not_an_image')
  })

  it('a small file that claims a huge picture', async () => {
    const bomb = await solid(9000, 9000).png({ compressionLevel: 9 }).toBuffer()
    expect(bomb.length).toBeLessThan(1_000_000)
    expect(await codeOf(images.sanitise(new Uint8Array(bomb)))).toBe('files.not_an_image')
  })

  it('HEIC, by its own name', async () => {
    const heic = new TextEncoder().encode('\0\0\0\u0018ftypheic\0\0\0\0mif1heic')
    expect(await codeOf(images.sanitise(heic))).toBe('files.heic')
  })
})
