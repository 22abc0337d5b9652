/** One small database a device: drafts, photos and reports that wait, what was sent meanwhile, the last known answers. */
const NAME = 'loa'
const VERSION = 1
const STORES = ['draft', 'photos', 'queue', 'sent', 'kept'] as const
export type StoreName = (typeof STORES)[number]
/** What a person made, as against what can be asked for again. */
const isOwnWork = (store: StoreName): boolean => store !== 'kept'

/** What the disk refused (private window, no database, no room): here as long as the page lives, and no longer. */
const memory: Record<StoreName, Map<string, unknown>> = {
  draft: new Map(),
  photos: new Map(),
  queue: new Map(),
  sent: new Map(),
  kept: new Map(),
}

/** Whether anything of the person's own lives in memory alone, so that closing the page would lose it. */
export const isForgetful = (): boolean =>
  STORES.some((store) => isOwnWork(store) && memory[store].size > 0)
/** Called at each change of `isForgetful`. */
export const forgetfulListeners = new Set<() => void>()

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

let opened: Promise<IDBDatabase> | undefined

async function connect(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION)
  request.onupgradeneeded = () => {
    for (const name of STORES) request.result.createObjectStore(name)
  }
  const db = await done(request)
  const letGo = () => {
    db.close()
    opened = undefined
  }
  // A newer page wants to upgrade, or the system closed it: the next call opens it again.
  db.onversionchange = letGo
  db.onclose = letGo
  return db
}

function open(): Promise<IDBDatabase> {
  opened ??= connect().catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

/** Without `value` the key goes. */
export type Change = { store: StoreName; key: string; value?: unknown }

async function write(changes: readonly Change[]): Promise<void> {
  const db = await open()
  const names = [...new Set(changes.map(({ store }) => store))]
  const transaction = db.transaction(names, 'readwrite', { durability: 'strict' })
  const finished = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
  for (const { store, key, value } of changes) {
    if (value === undefined) transaction.objectStore(store).delete(key)
    else transaction.objectStore(store).put(value, key)
  }
  await finished
}

/** Makes all changes or none; resolves with true once they are on the disk, with false when only this page has them. */
export async function change(changes: readonly Change[]): Promise<boolean> {
  if (changes.length === 0) return true
  const isKept = await write(changes).then(
    () => true,
    () => false,
  )
  const before = isForgetful()
  for (const { store, key, value } of changes) {
    if (isKept || value === undefined) memory[store].delete(key)
    else memory[store].set(key, value)
  }
  if (before !== isForgetful()) for (const listener of forgetfulListeners) listener()
  return isKept
}

export const put = (store: StoreName, key: string, value: unknown): Promise<boolean> =>
  change([{ store, key, value }])

export const remove = (store: StoreName, key: string): Promise<boolean> => change([{ store, key }])

/** Asks the disk; a device without one has nothing there. */
async function read<T>(
  store: StoreName,
  none: T,
  ask: (from: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  try {
    const db = await open()
    return await done(ask(db.transaction(store).objectStore(store)))
  } catch {
    return none
  }
}

export async function get<T>(store: StoreName, key: string): Promise<T | undefined> {
  if (memory[store].has(key)) return memory[store].get(key) as T
  return read<T | undefined>(store, undefined, (from) => from.get(key))
}

export async function keys(store: StoreName): Promise<string[]> {
  const onDisk = await read<IDBValidKey[]>(store, [], (from) => from.getAllKeys())
  return [...new Set([...onDisk.map(String), ...memory[store].keys()])]
}

export async function all<T>(store: StoreName): Promise<T[]> {
  const values = await Promise.all((await keys(store)).map((key) => get<T>(store, key)))
  return values.filter((value) => value !== undefined)
}
