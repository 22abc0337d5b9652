/** Telegram opens a mini-app with its data in the hash; it is taken out, because the hash is our router's. */
export type TelegramLaunch = {
  /** Signed; undefined when opened in a way that tells nothing about the person (a keyboard button). */
  initData?: string
  version: string
  themeParams: Record<string, string>
  startParam?: string
}

const KEY = 'loa.telegram'

/** The launch parameters of a hash (`#tgWebAppData=…&tgWebAppVersion=…`); undefined for any other hash. Pure. */
export function parseLaunch(hash: string): TelegramLaunch | undefined {
  const fields = new URLSearchParams(hash.replace(/^#/, ''))
  const version = fields.get('tgWebAppVersion')
  if (version === null) return undefined
  const initData = fields.get('tgWebAppData')
  const startParam =
    fields.get('tgWebAppStartParam') ?? new URLSearchParams(initData ?? '').get('start_param')
  return {
    version,
    themeParams: themeOf(fields.get('tgWebAppThemeParams')),
    ...(initData ? { initData } : {}),
    ...(startParam ? { startParam } : {}),
  }
}

/** `#rrggbb` by name, nothing else. */
export function themeOf(json: unknown): Record<string, string> {
  const given = typeof json === 'string' ? parse(json) : json
  if (typeof given !== 'object' || given === null) return {}
  const colours = Object.entries(given).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && /^#[0-9a-f]{6}$/i.test(entry[1]),
  )
  return Object.fromEntries(colours)
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** `case_HUE-XXXX-XXXX` → `/case/HUE-XXXX-XXXX`; only words and codes, so that a link leads nowhere else. Pure. */
export function routeOfStart(startParam: string | undefined): string {
  const [, page = '', rest] = /^([a-z]+)(?:_([A-Z0-9-]+))?$/.exec(startParam ?? '') ?? []
  return `/${page}${rest === undefined ? '' : `/${rest}`}`
}

/** The launch of this tab, kept over a reload (not over the tab: the data age). Cleans the address the first time. */
export function readLaunch(): TelegramLaunch | undefined {
  const fresh = parseLaunch(location.hash)
  if (fresh !== undefined) {
    remember(location.hash)
    history.replaceState(null, '', `#${routeOfStart(fresh.startParam)}`)
    return fresh
  }
  return parseLaunch(recall())
}

function remember(hash: string): void {
  try {
    sessionStorage.setItem(KEY, hash)
  } catch {
    // A reload then is a plain browser; nothing else is lost.
  }
}

function recall(): string {
  try {
    return sessionStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}
