import { browserPlatform } from './browser.ts'

/** Where a resident stands, or why it is not known; a refusal is an answer, never an error. */
export type PlaceAnswer =
  | { kind: 'found'; lng: number; lat: number; accuracyM: number }
  | { kind: 'denied' }
  | { kind: 'unavailable' }

type Insets = { top: number; right: number; bottom: number; left: number }

/** What a page asks of the app that embeds it. Every host implements it; pages know no host by name. */
export type Platform = {
  name: 'browser' | 'hues' | 'zalo' | 'telegram'
  /** Proof of who opened the app, for the server to check; undefined where the host knows nobody. */
  whoAmI: () => Promise<{ proof: string } | undefined>
  /** Asks for permission; call it only after a tap that explains why. */
  place: () => Promise<PlaceAnswer>
  /** Opens the camera or the picture library; an empty list when the resident thinks better of it. */
  photo: (source: 'camera' | 'library', max: number) => Promise<File[]>
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
  theme: () => 'light' | 'dark' | 'system'
  /** Host bars that lie over the page, in CSS pixels, on top of `env(safe-area-inset-*)`. */
  insets: () => Insets
  isOnline: () => boolean
  /** Calls back at each change; returns what ends it. */
  onOnline: (listener: (isOnline: boolean) => void) => () => void
  scanQr?: () => Promise<string | undefined>
}

/** Each host recognises itself; the first that does is used. */
const HOSTS: readonly { isHere: () => boolean; make: () => Platform }[] = [
  { isHere: () => true, make: browserPlatform },
]

let current: Platform | undefined

/** The host that this page runs in, found once. */
export function platform(): Platform {
  current ??= (HOSTS.find((host) => host.isHere())?.make ?? browserPlatform)()
  return current
}
