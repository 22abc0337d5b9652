import { useEffect, useState } from 'preact/hooks'
import { useHashLocation } from 'wouter-preact/use-hash-location'

/** What stands behind `?` in the hash: `#/near?category=road`. */
const queryNow = (): string => location.hash.split('?')[1] ?? ''

/** The route without its query, for the router. */
export const useHashPath = (): ReturnType<typeof useHashLocation> => {
  const [path, navigate] = useHashLocation()
  return [path.split('?')[0] ?? '/', navigate]
}

/** The query of the hash now. */
export const currentQuery = (): URLSearchParams => new URLSearchParams(queryNow())

/** The query of the hash, redrawn at each change. */
export function useHashQuery(): URLSearchParams {
  const [query, setQuery] = useState(queryNow)
  useEffect(() => {
    const listener = () => setQuery(queryNow())
    addEventListener('hashchange', listener)
    return () => removeEventListener('hashchange', listener)
  }, [])
  return new URLSearchParams(query)
}

const hashOf = (query: URLSearchParams): string => {
  const path = location.hash.split('?')[0]
  return query.size === 0 ? `${path}` : `${path}?${query}`
}

/** Another state of the same page, which "back" leaves again. */
export function pushQuery(query: URLSearchParams): void {
  location.hash = hashOf(query)
}

/** Notes the state in the address without a step for "back": a map moves too often for that. */
export function keepQuery(query: URLSearchParams): void {
  history.replaceState(history.state, '', hashOf(query))
}

type Kept = { depth?: number } | null
const depthNow = (): number => (history.state as Kept)?.depth ?? 0
let last = depthNow()

/** Counts pages of ours behind this one, in the history itself, so that a reload knows it too. */
addEventListener('hashchange', () => {
  if ((history.state as Kept)?.depth === undefined) history.replaceState({ depth: last + 1 }, '')
  last = depthNow()
})

/** One page back where the last one was ours, else to the page above. */
export function goBack(above: string): void {
  if (depthNow() > 0) history.back()
  else location.assign(above)
}
