import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { AwsClient } from 'aws4fetch'
import { Hono } from 'hono'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { createS3Storage } from '../../api/files/s3.ts'

const KEYS = { accessKeyId: 'test-id', secretAccessKey: 'test-secret' }
const objects = new Map<string, { bytes: Uint8Array; type: string }>()
let failWith = 0
let endpoint = ''

/** Signs the request again with what the store knows; another signature means another key or another body. */
async function isSigned(request: Request, body: ArrayBuffer): Promise<boolean> {
  const given = request.headers.get('authorization') ?? ''
  const names = /SignedHeaders=([^,]+)/.exec(given)?.[1]?.split(';') ?? []
  const datetime = request.headers.get('x-amz-date') ?? ''
  const client = new AwsClient({ ...KEYS, service: 's3', region: 'us-east-1' })
  const headers = Object.fromEntries(
    names
      .filter((name) => !/^(host|x-amz-date|x-amz-content-sha256)$/.test(name))
      .map((name) => [name, request.headers.get(name) ?? '']),
  )
  const again = await client.sign(request.url, {
    method: request.method,
    headers,
    ...(body.byteLength > 0 ? { body } : {}),
    aws: { datetime },
  })
  return again.headers.get('authorization') === given
}

/** As much of an S3 store as is spoken to, at the socket. */
const store = new Hono().all('/loa-files/:key{.+}', async (c) => {
  const body = await c.req.arrayBuffer()
  if (!(await isSigned(c.req.raw, body))) return c.body(null, 403)
  if (failWith !== 0) return c.body('<Error/>', failWith as 500)
  const key = c.req.param('key')
  switch (c.req.method) {
    case 'PUT':
      objects.set(key, { bytes: new Uint8Array(body), type: c.req.header('content-type') ?? '' })
      return c.body(null, 200)
    case 'DELETE':
      objects.delete(key)
      return c.body(null, 204)
    default: {
      const found = objects.get(key)
      return found === undefined ? c.body('<Error/>', 404) : c.body(new Uint8Array(found.bytes))
    }
  }
})

beforeAll(async () => {
  const server = serve({ fetch: store.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return () => new Promise<void>((resolve) => server.close(() => resolve()))
})
beforeEach(() => {
  objects.clear()
  failWith = 0
})

const storage = (more: { secretAccessKey?: string; endpoint?: string } = {}) =>
  createS3Storage({ endpoint, bucket: 'loa-files', ...KEYS, ...more }, fetch)

const KEY = 'media/2026/11/0193'
const BYTES = Uint8Array.from({ length: 70_000 }, (_, i) => i % 256)

it('gives back what was put, byte by byte', async () => {
  await storage().put(KEY, BYTES, 'image/jpeg')
  expect(objects.get(KEY)?.type).toBe('image/jpeg')
  expect(await storage({ endpoint: `${endpoint}/` }).get(KEY)).toEqual(BYTES)
})

it('an object that is not there is undefined, removing it is fine', async () => {
  await storage().put(KEY, BYTES, 'image/jpeg')
  await storage().remove(KEY)
  await storage().remove(KEY)
  expect(await storage().get(KEY)).toBeUndefined()
})

it('a part of a larger buffer is put as that part', async () => {
  await storage().put(KEY, BYTES.subarray(5, 9), 'image/png')
  expect(objects.get(KEY)?.bytes).toEqual(BYTES.slice(5, 9))
})

it('a refusal, a failure or a dead store is http.unavailable, never a quiet loss', async () => {
  const unavailable = { code: 'http.unavailable' }
  const wrong = storage({ secretAccessKey: 'other' })
  await expect(wrong.put(KEY, BYTES, 'image/jpeg')).rejects.toMatchObject(unavailable)
  failWith = 500
  await expect(storage().put(KEY, BYTES, 'image/jpeg')).rejects.toMatchObject(unavailable)
  await expect(storage().get(KEY)).rejects.toMatchObject(unavailable)
  await expect(storage().remove(KEY)).rejects.toMatchObject(unavailable)
  const dead = storage({ endpoint: 'http://127.0.0.1:9' })
  await expect(dead.get(KEY)).rejects.toMatchObject(unavailable)
})
