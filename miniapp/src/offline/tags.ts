/** One sender at a time over all tabs and the service worker. */
export const QUEUE_LOCK = 'loa-queue'
/** What the browser calls the service worker by when the signal is back. */
export const QUEUE_TAG = 'loa-queue'
