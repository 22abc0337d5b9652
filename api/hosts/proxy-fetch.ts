import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'

/** Answers without a body, by the standard. */
const EMPTY = new Set([101, 204, 205, 304])

/**
 * A `fetch` that goes by way of an HTTP proxy: Node's own agents do the CONNECT, since the built-in `fetch` takes no
 * proxy for itself alone. Redirects are handed back, never followed.
 */
export function createProxyFetch(proxy: string): typeof fetch {
  const options = {
    keepAlive: true,
    proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: '' },
  }
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) }
  return async (input, init) => {
    const request = new Request(input, init)
    const body = new Uint8Array(await request.arrayBuffer())
    const url = new URL(request.url)
    const isHttps = url.protocol === 'https:'
    const send = isHttps ? httpsRequest : httpRequest
    const headers = { ...Object.fromEntries(request.headers), 'content-length': body.length }
    const { method, signal } = request
    const agent = isHttps ? agents.https : agents.http
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const out = send(url, { method, headers, agent, signal }, resolve)
      // The way in which `fetch` tells of a failure, so that senders read the cause.
      out.on('error', (cause) =>
        reject(signal.aborted ? signal.reason : new TypeError('fetch failed', { cause })),
      )
      out.end(body)
    })
    return toResponse(answer)
  }
}

function toResponse(answer: IncomingMessage): Response {
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one)
  }
  const status = answer.statusCode ?? 502
  const body = EMPTY.has(status) ? null : (Readable.toWeb(answer) as ReadableStream)
  return new Response(body, { status, headers })
}
