import { flush } from './queue.ts'
import { diskStore, webApi } from './queue-store.ts'
import { alone, QUEUE_TAG } from './tags.ts'

/** Files of the resident's pages, put in by the build; a change of any makes a new worker. */
declare const __SHELL__: readonly string[]
declare const __VERSION__: string

type Extendable = Event & { waitUntil: (work: Promise<unknown>) => void }
type FetchEvent = Extendable & {
  request: Request
  respondWith: (response: Promise<Response>) => void
}
type SyncEvent = Extendable & { tag: string }
type Worker = {
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
  addEventListener(type: 'sync', listener: (event: SyncEvent) => void): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
  registration: { scope: string }
}
const worker = self as unknown as Worker

const CACHE = `loa-shell-${__VERSION__}`
const PAGE = './'

/** The page itself past every cache; its parts have their contents in their names. */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.add(new Request(PAGE, { cache: 'reload' }))
  await cache.addAll([...__SHELL__])
}

async function removeOld(): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith('loa-shell-') && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
  await worker.clients.claim()
}

/** The address of the shell that answers a request; undefined: not ours, the network answers as always. */
function shellOf({ method, mode, url }: Request): string | undefined {
  if (method !== 'GET' || !url.startsWith(worker.registration.scope)) return undefined
  const path = url.slice(worker.registration.scope.length).replace(/[?#].*$/, '')
  if (mode === 'navigate') return path === '' || path === 'index.html' ? PAGE : undefined
  return __SHELL__.includes(path) ? path : undefined
}

async function fromShell(path: string, request: Request): Promise<Response> {
  const cached = await (await caches.open(CACHE)).match(path)
  return cached ?? fetch(request)
}

worker.addEventListener('install', (event) => event.waitUntil(install()))
worker.addEventListener('activate', (event) => event.waitUntil(removeOld()))
worker.addEventListener('fetch', (event) => {
  const path = shellOf(event.request)
  if (path !== undefined) event.respondWith(fromShell(path, event.request))
})
// Only when the reader asks for the new version: an open page keeps the parts that it was built with.
worker.addEventListener('message', ({ data }) => {
  if (data === 'take over') worker.skipWaiting()
})
// The signal is back, maybe long after the page was closed. A failure makes the browser try again later.
worker.addEventListener('sync', (event) => {
  if (event.tag !== QUEUE_TAG) return
  event.waitUntil(
    alone(async () => {
      const outcomes = await flush(diskStore, webApi, () => new Date())
      if (outcomes.some(({ kind }) => kind === 'later')) throw new Error('still waiting')
    }),
  )
})
