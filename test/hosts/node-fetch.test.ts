import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createNodeFetch } from '../../api/hosts/node-fetch.ts'

const asked: string[] = []
let target: Server
let proxy: Server

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
    })
  })
let targetUrl = ''
let proxyUrl = ''

beforeAll(async () => {
  target = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    response.setHeader('content-type', request.headers['content-type'] ?? 'none')
    response.end(`${request.method} ${Buffer.concat(chunks).toString('utf8')}`)
  })
  targetUrl = await listen(target)
  proxy = createServer(async (request, response) => {
    asked.push(request.url ?? '')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = 'GET', headers } = request
    const type = headers['content-type']
    const answer = await fetch(request.url ?? '', {
      method,
      headers: type === undefined ? {} : { 'content-type': type },
      ...(method === 'GET' ? {} : { body: Buffer.concat(chunks) }),
    })
    response.setHeader('content-type', answer.headers.get('content-type') ?? '')
    response.end(await answer.text())
  })
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`)
    const [host = '', port] = (request.url ?? '').split(':')
    const out = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      out.pipe(socket)
      socket.pipe(out)
    })
    out.on('error', () => socket.destroy())
  })
  proxyUrl = await listen(proxy)
})
afterAll(() => {
  for (const server of [target, proxy]) {
    server.close()
    server.closeAllConnections()
  }
})

it('goes by way of the proxy, with its body', async () => {
  const send = createNodeFetch(proxyUrl)
  const headers = { 'content-type': 'application/json' }
  const answer = await send(`${targetUrl}/x`, { method: 'POST', headers, body: '{"a":"ạ"}' })
  expect(await answer.text()).toBe('POST {"a":"ạ"}')
  expect(asked).toEqual([`${targetUrl}/x`])
})

it('tunnels https', async () => {
  const send = createNodeFetch(proxyUrl)
  const host = new URL(targetUrl).host
  await expect(send(`https://${host}/`)).rejects.toThrow('fetch failed')
  expect(asked.at(-1)).toBe(`CONNECT ${host}`)
})

it('without a proxy goes straight there, with texts, bytes and nothing', async () => {
  const send = createNodeFetch(null)
  const post = (body: BodyInit) => send(targetUrl, { method: 'POST', body })
  expect(await (await post('ạ')).text()).toBe('POST ạ')
  expect(await (await post(new TextEncoder().encode('ạ'))).text()).toBe('POST ạ')
  expect(await (await send(new Request(targetUrl))).text()).toBe('GET ')
  const form = new FormData()
  form.set('a', 'b')
  const answer = await post(form)
  expect(answer.headers.get('content-type')).toMatch('multipart/form-data; boundary')
})

it('an answer that is long, or that tells no length, comes as it is sent', async () => {
  const long = 'x'.repeat(200_000)
  const server = createServer((_, response) => {
    response.write(long)
    response.end('y')
  })
  const answer = await createNodeFetch(null)(await listen(server))
  expect(await answer.text()).toBe(`${long}y`)
  server.closeAllConnections()
  server.close()
})

it('a proxy that is away is a failure with its cause, an aborted call is aborted', async () => {
  const send = createNodeFetch('http://127.0.0.1:1')
  await expect(send(targetUrl)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  const aborted = send(targetUrl, { signal: AbortSignal.abort() })
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
})
