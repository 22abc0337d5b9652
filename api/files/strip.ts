import { AppError } from '../core/errors.ts'
import type { Picture } from './ports.ts'
import { sniff } from './sniff.ts'
import { stripJpeg } from './strip-jpeg.ts'
import { stripPng } from './strip-png.ts'
import { stripWebp } from './strip-webp.ts'

/** What a stripper gives: the kept pieces in order, and the size as a viewer shows it. */
export type Stripped = { pieces: readonly Uint8Array[]; widthPx: number; heightPx: number }

/** More than any phone makes; a header that claims more is an attack on whoever decodes it. */
const MAX_PIXELS = 120_000_000

const STRIPPERS = { 'image/jpeg': stripJpeg, 'image/png': stripPng, 'image/webp': stripWebp }

/**
 * The picture without metadata, its pixels untouched: for hosts that cannot re-encode. Only pieces that are needed to
 * draw it stay, all others go, known or not; of EXIF the orientation alone is written anew. Throws `files.heic` or
 * `files.not_an_image`.
 */
export function stripMetadata(bytes: Uint8Array): Picture {
  const contentType = sniff(bytes)
  if (contentType === 'heic') throw new AppError('files.heic')
  if (contentType === undefined) throw new AppError('files.not_an_image')
  const { pieces, widthPx, heightPx } = guarded(() => STRIPPERS[contentType](bytes))
  if (widthPx < 1 || heightPx < 1 || widthPx * heightPx > MAX_PIXELS) {
    throw new AppError('files.not_an_image')
  }
  return { bytes: join(pieces), contentType, widthPx, heightPx }
}

/** Reading past the end of a broken file is a broken file, nothing worse. */
function guarded<T>(fn: () => T): T {
  try {
    return fn()
  } catch (cause) {
    if (cause instanceof RangeError) throw new AppError('files.not_an_image', { cause })
    throw cause
  }
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    out.set(piece, at)
    at += piece.length
  }
  return out
}
