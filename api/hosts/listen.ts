import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Config } from './config.ts'
import { StopError } from './data-dir.ts'

/** Requests under way at a stop get this long. */
const DRAIN_MS = 10_000
/** A slow phone uploads a photo within this time. */
const REQUEST_TIMEOUT_MS = 120_000

export type Fetch = (request: Request, env: Record<string, unknown>) => Response | Promise<Response>

/** Listens on HOST and PORT; `drain` takes no new connection and waits for what is under way. */
export async function listen(
  config: Pick<Config, 'host' | 'port'>,
  fetch: Fetch,
): Promise<{ drain: () => Promise<void> }> {
  const server = createAdaptorServer({
    fetch: (request, env) => fetch(request, env as Record<string, unknown>),
  }) as Server
  server.requestTimeout = REQUEST_TIMEOUT_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(toStop(error, config)))
    server.listen(config.port, config.host, resolve)
  })
  return { drain: () => drain(server) }
}

function toStop(error: Error, { host, port }: Pick<Config, 'host' | 'port'>): Error {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new StopError(`port ${port} of ${host} is in use. Set another PORT.`)
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new StopError(`${host}:${port} cannot be listened on (${code}). Set HOST or PORT.`)
  }
  return error
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A kept-alive connection becomes idle only after its answer.
  const sweep = setInterval(() => server.closeIdleConnections(), 100)
  const end = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  server.closeIdleConnections()
  await closed
  clearInterval(sweep)
  clearTimeout(end)
}
