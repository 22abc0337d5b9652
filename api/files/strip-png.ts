import { fourCc } from './sniff.ts'
import type { Stripped } from './strip.ts'

/** Chunks that drawing needs (PNG 3rd edition, §11); text, time, EXIF, profiles and animation are not among them. */
const KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'bKGD',
  'pHYs',
])
const SIGNATURE_BYTES = 8
/** Length, type and checksum around a chunk's data. */
const FRAME_BYTES = 12

/** Keeps the listed chunks as they are; drops the others and whatever follows IEND. */
export function stripPng(bytes: Uint8Array): Stripped {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pieces = [bytes.subarray(0, SIGNATURE_BYTES)]
  if (fourCc(bytes, SIGNATURE_BYTES + 4) !== 'IHDR') throw new RangeError('broken PNG')
  for (let at = SIGNATURE_BYTES; ; ) {
    const end = at + FRAME_BYTES + view.getUint32(at)
    if (end > bytes.length) throw new RangeError('broken PNG')
    const type = fourCc(bytes, at + 4)
    if (KEPT.has(type)) pieces.push(bytes.subarray(at, end))
    if (type === 'IEND') break
    at = end
  }
  return { pieces, widthPx: view.getUint32(16), heightPx: view.getUint32(20) }
}
