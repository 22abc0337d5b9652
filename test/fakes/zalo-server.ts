import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

/** One request that a fake received. `body` is parsed where it is JSON or a form. */
export type FakeCall = {
  at: number
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  body: unknown
}

/**
 * What the next request to a path gets instead of the usual: a platform's error, an HTTP status, silence until the
 * client gives up, or a cut line. With `done` the work is done all the same and only the answer is lost. `slowMs` delays.
 */
export type FakeStep =
  | { error: number; message?: string; slowMs?: number }
  | { status: number; body?: string; slowMs?: number }
  | { hangMs: number; done?: boolean }
  | { cut: true; done?: boolean }
  | { slowMs: number }

export type Bindings = { Bindings: { incoming: { socket: { destroy: () => void } } } }

/** Serves a fake on a free port of this machine, or on `port`. */
export async function serveFake(
  app: Hono<Bindings>,
  port = 0,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Steps by path, first in, first out. */
export function createScript() {
  const steps = new Map<string, FakeStep[]>()
  return {
    add: (path: string, ...more: FakeStep[]) => {
      steps.set(path, [...(steps.get(path) ?? []), ...more])
    },
    next: (path: string): FakeStep | undefined => steps.get(path)?.shift(),
    clear: () => steps.clear(),
  }
}

/** How a webhook is posted: so often, all at once or in a row, later, with a body that trickles in. */
export type PostOptions = { times?: number; atOnce?: boolean; delayMs?: number; trickleMs?: number }

/** Posts one body as a platform would; resolves to the statuses in order. */
export async function postWebhook(
  url: string,
  headers: Record<string, string>,
  rawBody: string,
  { times = 1, atOnce = false, delayMs = 0, trickleMs = 0 }: PostOptions = {},
): Promise<number[]> {
  await pause(delayMs)
  const one = async () => {
    const body = trickleMs === 0 ? rawBody : trickle(rawBody, trickleMs)
    const init = { method: 'POST', headers, body, ...(trickleMs === 0 ? {} : { duplex: 'half' }) }
    const response = await fetch(url, init as RequestInit)
    await response.arrayBuffer()
    return response.status
  }
  if (atOnce) return Promise.all(Array.from({ length: times }, one))
  const statuses: number[] = []
  for (let i = 0; i < times; i++) statuses.push(await one())
  return statuses
}

function trickle(text: string, ms: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let sent = 0
  return new ReadableStream({
    pull: async (controller) => {
      if (sent >= bytes.length) return controller.close()
      await pause(ms)
      controller.enqueue(bytes.subarray(sent, sent + 64))
      sent += 64
    },
  })
}
