import { AwsClient } from 'aws4fetch'
import { AppError } from '../core/errors.ts'
import type { Storage } from './ports.ts'

export type S3Config = {
  /** `https://s3.example.vn`, path style. */
  endpoint: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  /** Signed into the request; most S3-like stores take any. */
  region?: string
}

const TIMEOUT_MS = 15_000

/** Private objects in an S3-like store. Throws `http.unavailable` when it does not take or give an object. */
export function createS3Storage(config: S3Config, send: typeof fetch): Storage {
  const client = new AwsClient({
    accessKeyId: config.accessKeyId,
    secretAccessKey: config.secretAccessKey,
    region: config.region ?? 'us-east-1',
    service: 's3',
  })
  const root = `${config.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(config.bucket)}`

  async function ask(key: string, init: RequestInit): Promise<Response> {
    const signed = await client.sign(`${root}/${key}`, init)
    try {
      return await send(signed, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    } catch (cause) {
      throw new AppError('http.unavailable', { cause })
    }
  }
  const refuse = async (response: Response): Promise<never> => {
    await response.body?.cancel()
    throw new AppError('http.unavailable', { cause: new Error(`storage said ${response.status}`) })
  }

  return {
    put: async (key, bytes, contentType) => {
      const response = await ask(key, {
        method: 'PUT',
        body: new Uint8Array(bytes),
        headers: { 'Content-Type': contentType },
      })
      if (!response.ok) await refuse(response)
      await response.body?.cancel()
    },
    get: async (key) => {
      const response = await ask(key, { method: 'GET' })
      if (response.ok) return new Uint8Array(await response.arrayBuffer())
      if (response.status !== 404) return refuse(response)
      await response.body?.cancel()
      return undefined
    },
    remove: async (key) => {
      const response = await ask(key, { method: 'DELETE' })
      if (!response.ok && response.status !== 404) await refuse(response)
      await response.body?.cancel()
    },
  }
}
