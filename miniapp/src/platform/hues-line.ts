import { BRIDGE_VERSION, type FromHost, readFromHost } from './hues-protocol.ts'

/** The way to the host, once it is known who that is. */
export type Line = {
  send: (message: Record<string, unknown>) => void
  /** The one listener to whatever the host says. */
  listen: (listener: (message: FromHost) => void) => void
}

type NativeWindow = Window & {
  LoaHost?: { postMessage: (json: string) => void }
  webkit?: { messageHandlers?: { loaHost?: { postMessage: (json: string) => void } } }
  loaReceive?: (json: unknown) => void
}

const hello = { loa: BRIDGE_VERSION, type: 'hello', versions: [BRIDGE_VERSION] }

const parse = (data: unknown): unknown => {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

/** A native app around the page: texts through an object that only it can put there. */
function nativeLine(host: NativeWindow): Line | undefined {
  const target = host.LoaHost ?? host.webkit?.messageHandlers?.loaHost
  if (target === undefined) return undefined
  const send = (message: Record<string, unknown>) => target.postMessage(JSON.stringify(message))
  return {
    send,
    listen: (listener) => {
      host.loaReceive = (json) => {
        const message = readFromHost(parse(json))
        if (message) listener(message)
      }
      send(hello)
    },
  }
}

/**
 * A page around ours. Only the parent window counts, and only when its origin is one of those that the server lets
 * frame us; the greeting, which says nothing, is the one message that goes out before that is known.
 */
function frameLine(host: Window, allowedOrigins: () => Promise<readonly string[]>): Line {
  let origin: string | undefined
  const early: Record<string, unknown>[] = []
  const send = (message: Record<string, unknown>) => {
    if (origin === undefined) early.push(message)
    else host.parent.postMessage(message, origin)
  }
  return {
    send,
    listen: (listener) => {
      const allowed = allowedOrigins()
      host.addEventListener('message', async (event) => {
        if (event.source !== host.parent) return
        const message = readFromHost(event.data)
        if (message === undefined) return
        if (origin === undefined) {
          if (message.type !== 'welcome' || !(await allowed).includes(event.origin)) return
          origin = event.origin
          for (const waiting of early.splice(0)) send(waiting)
        }
        if (event.origin === origin) listener(message)
      })
      host.parent.postMessage(hello, '*')
    },
  }
}

export const openLine = (allowedOrigins: () => Promise<readonly string[]>): Line =>
  nativeLine(window) ?? frameLine(window, allowedOrigins)
