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

type Entry = { snapshot: Snapshot; madeAt: number; isRefreshing: boolean }

/**
 * Keeps finished bodies for `lifeMs` (counted from before they were read). In the second half of that life one caller
 * makes the next one while the others still get this one, so that a busy window is read from the database about twice
 * in a life. Promises are never shared between requests: workerd forbids it.
 */
export function createSnapshots(options: { lifeMs: number; maxBytes: number }) {
  const entries = new Map<string, Entry>()
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
  return async (now: () => Date, key: string, make: () => Promise<Snapshot>): Promise<Snapshot> => {
    const madeAt = now().getTime()
    const entry = entries.get(key)
    const age = madeAt - (entry?.madeAt ?? Number.NEGATIVE_INFINITY)
    const isYoung = age < options.lifeMs / 2
    if (entry !== undefined && age >= 0 && age < options.lifeMs) {
      if (isYoung || entry.isRefreshing) return entry.snapshot
      entry.isRefreshing = true
    }
    try {
      const snapshot = await make()
      keep(key, { snapshot, madeAt, isRefreshing: false })
      return snapshot
    } catch (error) {
      if (entry !== undefined) entry.isRefreshing = false
      throw error
    }
  }
}
