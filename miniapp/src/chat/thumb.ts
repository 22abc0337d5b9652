/** Longest side in pixels; about 6 kB as JPEG, so that a long conversation still fits on the device. */
const SIDE_PX = 200
const QUALITY = 0.6

/** A small copy of a picture as a data URL, for the own bubble; empty when the browser cannot read the file. */
export async function thumbOf(file: File): Promise<string> {
  try {
    const bitmap = await createImageBitmap(file)
    const scale = Math.min(1, SIDE_PX / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(bitmap.width * scale))
    canvas.height = Math.max(1, Math.round(bitmap.height * scale))
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    return canvas.toDataURL('image/jpeg', QUALITY)
  } catch {
    return ''
  }
}
