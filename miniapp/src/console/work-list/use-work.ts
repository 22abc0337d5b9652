import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { listWork } from '../calls.ts'
import type { Scope, WorkItem, WorkList } from '../types.ts'

/** A case that came in is seen within this time; a press of a key or the window's return is sooner. */
const REFRESH_MS = 10_000

export type Work = {
  page?: WorkList
  /** Rows fetched with "more"; the next refresh of the first page leaves them. */
  more: readonly WorkItem[]
  moreCursor?: string
  problem?: unknown
  isBusy: boolean
}

/** Rows of the first page, then those of later pages that are not among them. */
export function rowsOf({ page, more }: Work): readonly WorkItem[] {
  const first = page?.items ?? []
  const known = new Set(first.map((item) => item.id))
  return [...first, ...more.filter((item) => !known.has(item.id))]
}

/** The list of one scope, fresh every ten seconds while the page is seen, and at once when it is seen again. */
export function useWork(scope: Scope) {
  const [work, setWork] = useState<Work>({ more: [], isBusy: true })
  const isAlive = useRef(true)
  const refresh = useCallback(async () => {
    try {
      const page = await listWork(scope)
      if (isAlive.current)
        setWork((before) => ({ ...before, page, problem: undefined, isBusy: false }))
    } catch (problem) {
      if (isAlive.current) setWork((before) => ({ ...before, problem, isBusy: false }))
    }
  }, [scope])
  useEffect(() => {
    isAlive.current = true
    void refresh()
    const whenSeen = () => {
      if (document.visibilityState === 'visible') void refresh()
    }
    const timer = setInterval(whenSeen, REFRESH_MS)
    addEventListener('focus', whenSeen)
    document.addEventListener('visibilitychange', whenSeen)
    return () => {
      isAlive.current = false
      clearInterval(timer)
      removeEventListener('focus', whenSeen)
      document.removeEventListener('visibilitychange', whenSeen)
    }
  }, [refresh])
  const loadMore = async () => {
    const cursor = work.more.length > 0 ? work.moreCursor : work.page?.nextCursor
    if (cursor === undefined) return
    setWork((before) => ({ ...before, isBusy: true }))
    try {
      const next = await listWork(scope, cursor)
      setWork((before) => ({
        ...before,
        more: [...before.more, ...next.items],
        moreCursor: next.nextCursor,
        isBusy: false,
      }))
    } catch (problem) {
      setWork((before) => ({ ...before, problem, isBusy: false }))
    }
  }
  const hasMore = (work.more.length > 0 ? work.moreCursor : work.page?.nextCursor) !== undefined
  return { work, refresh, loadMore, hasMore }
}
