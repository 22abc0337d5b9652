import { isUuid } from './ids.ts'

/** A page of rows ordered by a UUIDv7 id; `nextCursor` is absent on the last one. */
export type Page<T> = { items: T[]; nextCursor?: string }

/** Cursor = the last id, opaque to callers. */
export const encodeCursor = (id: string): string => btoa(id.replaceAll('-', '')).replace(/=+$/, '')

/** The id in a cursor; undefined when it is not one of ours. */
export function decodeCursor(cursor: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{40,48}$/.test(cursor)) return undefined
  const h = atob(cursor)
  const id = `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`
  return isUuid(id) ? id : undefined
}

/** Turns `limit + 1` rows into a page of at most `limit`. */
export function toPage<T extends { id: string }>(rows: T[], limit: number): Page<T> {
  if (rows.length <= limit) return { items: rows }
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return last === undefined ? { items } : { items, nextCursor: encodeCursor(last.id) }
}
