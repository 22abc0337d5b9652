import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { readList } from '../calls.ts'
import type { Filters } from '../desk-location.ts'
import type { Row, RowPage, View } from '../types.ts'
import { keepLive } from './live.ts'

export type List = {
  page?: RowPage
  /** Rows fetched with "more"; the next refresh of the first page leaves them. */
  more: readonly Row[]
  moreCursor?: string
  problem?: unknown
  isBusy: boolean
  /** False while the live line is down: the page says so. */
  isLive: boolean
}

/** Rows of the first page, then those of later pages that are not among them. */
export function rowsOf({ page, more }: Pick<List, 'page' | 'more'>): readonly Row[] {
  const first = page?.items ?? []
  const known = new Set(first.map((item) => item.id))
  return [...first, ...more.filter((item) => !known.has(item.id))]
}

/** One list with its filters, kept as the database has it. */
export function useList(view: View, filters: Filters) {
  const [list, setList] = useState<List>({ more: [], isBusy: true, isLive: true })
  const isAlive = useRef(true)
  const wish = JSON.stringify(filters)
  const refresh = useCallback(async (): Promise<string | undefined> => {
    try {
      const page = await readList(view, JSON.parse(wish))
      if (isAlive.current)
        setList((before) => ({ ...before, page, problem: undefined, isBusy: false }))
      return page.since
    } catch (problem) {
      if (isAlive.current) setList((before) => ({ ...before, problem, isBusy: false }))
      return undefined
    }
  }, [view, wish])
  useEffect(() => {
    isAlive.current = true
    setList((before) => ({ ...before, more: [], isBusy: true }))
    const stop = keepLive(refresh, (isLive) => setList((before) => ({ ...before, isLive })))
    return () => {
      isAlive.current = false
      stop()
    }
  }, [refresh])
  const loadMore = async () => {
    const cursor = list.more.length > 0 ? list.moreCursor : list.page?.nextCursor
    if (cursor === undefined) return
    setList((before) => ({ ...before, isBusy: true }))
    try {
      const next = await readList(view, filters, cursor)
      setList(({ moreCursor: _, ...before }) => ({
        ...before,
        more: [...before.more, ...next.items],
        ...(next.nextCursor === undefined ? {} : { moreCursor: next.nextCursor }),
        isBusy: false,
      }))
    } catch (problem) {
      setList((before) => ({ ...before, problem, isBusy: false }))
    }
  }
  const hasMore = (list.more.length > 0 ? list.moreCursor : list.page?.nextCursor) !== undefined
  return { list, refresh, loadMore, hasMore }
}
