import type { Context } from 'hono'
import { sha256Hex } from '../core/ids.ts'

/** A finished body that many callers get: its bytes and what names exactly these. */
export type Snapshot = { bytes: Uint8Array<ArrayBuffer>; etag: string }

/** Weak, because a host may compress the same body differently for each caller. */
export async function snapshotOf(text: string): Promise<Snapshot> {
  const hash = await sha256Hex(text)
  return { bytes: new TextEncoder().encode(text), etag: `W/"${hash.slice(0, 32)}"` }
}

/** Weak comparison of `If-None-Match` (RFC 9110 §13.1.2). */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((t) => bare(t) === bare(etag))
}

/** Headers of an answer that names nobody: any page may read it, any cache keep it for so long. */
export const publicHeaders = (etag: string, maxAgeSeconds: number) => ({
  ETag: etag,
  'Cache-Control': `public, max-age=${maxAgeSeconds}`,
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
})

/** Answers a snapshot, or 304 to who has it. */
export function sendSnapshot(
  c: Context,
  { bytes, etag }: Snapshot,
  options: { type: string; maxAgeSeconds: number },
): Response {
  const headers = publicHeaders(etag, options.maxAgeSeconds)
  if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
  return c.body(bytes, 200, { ...headers, 'Content-Type': options.type })
}

type Entry = { snapshot: Snapshot; madeAt: number }

/** How long a caller waits for the one who is making what they want, and how often they look. */
const WAIT_MS = 2_000
const LOOK_MS = 20
const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_MS))

/**
 * Keeps finished bodies for `lifeMs` (counted from before they were read). In the second half of that life one caller
 * makes the next one while the others still get this one; where there is none, the others wait for it. Promises are
 * never shared between requests: workerd forbids it.
 */
export function createSnapshots(options: { lifeMs: number; maxBytes: number }) {
  const entries = new Map<string, Entry>()
  const making = new Set<string>()
  let bytes = 0
  const drop = (key: string) => {
    bytes -= entries.get(key)?.snapshot.bytes.length ?? 0
    entries.delete(key)
  }
  const keep = (key: string, entry: Entry) => {
    drop(key)
    entries.set(key, entry)
    bytes += entry.snapshot.bytes.length
    for (const oldest of entries.keys()) {
      if (bytes <= options.maxBytes) break
      drop(oldest)
    }
  }
  /** What may be served now; undefined when the caller has to make it, or to wait for who does. */
  const find = (key: string, at: number): Snapshot | undefined => {
    const entry = entries.get(key)
    const age = at - (entry?.madeAt ?? Number.NEGATIVE_INFINITY)
    if (entry === undefined || age < 0 || age >= options.lifeMs) return undefined
    return age < options.lifeMs / 2 || making.has(key) ? entry.snapshot : undefined
  }
  return async (now: () => Date, key: string, make: () => Promise<Snapshot>): Promise<Snapshot> => {
    for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
      const found = find(key, now().getTime())
      if (found !== undefined) return found
      if (!making.has(key)) break
      await pause()
    }
    making.add(key)
    try {
      const madeAt = now().getTime()
      const snapshot = await make()
      keep(key, { snapshot, madeAt })
      return snapshot
    } finally {
      making.delete(key)
    }
  }
}
