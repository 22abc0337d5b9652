import { useChanges } from '../shared/use-changes.ts'
import { QUEUE_TAG } from './tags.ts'

type WithSync = ServiceWorkerRegistration & {
  sync?: { register: (tag: string) => Promise<void> }
}

let registration: ServiceWorkerRegistration | undefined
let isNew = false
const listeners = new Set<() => void>()

function tellNew(): void {
  isNew = true
  for (const listener of listeners) listener()
}

function watch(found: ServiceWorkerRegistration): void {
  registration = found
  if (found.waiting && navigator.serviceWorker.controller) tellNew()
  found.addEventListener('updatefound', () => {
    const { installing } = found
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && navigator.serviceWorker.controller) tellNew()
    })
  })
}

/** Keeps the pages on the device, once the first one is there; hosts that forbid it lose nothing else. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return
  const register = () => navigator.serviceWorker.register('./sw.js').then(watch, () => undefined)
  if (document.readyState === 'complete') register()
  else addEventListener('load', register)
}

/** Asks the browser to wake the worker when the signal is back, also when no page is open (Chromium). */
export async function askForSync(): Promise<void> {
  try {
    await (registration as WithSync | undefined)?.sync?.register(QUEUE_TAG)
  } catch {
    // The next visit sends.
  }
}

/** Whether a newer version waits on the device. */
export function useNewVersion(): boolean {
  useChanges(listeners)
  return isNew
}

/** Lets the new version take over; drafts and the queue are on the disk and stay. */
export function takeNewVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
    once: true,
  })
  registration?.waiting?.postMessage('take over')
}
