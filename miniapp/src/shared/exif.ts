const SOI = 0xffd8
const APP1 = 0xffe1
const START_OF_SCAN = 0xffda
const EXIF_MARK = 'Exif\0\0'
const ORIENTATION_TAG = 0x0112

const asText = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/** Sets the orientation of a TIFF block to upright, because the shrunken pixels already are. */
function setUpright(tiff: DataView): void {
  const isLittle = tiff.getUint16(0) === 0x4949
  const start = tiff.getUint32(4, isLittle)
  const entries = tiff.getUint16(start, isLittle)
  for (let i = 0; i < entries; i++) {
    const at = start + 2 + i * 12
    if (tiff.getUint16(at, isLittle) === ORIENTATION_TAG) tiff.setUint16(at + 8, 1, isLittle)
  }
}

/**
 * The EXIF segment (APP1 with its marker) of a JPEG, upright; undefined when there is none or it is broken. It carries
 * where and when a photo was taken to the server, which reads it and then throws it away.
 */
export function exifSegment(jpeg: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
  try {
    if (view.getUint16(0) !== SOI) return undefined
    for (let at = 2; ; ) {
      const marker = view.getUint16(at)
      if (marker === START_OF_SCAN || marker < 0xff00) return undefined
      const length = view.getUint16(at + 2)
      if (marker === APP1 && asText(jpeg.subarray(at + 4, at + 10)) === EXIF_MARK) {
        const segment = new Uint8Array(jpeg.slice(at, at + 2 + length))
        setUpright(new DataView(segment.buffer, 10))
        return segment
      }
      at += 2 + length
    }
  } catch {
    return undefined
  }
}

/** `jpeg` with `segment` right behind its first marker. */
export function withExif(jpeg: Uint8Array, segment: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(jpeg.length + segment.length)
  out.set(jpeg.subarray(0, 2))
  out.set(segment, 2)
  out.set(jpeg.subarray(2), 2 + segment.length)
  return out
}
