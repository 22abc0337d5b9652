import { fourCc } from './sniff.ts'
import type { Stripped } from './strip.ts'

const HEADER_BYTES = 12
/** VP8X flags (RFC 9649 §2.7.1): profile, EXIF and XMP present. */
const FLAGS_OF_DROPPED = 0x20 | 0x08 | 0x04
const KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH'])

const broken = () => new RangeError('broken WebP')

/** Keeps the still picture; drops EXIF, XMP, profile and unknown chunks. An animation is not a photo: refused. */
export function stripWebp(bytes: Uint8Array): Stripped {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const stop = view.getUint32(4, true) + 8
  if (stop > bytes.length) throw broken()
  const chunks: Uint8Array[] = []
  let size: { widthPx: number; heightPx: number } | undefined
  for (let at = HEADER_BYTES; at + 8 <= stop; ) {
    const type = fourCc(bytes, at)
    const length = view.getUint32(at + 4, true)
    const end = at + 8 + length + (length % 2)
    if (end > stop) throw broken()
    if (type === 'ANIM' || type === 'ANMF') throw broken()
    if (KEPT.has(type)) {
      const chunk = bytes.slice(at, end)
      if (type === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~FLAGS_OF_DROPPED
      size ??= sizeOf(type, chunk)
      chunks.push(chunk)
    }
    at = end
  }
  if (size === undefined) throw broken()
  const header = bytes.slice(0, HEADER_BYTES)
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 4)
  new DataView(header.buffer).setUint32(4, total, true)
  return { pieces: [header, ...chunks], ...size }
}

/** Canvas of VP8X (24 bits less one), frame of VP8 (14 bits), frame of VP8L (14 bits less one). */
function sizeOf(type: string, chunk: Uint8Array) {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  switch (type) {
    case 'VP8X':
      return { widthPx: uint24(12) + 1, heightPx: uint24(15) + 1 }
    case 'VP8 ':
      if (uint24(11) !== 0x2a019d) throw broken()
      return {
        widthPx: view.getUint16(14, true) & 0x3fff,
        heightPx: view.getUint16(16, true) & 0x3fff,
      }
    case 'VP8L': {
      if (view.getUint8(8) !== 0x2f) throw broken()
      const bits = view.getUint32(9, true)
      return { widthPx: (bits & 0x3fff) + 1, heightPx: ((bits >>> 14) & 0x3fff) + 1 }
    }
    default:
      return undefined
  }
}
