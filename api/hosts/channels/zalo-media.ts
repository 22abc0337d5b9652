import { readUpTo } from '../../../bots/telegram/files.ts'
import { isMediaUrl, MEDIA_HOSTS } from '../../../bots/zalo-oa/media-hosts.ts'
import type { Media } from '../../../bots/zalo-oa/ports.ts'
import { MAX_PHOTO_BYTES } from '../../files/index.ts'
import type { Config } from '../config.ts'
import type { ChannelHost } from './channel.ts'
import { readStored } from './media.ts'
import type { FetchedPicture, FetchPicture } from './pictures.ts'

const CHANNEL = 'zalo-oa'
const DOWNLOAD_MS = 30_000
const RETRY_MS = 5_000
/** Zalo forgets an upload after seven days. */
const ATTACHMENT_MS = 6 * 86_400_000

/** Where people's pictures may lie: Zalo's own hosts, and a relay that stands in Zalo's place. */
export function mediaHosts({ zaloOa, zaloBot }: Config['channels']): readonly string[] {
  const roots = [zaloOa?.apiRoot, zaloBot?.apiRoot].filter((root) => typeof root === 'string')
  return [...MEDIA_HOSTS, ...roots.map((root) => new URL(root).origin)]
}

/** Copies pictures that Zalo keeps; only from `hosts`, never through a redirect. */
export const createZaloFetcher =
  (hosts: readonly string[], send: typeof fetch): FetchPicture =>
  async (url): Promise<FetchedPicture> => {
    if (!isMediaUrl(url, hosts)) return { kind: 'failed', code: 'foreign_host' }
    try {
      const signal = AbortSignal.timeout(DOWNLOAD_MS)
      const response = await send(url, { signal, redirect: 'manual' })
      if (!response.ok || response.body === null) {
        await response.body?.cancel()
        const isGone = response.status >= 300 && response.status < 500 && response.status !== 429
        const code = `http_${response.status}`
        return isGone ? { kind: 'failed', code } : { kind: 'retry', afterMs: RETRY_MS, code }
      }
      const bytes = await readUpTo(response.body, MAX_PHOTO_BYTES)
      return bytes === undefined ? { kind: 'failed', code: 'too_large' } : { kind: 'file', bytes }
    } catch {
      return { kind: 'retry', afterMs: RETRY_MS, code: 'network' }
    }
  }

/** Our own pictures for uploads to Zalo, and the ids that it gave them. */
export function createZaloMedia(host: ChannelHost, publicUrl: string): Media {
  const prefix = `${publicUrl}/api/v1/media/`
  const db = () => host.ctx(CHANNEL).db
  return {
    read: async (url, maxBytes) => {
      if (!url.startsWith(prefix)) return undefined
      const id = url.slice(prefix.length)
      for (const size of ['full', 'thumb'] as const) {
        const found = await readStored(host.ctx(CHANNEL), id, size)
        if (found !== undefined && found.bytes.length <= maxBytes) return found
      }
      return undefined
    },
    findAttachment: async (url) => {
      const since = new Date(host.ctx(CHANNEL).now().getTime() - ATTACHMENT_MS)
      const row = await db()
        .selectFrom('channelAttachment')
        .select('attachmentId')
        .where('channel', '=', CHANNEL)
        .where('url', '=', url)
        .where('savedAt', '>', since.toISOString())
        .executeTakeFirst()
      return row?.attachmentId
    },
    saveAttachment: async (url, attachmentId) => {
      const savedAt = host.ctx(CHANNEL).now()
      await db()
        .insertInto('channelAttachment')
        .values({ channel: CHANNEL, url, attachmentId, savedAt })
        .onConflict((oc) => oc.columns(['channel', 'url']).doUpdateSet({ attachmentId, savedAt }))
        .execute()
    },
    forgetAttachment: async (url) => {
      await db()
        .deleteFrom('channelAttachment')
        .where('channel', '=', CHANNEL)
        .where('url', '=', url)
        .execute()
    },
  }
}
