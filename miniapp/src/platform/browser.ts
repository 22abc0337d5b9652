import type { PlaceAnswer, Platform } from './index.ts'

/** A first fix may take a while under trees or indoors. */
const PLACE_TIMEOUT_MS = 15_000
const PLACE_MAX_AGE_MS = 60_000

function place(): Promise<PlaceAnswer> {
  if (!('geolocation' in navigator)) return Promise.resolve({ kind: 'unavailable' })
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          kind: 'found',
          lng: coords.longitude,
          lat: coords.latitude,
          accuracyM: coords.accuracy,
        }),
      (error) =>
        resolve({ kind: error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable' }),
      { enableHighAccuracy: true, timeout: PLACE_TIMEOUT_MS, maximumAge: PLACE_MAX_AGE_MS },
    )
  })
}

/** iOS turns HEIC into JPEG by itself when the page names JPEG. */
const ACCEPTED = 'image/jpeg,image/png,image/webp'

function photo(source: 'camera' | 'library', max: number): Promise<File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = ACCEPTED
  input.hidden = true
  if (source === 'camera') input.setAttribute('capture', 'environment')
  else input.multiple = max > 1
  // In the document, because Safari forgets a detached input while the camera is open.
  document.body.append(input)
  return new Promise<File[]>((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])].slice(0, max)))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  }).finally(() => input.remove())
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

type Detector = { detect: (image: ImageBitmap) => Promise<{ rawValue: string }[]> }
type WithDetector = {
  BarcodeDetector?: new (options: { formats: string[] }) => Detector
}

/** Where the browser itself reads QR codes (Android): from a photo, so that no live camera is needed. */
function scanner(): Pick<Platform, 'scanQr'> {
  const { BarcodeDetector } = window as WithDetector
  if (BarcodeDetector === undefined) return {}
  const scanQr = async () => {
    const [file] = await photo('camera', 1)
    if (file === undefined) return undefined
    try {
      const codes = await new BarcodeDetector({ formats: ['qr_code'] }).detect(
        await createImageBitmap(file),
      )
      return codes[0]?.rawValue
    } catch {
      return undefined
    }
  }
  return { scanQr }
}

/** A plain browser tab: web standards only, nobody is known. */
export function browserPlatform(): Platform {
  return {
    name: 'browser',
    whoAmI: () => Promise.resolve(undefined),
    place,
    photo,
    async share({ title, text, url }) {
      if (typeof navigator.share === 'function') {
        try {
          await navigator.share({ title, text, ...(url === undefined ? {} : { url }) })
          return 'shared'
        } catch (error) {
          if (error instanceof DOMException && error.name === 'AbortError') return 'failed'
        }
      }
      return (await copy(url === undefined ? text : `${text}\n${url}`)) ? 'copied' : 'failed'
    },
    copy,
    openLink: (url) => {
      window.open(url, '_blank', 'noopener,noreferrer')
    },
    theme: () => 'system',
    insets: () => ({ top: 0, right: 0, bottom: 0, left: 0 }),
    onLook: () => () => undefined,
    showBack: () => undefined,
    drawsBack: () => false,
    ...scanner(),
    isOnline: () => navigator.onLine,
    onOnline(listener) {
      const tell = () => listener(navigator.onLine)
      addEventListener('online', tell)
      addEventListener('offline', tell)
      return () => {
        removeEventListener('online', tell)
        removeEventListener('offline', tell)
      }
    },
  }
}
