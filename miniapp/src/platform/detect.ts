import { readLaunch } from './telegram-launch.ts'

export type HostName = 'browser' | 'hues' | 'zalo' | 'telegram'

type Signs = {
  pathname: string
  userAgent: string
  isFramed: boolean
  /** An object that a native super-app puts into its web view. */
  hasNativeBridge: boolean
  /** Telegram's launch parameters, in the address or kept from it. */
  hasTelegramLaunch: boolean
}

/** Which host shows the page, told by traces that every host leaves by itself; first match. Pure. */
export function hostOf(signs: Signs): HostName {
  if (signs.hasTelegramLaunch) return 'telegram'
  // Zalo serves mini-apps below this path only; its in-app browser, which opens links, has the user agent alone.
  if (signs.pathname.startsWith('/zapps/') && /\bZalo\b/i.test(signs.userAgent)) return 'zalo'
  return signs.isFramed || signs.hasNativeBridge ? 'hues' : 'browser'
}

type NativeWindow = Window & {
  LoaHost?: { postMessage?: unknown }
  webkit?: { messageHandlers?: { loaHost?: unknown } }
}

export const hostHere = (): HostName => {
  const native = window as NativeWindow
  return hostOf({
    pathname: location.pathname,
    userAgent: navigator.userAgent,
    isFramed: window.parent !== window,
    hasNativeBridge:
      native.LoaHost?.postMessage !== undefined ||
      native.webkit?.messageHandlers?.loaHost !== undefined,
    hasTelegramLaunch: readLaunch() !== undefined,
  })
}
