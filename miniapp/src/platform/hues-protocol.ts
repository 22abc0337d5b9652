/** Version 1 of the bridge to a super-app; hues.md is its contract. */
export const BRIDGE_VERSION = 1

export const ABILITIES = [
  'authorize',
  'place',
  'photo',
  'scanQr',
  'share',
  'openLink',
  'close',
  'back',
] as const
export type Ability = (typeof ABILITIES)[number]

export type Look = {
  theme?: 'light' | 'dark'
  insets?: { top: number; right: number; bottom: number; left: number }
}

export type FromHost =
  | { type: 'welcome'; version: number; can: readonly Ability[]; look: Look; route?: string }
  | { type: 'answer'; id: string; ok: true; value: unknown }
  | { type: 'answer'; id: string; ok: false; reason: 'denied' | 'cancelled' | 'unavailable' }
  | { type: 'look'; look: Look }
  | { type: 'online'; isOnline: boolean }
  | { type: 'back' }
  | { type: 'route'; route: string }

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** A bar is never half a phone's screen. */
const MAX_INSET_PX = 200
const inset = (value: unknown): number =>
  typeof value === 'number' && value > 0 ? Math.min(value, MAX_INSET_PX) : 0

function lookOf(fields: Fields): Look {
  const { theme, insets } = fields
  return {
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...(isFields(insets)
      ? {
          insets: {
            top: inset(insets.top),
            right: inset(insets.right),
            bottom: inset(insets.bottom),
            left: inset(insets.left),
          },
        }
      : {}),
  }
}

/** Our own pages only: a path of plain signs. */
const routeOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\/[\w/-]{0,100}$/.test(value) ? value : undefined

function answerOf({ id, ok, value, reason }: Fields): FromHost | undefined {
  if (typeof id !== 'string') return undefined
  if (ok === true) return { type: 'answer', id, ok, value }
  const known = reason === 'denied' || reason === 'cancelled' ? reason : 'unavailable'
  return { type: 'answer', id, ok: false, reason: known }
}

/** A message of the host, read with distrust; undefined for anything that is none. Never throws. */
export function readFromHost(data: unknown): FromHost | undefined {
  if (!isFields(data) || data.loa !== BRIDGE_VERSION) return undefined
  switch (data.type) {
    case 'welcome': {
      if (data.version !== BRIDGE_VERSION) return undefined
      const given: readonly unknown[] = Array.isArray(data.can) ? data.can : []
      const route = routeOf(data.route)
      return {
        type: 'welcome',
        version: BRIDGE_VERSION,
        can: ABILITIES.filter((ability) => given.includes(ability)),
        look: lookOf(data),
        ...(route === undefined ? {} : { route }),
      }
    }
    case 'answer':
      return answerOf(data)
    case 'look':
      return { type: 'look', look: lookOf(data) }
    case 'online':
      return { type: 'online', isOnline: data.isOnline === true }
    case 'back':
      return { type: 'back' }
    case 'route': {
      const route = routeOf(data.route)
      return route === undefined ? undefined : { type: 'route', route }
    }
    default:
      return undefined
  }
}
