import { browserPlatform } from './browser.ts'
import { type HostName, hostHere } from './detect.ts'

/** Where a resident stands, or why it is not known; a refusal is an answer, never an error. */
export type PlaceAnswer =
  | { kind: 'found'; lng: number; lat: number; accuracyM?: number }
  | { kind: 'denied' }
  | { kind: 'unavailable' }

export type Insets = { top: number; right: number; bottom: number; left: number }
export type Theme = 'light' | 'dark' | 'system'
/** What a host gives the server to check once. */
export type Proof = { host: 'telegram'; initData: string } | { host: 'zalo'; accessToken: string }
/** What an OpenID provider sends back to the redirect address. */
export type AuthorizationAnswer = { code: string; state: string; iss?: string }

/** The big button at the foot of a host, in place of the page's own. */
export type MainButton = { text: string; isBusy: boolean; isEnabled: boolean; onPress: () => void }

/**
 * What a page asks of the app that embeds it. Every host implements it; pages know no host by name. Nothing is asked of
 * the person before a tap, and a refusal leaves every page usable.
 */
export type Platform = {
  name: HostName
  /** Proof of who opened the app; undefined where the host knows nobody or does not say. */
  whoAmI: () => Promise<Proof | undefined>
  /** Has the host walk the person through an authorization address; absent: the page goes there itself. */
  authorize?: (url: string) => Promise<AuthorizationAnswer | undefined>
  /** Asks for permission; call it only after a tap that explains why. */
  place: () => Promise<PlaceAnswer>
  /** Opens the camera or the picture library; an empty list when the resident thinks better of it. */
  photo: (source: 'camera' | 'library', max: number) => Promise<File[]>
  /** The text of a QR code; undefined when none was read. Absent where nothing can read one. */
  scanQr?: () => Promise<string | undefined>
  share: (content: {
    title: string
    text: string
    url?: string
  }) => Promise<'shared' | 'copied' | 'failed'>
  copy: (text: string) => Promise<boolean>
  openLink: (url: string) => void
  /** Leaves the app; absent where a page cannot do that. */
  close?: () => void
  /** The host's own theme; `system` leaves it to `prefers-color-scheme`. */
  theme: () => Theme
  /** Host bars that lie over the page, in CSS pixels, on top of `env(safe-area-inset-*)`. */
  insets: () => Insets
  /** Calls back when theme or insets change; returns what ends it. */
  onLook: (listener: () => void) => () => void
  isOnline: () => boolean
  /** Calls back at each change; returns what ends it. */
  onOnline: (listener: (isOnline: boolean) => void) => () => void
  /** Shows the host's own back button while there is a way back; undefined takes it away. */
  showBack: (onBack: (() => void) | undefined) => void
  /** Whether the host draws that button, so that the page draws none. */
  drawsBack: () => boolean
  /** Hands a page's main action to the host; absent where the page draws its own button. */
  showMain?: (button: MainButton | undefined) => void
}

type Loader = () => Promise<() => Platform>

/** Each host's code is loaded only there. */
const LOADERS: Record<Exclude<HostName, 'browser'>, Loader> = {
  hues: () => import('./hues.ts').then((m) => m.huesPlatform),
  telegram: () => import('./telegram.ts').then((m) => m.telegramPlatform),
  zalo: () => import('./zalo.ts').then((m) => m.zaloPlatform),
}

let current: Platform | undefined

/** The host that this page runs in; a plain browser until `startPlatform` has found another. */
export function platform(): Platform {
  current ??= browserPlatform()
  return current
}

/** Finds the host, without any SDK, and loads its code; what cannot be loaded leaves a plain browser. */
export async function startPlatform(): Promise<void> {
  const name = hostHere()
  if (name === 'browser') return
  try {
    current = (await LOADERS[name]())()
  } catch {
    current = browserPlatform()
  }
}
