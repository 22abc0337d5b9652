import readExif from 'exif-reader'
import sharp, { type Sharp } from 'sharp'
import { AppError } from '../core/errors.ts'
import type { Box, Covered, Images, Picture, Taken } from '../files/ports.ts'
import { sniff } from '../files/sniff.ts'
import { createTurns } from './passwords.ts'

/** Decoded pixels that one upload may cost (50 MP is about 150 MB). */
const MAX_PIXELS = 50_000_000
const MAX_SIDE_PX = 2560
const THUMB_SIDE_PX = 480
const QUALITY = 82
const THUMB_QUALITY = 76
/** Decoded at once; each may hold MAX_PIXELS in memory. */
const AT_ONCE = 2
const COVER = '#2b2b2b'
/** Cameras write local time without a zone; Viet Nam has +07:00 all year. */
const LOCAL_OFFSET_MS = 7 * 3_600_000

sharp.cache(false)
sharp.concurrency(1)

/** Re-encodes to JPEG without metadata, upright, at most 2,560 px; only the three formats are ever decoded. */
export function createImages(): Images {
  const inTurn = createTurns(AT_ONCE)
  return {
    sanitise: (bytes) => inTurn(() => sanitise(bytes)),
    cover: (bytes, boxes) => inTurn(() => cover(bytes, boxes)),
  }
}

async function sanitise(bytes: Uint8Array): ReturnType<Images['sanitise']> {
  // The library reads many more formats, some of them risky.
  const kind = sniff(bytes)
  if (kind === 'heic') throw new AppError('files.heic')
  if (kind === undefined) throw new AppError('files.not_an_image')
  try {
    const source = sharp(bytes, { limitInputPixels: MAX_PIXELS, sequentialRead: true })
    const { exif } = await source.metadata()
    const upright = source.autoOrient().flatten({ background: '#ffffff' })
    const picture = await encode(upright, MAX_SIDE_PX, QUALITY)
    const thumbnail = await encode(sharp(picture.bytes), THUMB_SIDE_PX, THUMB_QUALITY)
    return { picture, thumbnail, taken: exif === undefined ? {} : readTaken(exif) }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('files.not_an_image', { cause: error })
  }
}

/** Painted, not blurred: what was blurred can be guessed. Whole pixels outwards, so that no edge shows. */
async function cover(bytes: Uint8Array, boxes: readonly Box[]): Promise<Covered> {
  const source = sharp(bytes, { limitInputPixels: MAX_PIXELS })
  const { width, height } = await source.metadata()
  const painted = boxes.map((box) => {
    const left = Math.floor(box.x * width)
    const top = Math.floor(box.y * height)
    const right = Math.min(width, Math.ceil((box.x + box.width) * width))
    const bottom = Math.min(height, Math.ceil((box.y + box.height) * height))
    const size = { width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
    return { input: { create: { ...size, channels: 3 as const, background: COVER } }, left, top }
  })
  const drawn = await source.composite(painted).toBuffer()
  return {
    picture: await encode(sharp(drawn), MAX_SIDE_PX, QUALITY),
    thumbnail: await encode(sharp(drawn), THUMB_SIDE_PX, THUMB_QUALITY),
  }
}

async function encode(source: Sharp, sidePx: number, quality: number): Promise<Picture> {
  const { data, info } = await source
    .resize({ width: sidePx, height: sidePx, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality })
    .toBuffer({ resolveWithObject: true })
  return {
    bytes: new Uint8Array(data),
    contentType: 'image/jpeg',
    widthPx: info.width,
    heightPx: info.height,
  }
}

/** Time and place that the camera noted; whatever is missing or absurd is left out. */
export function readTaken(exif: Buffer): Taken {
  try {
    const { Photo, GPSInfo } = readExif(exif)
    const taken: Taken = {}
    const at = Photo?.DateTimeOriginal
    if (at instanceof Date && Number.isFinite(at.getTime())) {
      taken.at = new Date(at.getTime() - offsetMs(Photo?.OffsetTimeOriginal))
    }
    const lat = degrees(GPSInfo?.GPSLatitude, GPSInfo?.GPSLatitudeRef, 'S', 90)
    const lng = degrees(GPSInfo?.GPSLongitude, GPSInfo?.GPSLongitudeRef, 'W', 180)
    // Cameras without a fix write 0,0.
    if (lat !== undefined && lng !== undefined && (lat !== 0 || lng !== 0)) {
      taken.lat = lat
      taken.lng = lng
    }
    return taken
  } catch {
    return {}
  }
}

function offsetMs(offset: unknown): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(String(offset)) ?? []
  if (sign === undefined) return LOCAL_OFFSET_MS
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** Degrees, minutes, seconds → decimal degrees, six decimals (0.1 m). */
function degrees(parts: unknown, ref: unknown, negative: string, limit: number) {
  if (!Array.isArray(parts) || parts.length !== 3) return undefined
  const [d, m, s] = parts.map(Number)
  const value = (d ?? 0) + (m ?? 0) / 60 + (s ?? 0) / 3600
  if (!Number.isFinite(value) || value > limit) return undefined
  const signed = ref === negative ? -value : value
  return Math.round(signed * 1e6) / 1e6
}
