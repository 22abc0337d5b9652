export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp'

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Major brands of HEIF with HEVC pictures, what phones call HEIC (ISO/IEC 23008-12, annex B). */
const HEIC_BRANDS = /^(heic|heix|heim|heis|hevc|hevx|hevm|hevs|mif1|msf1)$/

/** Four signs at an offset, as text. */
export const fourCc = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + 4))

/** What the first bytes say; the name and the type that a client gave are not asked. */
export function sniff(bytes: Uint8Array): PictureType | 'heic' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (PNG.every((byte, i) => bytes[i] === byte)) return 'image/png'
  if (fourCc(bytes, 0) === 'RIFF' && fourCc(bytes, 8) === 'WEBP') return 'image/webp'
  if (fourCc(bytes, 4) === 'ftyp' && HEIC_BRANDS.test(fourCc(bytes, 8))) return 'heic'
  return undefined
}
