/** Web clients of Telegram show a mini-app in a frame of this origin. */
const WEB_ORIGIN = 'https://web.telegram.org'

type Data = Record<string, unknown>
type Listener = (data: Data) => void
type Receive = (event: unknown, data: unknown) => void

export type TelegramBridge = {
  post: (event: string, data?: Data) => void
  /** Listens to one event; returns what ends it. */
  on: (event: string, listener: Listener) => () => void
}

type TelegramWindow = Window & {
  TelegramWebviewProxy?: { postEvent: (event: string, json: string) => void }
  TelegramGameProxy?: { receiveEvent: Receive }
  Telegram?: { WebView?: { receiveEvent?: Receive } }
}
type Notifier = { notify?: (json: string) => void }

function poster(host: TelegramWindow): TelegramBridge['post'] {
  const proxy = host.TelegramWebviewProxy
  if (proxy) return (event, data) => proxy.postEvent(event, JSON.stringify(data ?? null))
  const external = host.external as unknown as Notifier | undefined
  const wrap = (event: string, data?: Data) =>
    JSON.stringify({ eventType: event, eventData: data ?? null })
  if (external?.notify) return (event, data) => external.notify?.(wrap(event, data))
  if (host.parent === host) return () => undefined
  return (event, data) => host.parent.postMessage(wrap(event, data), WEB_ORIGIN)
}

function readMessage(data: unknown): { event: unknown; data: unknown } | undefined {
  try {
    const body: unknown = typeof data === 'string' ? JSON.parse(data) : undefined
    if (typeof body !== 'object' || body === null || !('eventType' in body)) return undefined
    return { event: body.eventType, data: 'eventData' in body ? body.eventData : undefined }
  } catch {
    return undefined
  }
}

/** Both directions between the page and Telegram: a native object on phones and desktops, frames on the web. */
export function createTelegramBridge(host: TelegramWindow = window): TelegramBridge {
  const listeners = new Map<string, Set<Listener>>()
  const receive: Receive = (event, data) => {
    const fields = typeof data === 'object' && data !== null ? (data as Data) : {}
    for (const listener of listeners.get(String(event)) ?? []) listener(fields)
  }
  // Where native clients call into the page, by age of the client.
  host.Telegram = {
    ...host.Telegram,
    WebView: { ...host.Telegram?.WebView, receiveEvent: receive },
  }
  host.TelegramGameProxy = { receiveEvent: receive }
  host.addEventListener('message', ({ source, origin, data }) => {
    if (source !== host.parent || origin !== WEB_ORIGIN) return
    const message = readMessage(data)
    if (message) receive(message.event, message.data)
  })
  return {
    post: poster(host),
    on: (event, listener) => {
      const those = listeners.get(event) ?? new Set()
      listeners.set(event, those.add(listener))
      return () => those.delete(listener)
    },
  }
}
