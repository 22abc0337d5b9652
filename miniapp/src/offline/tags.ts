const QUEUE_LOCK = 'loa-queue'
/** What the browser calls the service worker by when the signal is back. */
export const QUEUE_TAG = 'loa-queue'

/**
 * Runs `work` when nobody else on this device is at the queue. An old web view has no locks: there two tabs may send
 * the same report, which the server takes once by its key.
 */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { locks?: LockManager }
  return locks === undefined ? work() : await locks.request(QUEUE_LOCK, work)
}
