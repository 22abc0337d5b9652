import { postJson } from '../shared/api.ts'
import { browserPlatform } from './browser.ts'
import type { PlaceAnswer, Platform, Theme } from './index.ts'

/** 50 kB brotli, so it comes with the first call and never outside Zalo. */
const sdk = () => import('zmp-sdk')

/** Denied (−201, −202), denied before (−2002), the person has to allow it first (−1401). */
const REFUSED: readonly unknown[] = [-201, -202, -2002, -1401]
const CANCELLED = -2003
const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

/** Zalo writes its theme into the user agent: `… Zalo android/… ZaloTheme/dark ZaloLanguage/vi`. */
export const zaloTheme = (userAgent: string): Theme =>
  /\bZaloTheme\/(light|dark)\b/.exec(userAgent)?.[1] === 'dark' ? 'dark' : 'light'

async function accessToken(): Promise<string | undefined> {
  try {
    return (await (await sdk()).getAccessToken()) || undefined
  } catch {
    return undefined
  }
}

/** Zalo gives a page only a code for a place; our server trades it, and keeps nothing of it. */
async function place(): Promise<PlaceAnswer> {
  try {
    const { token } = await (await sdk()).getLocation()
    const access = await accessToken()
    if (!token || access === undefined) return { kind: 'unavailable' }
    const at = await postJson<{ lng: number; lat: number }>('/session/zalo/place', {
      accessToken: access,
      code: token,
    })
    return { kind: 'found', ...at }
  } catch (error) {
    return { kind: REFUSED.includes(codeOf(error)) ? 'denied' : 'unavailable' }
  }
}

async function fileOf(path: string): Promise<File> {
  const blob = await (await fetch(path)).blob()
  return new File([blob], 'photo.jpg', { type: blob.type || 'image/jpeg' })
}

async function photo(source: 'camera' | 'library', max: number): Promise<File[]> {
  try {
    const { filePaths } = await (await sdk()).chooseImage({
      count: max,
      sourceType: [source === 'camera' ? 'camera' : 'album'],
    })
    return await Promise.all(filePaths.slice(0, max).map(fileOf))
  } catch (error) {
    if (codeOf(error) === CANCELLED) return []
    // Not approved for this app yet, or an old Zalo: the web view's own chooser works.
    return browserPlatform().photo(source, max)
  }
}

async function scanQr(): Promise<string | undefined> {
  try {
    return (await (await sdk()).scanQRCode()).content || undefined
  } catch {
    return undefined
  }
}

/** Inside Zalo. Its own header has the way back, so the page shows none there. */
export function zaloPlatform(): Platform {
  const browser = browserPlatform()
  return {
    ...browser,
    name: 'zalo',
    whoAmI: async () => {
      const token = await accessToken()
      return token === undefined ? undefined : { host: 'zalo', accessToken: token }
    },
    place,
    photo,
    scanQr,
    share: async ({ title, text, url }) => {
      if (url === undefined) return browser.share({ title, text })
      try {
        await (await sdk()).openShareSheet({ type: 'link', data: { link: url, chatOnly: false } })
        return 'shared'
      } catch {
        return browser.share({ title, text, url })
      }
    },
    openLink: (url) => {
      sdk()
        .then(({ openWebview }) => openWebview({ url, config: { style: 'bottomSheet' } }))
        .catch(() => browser.openLink(url))
    },
    close: () => {
      sdk()
        .then(({ closeApp }) => closeApp())
        .catch(() => undefined)
    },
    drawsBack: () => true,
    theme: () => zaloTheme(navigator.userAgent),
  }
}
