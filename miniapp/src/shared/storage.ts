/** Local storage that never throws: private windows and embedding hosts may forbid it. */
export function readText(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** False when the device keeps nothing; the page still works, only without memory. */
export function writeText(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value)
    return true
  } catch {
    return false
  }
}

export function removeKey(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept, so nothing is left.
  }
}

/** Reads what `writeJson` wrote; undefined when absent, unreadable or not of the shape that `isValid` wants. */
export function readJson<T>(key: string, isValid: (value: unknown) => value is T): T | undefined {
  const text = readText(key)
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isValid(value) ? value : undefined
  } catch {
    return undefined
  }
}

export const writeJson = (key: string, value: unknown): boolean =>
  writeText(key, JSON.stringify(value))
