import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Storage } from '../files/ports.ts'

/** Parts of letters, digits, dash, underscore and dot, none of which may start with a dot. */
const KEY = /^(?!\.)[\w.-]{1,128}(\/(?!\.)[\w.-]{1,128}){0,4}$/

export const isStorageKey = (key: string): boolean => KEY.test(key)

/** Private files below `root`: a put is on the disk, whole, before it returns. */
export function createDiskStorage(root: string): Storage {
  const pathOf = (key: string) => {
    if (!isStorageKey(key)) throw new Error('storage key has signs that a path may not have')
    return join(root, key)
  }
  return {
    put: async (key, bytes) => {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const partial = `${path}.${crypto.randomUUID()}.tmp`
      const file = await open(partial, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(partial, path)
    },
    get: async (key) => {
      try {
        return new Uint8Array(await readFile(pathOf(key)))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  }
}

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
