import { exifSegment, withExif } from './exif.ts'

/** Enough to read a sign in the picture, a tenth of what a new phone sends. */
const MAX_SIDE_PX = 2560
const QUALITY = 0.85
const THUMB_SIDE_PX = 240
const THUMB_QUALITY = 0.6
/** Below this a re-encoding saves nothing worth the wait. */
const SMALL_BYTES = 600_000

function draw(bitmap: ImageBitmap, maxSidePx: number): HTMLCanvasElement {
  const scale = Math.min(1, maxSidePx / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return canvas
}

async function shrink(file: File, bitmap: ImageBitmap): Promise<Blob> {
  if (file.size <= SMALL_BYTES) return file
  const canvas = draw(bitmap, MAX_SIDE_PX)
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', QUALITY),
  )
  if (blob === null || blob.size >= file.size) return file
  const segment = exifSegment(new Uint8Array(await file.arrayBuffer()))
  if (segment === undefined) return blob
  const bytes = withExif(new Uint8Array(await blob.arrayBuffer()), segment)
  return new Blob([bytes], { type: 'image/jpeg' })
}

/**
 * What to upload and a small `data:` picture to show. A file that this browser cannot decode goes as it is, without a
 * picture: the server says what is wrong with it (HEIC, for example).
 */
export async function preparePhoto(file: File): Promise<{ upload: Blob; thumb: string }> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const thumb = draw(bitmap, THUMB_SIDE_PX).toDataURL('image/jpeg', THUMB_QUALITY)
    const upload = await shrink(file, bitmap)
    bitmap.close()
    return { upload, thumb }
  } catch {
    return { upload: file, thumb: '' }
  }
}
