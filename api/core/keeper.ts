/** What was worked out of stored things, kept in this process for as long as their version stays the same. */
export type Keeper = <T>(name: string, version: string, make: () => Promise<T>) => Promise<T>

/**
 * Keeps the newest version of each named thing; whoever asks while it is being made waits for the same. One that failed
 * is made anew. Whoever names a thing gives it one type.
 */
export function createKeeper(): Keeper {
  const kept = new Map<string, { version: string; made: Promise<unknown> }>()
  return <T>(name: string, version: string, make: () => Promise<T>) => {
    const known = kept.get(name)
    if (known?.version === version) return known.made as Promise<T>
    const made = make()
    kept.set(name, { version, made })
    made.catch(() => {
      if (kept.get(name)?.made === made) kept.delete(name)
    })
    return made
  }
}
