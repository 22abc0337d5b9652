/** One small database a device: photos and reports that wait, what was sent meanwhile, the last known answers. */
const NAME = 'loa'
const VERSION = 1
const STORES = ['photos', 'queue', 'sent', 'kept'] as const
export type StoreName = (typeof STORES)[number]

/** Where a private window or a host forbids a database: as long as the page lives, and no longer. */
const memory: Record<StoreName, Map<string, unknown>> = {
  photos: new Map(),
  queue: new Map(),
  sent: new Map(),
  kept: new Map(),
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

let opened: Promise<IDBDatabase | undefined> | undefined

async function connect(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION)
  request.onupgradeneeded = () => {
    for (const name of STORES) request.result.createObjectStore(name)
  }
  const db = await done(request)
  // A newer page wants to upgrade: this one lets go and opens again when it needs to.
  db.onversionchange = () => {
    db.close()
    opened = undefined
  }
  return db
}

function open(): Promise<IDBDatabase | undefined> {
  opened ??= connect().catch(() => undefined)
  return opened
}

/** Without `value` the key goes. */
export type Change = { store: StoreName; key: string; value?: unknown }

/** Makes all changes or none; resolves once they are on the disk. */
export async function change(changes: readonly Change[]): Promise<void> {
  const db = await open()
  if (db === undefined) {
    for (const { store, key, value } of changes) {
      if (value === undefined) memory[store].delete(key)
      else memory[store].set(key, value)
    }
    return
  }
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

export const put = (store: StoreName, key: string, value: unknown): Promise<void> =>
  change([{ store, key, value }])

export const remove = (store: StoreName, key: string): Promise<void> => change([{ store, key }])

export async function get<T>(store: StoreName, key: string): Promise<T | undefined> {
  const db = await open()
  if (db === undefined) return memory[store].get(key) as T | undefined
  return done<T | undefined>(db.transaction(store).objectStore(store).get(key))
}

export async function all<T>(store: StoreName): Promise<T[]> {
  const db = await open()
  if (db === undefined) return [...memory[store].values()] as T[]
  return done<T[]>(db.transaction(store).objectStore(store).getAll())
}

export async function keys(store: StoreName): Promise<string[]> {
  const db = await open()
  if (db === undefined) return [...memory[store].keys()]
  return (await done(db.transaction(store).objectStore(store).getAllKeys())).map(String)
}
