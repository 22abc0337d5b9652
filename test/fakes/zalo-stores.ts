import type { Media, OaTokens, Pin, SendPath, TokenStore } from '../../bots/zalo-oa/ports.ts'

/** A token store that many "processes" of one test share; `beforeSave` may fail as a database does. */
export function memoryTokenStore(beforeSave: () => void = () => {}) {
  const rows = new Map<string, OaTokens>()
  let queue: Promise<unknown> = Promise.resolve()
  const store: TokenStore = {
    withLock: (oaId, change) => {
      const turn = queue.then(async () => {
        const next = await change(rows.get(oaId))
        if (next === undefined) return
        beforeSave()
        rows.set(oaId, next)
      })
      queue = turn.catch(() => {})
      return turn
    },
  }
  return { ...store, rows }
}

export function memoryPin(): Pin & { saved: SendPath[] } {
  const saved: SendPath[] = []
  return {
    saved,
    find: async () => saved.at(-1),
    save: async (_oaId, path) => {
      saved.push(path)
    },
  }
}

/** Pictures by address, and the attachment ids kept for them. */
export function memoryMedia(files: Record<string, { bytes: Uint8Array; contentType: string }>) {
  const kept = new Map<string, string>()
  const media: Media = {
    read: async (url, maxBytes) => {
      const file = files[url]
      return file !== undefined && file.bytes.length <= maxBytes ? file : undefined
    },
    findAttachment: async (url) => kept.get(url),
    saveAttachment: async (url, id) => {
      kept.set(url, id)
    },
    forgetAttachment: async (url) => {
      kept.delete(url)
    },
  }
  return { ...media, kept }
}
