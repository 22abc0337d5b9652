import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type FakeS3 = {
  /** Environment of a host that keeps its files here. */
  env: Record<string, string>
  objects: Map<string, Buffer>
  stop: () => Promise<void>
}

/** An S3-like store in memory: path style, signatures demanded but not checked. */
export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>()
  const server = createServer(async (request, response) => {
    const key = request.url ?? ''
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const answer = (status: number, body?: Buffer) => response.writeHead(status).end(body)
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256')) return answer(403)
    if (request.method === 'PUT') {
      objects.set(key, Buffer.concat(chunks))
      return answer(200)
    }
    if (request.method === 'DELETE') return answer(objects.delete(key) ? 204 : 404)
    const found = objects.get(key)
    return found === undefined ? answer(404) : answer(200, found)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    env: {
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET: 'loa',
      S3_ACCESS_KEY_ID: 'test',
      S3_SECRET_ACCESS_KEY: 'test-secret',
    },
    objects,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
