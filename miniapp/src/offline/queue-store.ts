import { all, change, get, put, remove } from './idb.ts'
import type { Entry, QueueApi, QueueStore, Refusal, Reply, Sent } from './queue.ts'

/** The queue on this device's disk. */
export const diskStore: QueueStore = {
  entries: () => all<Entry>('queue'),
  save: (entry) => put('queue', entry.key, entry),
  photo: (id) => get<Blob>('photos', id),
  finish: ({ key, photos }, sent) =>
    change([
      { store: 'queue', key },
      { store: 'sent', key, value: sent },
      ...photos.map(({ id }) => ({ store: 'photos' as const, key: id })),
    ]),
}

export const arrived = (): Promise<Sent[]> => all<Sent>('sent')
export const forgetArrived = (key: string): Promise<unknown> => remove('sent', key)
export const takeBack = (key: string): Promise<unknown> => remove('queue', key)

const UPLOAD_TIMEOUT_MS = 120_000
const TIMEOUT_MS = 30_000
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined

async function refusalOf(response: Response): Promise<Refusal> {
  const body: Record<string, unknown> = await response.json().catch(() => ({}))
  const detail = textOf(body.detail)
  const requestId = textOf(body.requestId)
  return {
    status: response.status,
    code: textOf(body.code) ?? `http.${response.status}`,
    ...(detail === undefined ? {} : { detail }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}

async function post<T>(entry: Entry, path: string, init: RequestInit): Promise<Reply<T>> {
  const headers = { ...entry.headers, ...(init.headers as Record<string, string>) }
  const ms = init.body instanceof FormData ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS
  try {
    const signal = AbortSignal.timeout(ms)
    const request = { ...init, method: 'POST', headers, signal }
    const response = await fetch(`${entry.apiBase}${path}`, request)
    if (!response.ok) return { ok: false, refusal: await refusalOf(response) }
    return { ok: true, value: await response.json() }
  } catch {
    return { ok: false, refusal: { status: 0, code: 'network.offline' } }
  }
}

/** The API, without anything of a page: the service worker sends too. */
export const webApi: QueueApi = {
  upload: (entry, photo) => {
    const form = new FormData()
    form.set('file', new File([photo], 'photo.jpg', { type: photo.type }))
    return post(entry, '/media', { body: form })
  },
  create: (entry, body) =>
    post(entry, '/incidents', {
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': entry.key },
      body: JSON.stringify(body),
    }),
}
