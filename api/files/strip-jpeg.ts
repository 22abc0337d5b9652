import { fourCc } from './sniff.ts'
import type { Stripped } from './strip.ts'

const SOS = 0xda
const EOI = 0xd9
const APP0 = 0xe0
const APP1 = 0xe1
const APP14 = 0xee

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const broken = () => new RangeError('broken JPEG')

/** Markers that describe the drawing: tables, frames, restart interval, scans (ITU T.81, table B.1). */
const isDrawing = (marker: number) => (marker >= 0xc0 && marker <= 0xcf) || marker >= 0xda

/** Start of frame, all kinds; C4, C8 and CC are tables. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Keeps tables, frames and scans, JFIF and Adobe (how colours are coded); drops the rest and whatever follows EOI. */
export function stripJpeg(bytes: Uint8Array): Stripped {
  const view = viewOf(bytes)
  const kept: Uint8Array[] = []
  let orientation = 1
  let size: { widthPx: number; heightPx: number } | undefined
  let at = 2
  for (;;) {
    if (view.getUint8(at) !== 0xff) throw broken()
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1 // fill byte
      continue
    }
    if (marker === EOI) break
    const length = view.getUint16(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) throw broken()
    const segment = bytes.subarray(at, end)
    if (marker === APP1) orientation = orientationOf(segment) ?? orientation
    if (isFrame(marker)) {
      // One frame, as long as its count of components says (T.81 B.2.2).
      if (size !== undefined || length !== 8 + 3 * view.getUint8(at + 9)) throw broken()
      size = { heightPx: view.getUint16(at + 5), widthPx: view.getUint16(at + 7) }
    }
    if (marker === SOS) {
      const scanEnd = endOfScan(bytes, end)
      kept.push(bytes.subarray(at, scanEnd))
      at = scanEnd
      continue
    }
    if (isKept(marker, segment)) kept.push(segment)
    at = end
  }
  if (size === undefined) throw broken()
  return {
    pieces: [
      Uint8Array.of(0xff, 0xd8),
      ...(orientation === 1 ? [] : [orientationSegment(orientation)]),
      ...kept,
      Uint8Array.of(0xff, EOI),
    ],
    // Orientations 5 to 8 lie on their side.
    ...(orientation >= 5 ? { widthPx: size.heightPx, heightPx: size.widthPx } : size),
  }
}

function isKept(marker: number, segment: Uint8Array): boolean {
  if (marker === APP0) return fourCc(segment, 4) === 'JFIF'
  if (marker === APP14) return fourCc(segment, 4) === 'Adob'
  return isDrawing(marker) && marker < APP0
}

/** Coded data run until a marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) break
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  throw broken()
}

/** EXIF tag 0x0112 of the first directory, 1..8; undefined when it is absent or nonsense. */
function orientationOf(segment: Uint8Array): number | undefined {
  if (fourCc(segment, 4) !== 'Exif' || segment.length < 18) return undefined
  const tiff = segment.subarray(10)
  const view = viewOf(tiff)
  const isLittle = view.getUint16(0) === 0x4949
  const directory = view.getUint32(4, isLittle)
  if (directory + 2 > tiff.length) return undefined
  const count = view.getUint16(directory, isLittle)
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + i * 12
    if (entry + 12 > tiff.length) return undefined
    if (view.getUint16(entry, isLittle) !== 0x0112) continue
    const value = view.getUint16(entry + 8, isLittle)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

/** APP1 with one directory of one entry: Orientation, SHORT, count 1. */
export const orientationSegment = (value: number): Uint8Array =>
  Uint8Array.from([
    ...[0xff, APP1, 0x00, 0x22],
    ...[0x45, 0x78, 0x69, 0x66, 0x00, 0x00], // Exif
    ...[0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08], // big-endian, directory at 8
    ...[0x00, 0x01, 0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, value, 0x00, 0x00],
    ...[0x00, 0x00, 0x00, 0x00], // no next directory
  ])
