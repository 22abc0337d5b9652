import { fetchOf, grammySignal, rootOf, telegramApi } from './api.ts'
import { outcomeOf } from './faults.ts'
import { FILE_MAX_BYTES } from './inbound.ts'
import type { TelegramAccess } from './ports.ts'

/** Whole download, 20 MB over a slow line. */
const DOWNLOAD_TIMEOUT_MS = 60_000
const RETRY_MS = 10_000

/** `retry` says when to try again; `failed` will never work. Codes only: the address holds the token. */
export type FetchedFile =
  | { kind: 'file'; bytes: Uint8Array }
  | { kind: 'retry'; afterMs: number; code: string }
  | { kind: 'failed'; code: 'too_large' | 'file_gone' }

/**
 * Downloads one file by its id (valid for an hour at least, so soon after the message). Never takes more than
 * `maxBytes` into memory, whatever sizes were promised. Total: nothing is thrown.
 */
export async function fetchTelegramFile(
  access: TelegramAccess,
  fileId: string,
  maxBytes: number = FILE_MAX_BYTES,
): Promise<FetchedFile> {
  const signal = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)
  try {
    const api = telegramApi(access, { timeoutMs: DOWNLOAD_TIMEOUT_MS })
    const file = await api.getFile(fileId, grammySignal(signal))
    if ((file.file_size ?? 0) > maxBytes) return { kind: 'failed', code: 'too_large' }
    const path = safePath(file.file_path)
    if (path === undefined) return { kind: 'failed', code: 'file_gone' }
    return await download(access, path, maxBytes, signal)
  } catch (error) {
    const { kind, code, ...rest } = outcomeOf(error)
    if (code === 'too_large') return { kind: 'failed', code }
    // Said of a wrong id as well, so whoever asks again counts the tries.
    if (kind === 'rejected' && code !== 'file_unavailable')
      return { kind: 'failed', code: 'file_gone' }
    return { kind: 'retry', afterMs: 'afterMs' in rest ? rest.afterMs : RETRY_MS, code }
  }
}

/** `photos/file_7.jpg`; anything that would lead elsewhere is none. */
const safePath = (path: string | undefined): string | undefined =>
  path !== undefined && /^[\w-]+(\/[\w.-]+)+$/.test(path) && !path.includes('..') ? path : undefined

async function download(
  access: TelegramAccess,
  path: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<FetchedFile> {
  const url = `${rootOf(access)}/file/bot${access.token}/${path}`
  try {
    // A redirect would carry the token elsewhere.
    const response = await fetchOf(access)(url, { signal, redirect: 'manual' })
    if (response.status === 404 || response.status === 400 || response.status === 410) {
      await response.body?.cancel()
      return { kind: 'failed', code: 'file_gone' }
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel()
      return { kind: 'retry', afterMs: RETRY_MS, code: `http_${response.status}` }
    }
    const bytes = await readUpTo(response.body, maxBytes)
    return bytes === undefined ? { kind: 'failed', code: 'too_large' } : { kind: 'file', bytes }
  } catch {
    return { kind: 'retry', afterMs: RETRY_MS, code: 'network' }
  }
}

/** The whole body, or undefined as soon as it grows over `maxBytes`; then the rest is not taken. */
export async function readUpTo(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > maxBytes) {
      await reader.cancel()
      return undefined
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
