import { useEffect, useState } from 'preact/hooks'

/**
 * The router's place, kept behind the hash so that neither a page nor a filter reaches a server or its logs:
 * `#/open?category=road` is the page `/open` with one filter.
 */
const whole = () => location.hash.replace(/^#?\/?/, '/')
const [PATH, QUERY] = [0, 1] as const
const partOf = (which: 0 | 1): string => whole().split('?')[which] ?? ''

function usePart(which: 0 | 1): string {
  const [part, setPart] = useState(() => partOf(which))
  useEffect(() => {
    const listener = () => setPart(partOf(which))
    listener()
    addEventListener('hashchange', listener)
    addEventListener('popstate', listener)
    return () => {
      removeEventListener('hashchange', listener)
      removeEventListener('popstate', listener)
    }
  }, [which])
  return part
}

export function goTo(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const oldURL = location.href
  history[replace ? 'replaceState' : 'pushState'](null, '', `#${to}`)
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }))
}

export function useDeskLocation(): [string, typeof goTo] {
  return [usePart(PATH), goTo]
}
useDeskLocation.hrefs = (href: string) => `#${href}`

export type Filters = Readonly<Record<string, string>>

export const readFilters = (query: string): Filters =>
  Object.fromEntries(new URLSearchParams(query))

/** The address of a page with these filters; empty ones are left out. */
export function pathWith(
  path: string,
  filters: Readonly<Record<string, string | undefined>>,
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value)
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** Filters in the address, and how to change one (an empty value takes it out); going back undoes it. */
export function useFilters(): {
  filters: Filters
  setFilter: (name: string, value: string) => void
} {
  const query = usePart(QUERY)
  const filters = readFilters(query)
  return {
    filters,
    setFilter: (name, value) => goTo(pathWith(partOf(PATH), { ...filters, [name]: value })),
  }
}
