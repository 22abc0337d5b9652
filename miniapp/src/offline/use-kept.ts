import { useState } from 'preact/hooks'
import { ApiProblem, isTransient } from '../shared/api.ts'
import { type Loaded, useLoad } from '../shared/use-load.ts'
import { change, get, keys, put } from './idb.ts'

type Kept<T> = { at: string; data: T }
/** `keptAt`: the network did not answer; this is what it said then. */
export type Fresh<T> = { data: T; keptAt?: string }

const isLost = (problem: unknown): boolean => problem instanceof ApiProblem && isTransient(problem)

async function loadKept<T>(key: string, load: () => Promise<T>): Promise<Fresh<T>> {
  try {
    const data = await load()
    const kept: Kept<T> = { at: new Date().toISOString(), data }
    await put('kept', key, kept).catch(() => undefined)
    return { data }
  } catch (problem) {
    if (!isLost(problem)) throw problem
    const kept = await get<Kept<T>>('kept', key).catch(() => undefined)
    if (kept === undefined) throw problem
    return { data: kept.data, keptAt: kept.at }
  }
}

/** Like `useLoad`; without a network it gives the last answer to the same question, and says how old it is. */
export function useKept<T>(
  key: string | undefined,
  load: () => Promise<T>,
): [Loaded<Fresh<T>>, () => void] {
  return useLoad(key, () => loadKept(key ?? '', load))
}

/** Loads a thing ahead, so that it is there when the signal is not; failures do not matter now. */
export const useAhead = (key: string, load: () => Promise<unknown>): void => {
  useState(() => loadKept(key, load).catch(() => undefined))
}

/** Forgets all last answers of this device. */
export async function forgetKept(): Promise<void> {
  const kept = await keys('kept').catch(() => [])
  await change(kept.map((key) => ({ store: 'kept', key }))).catch(() => undefined)
}
