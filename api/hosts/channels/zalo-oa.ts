import { createZaloClient } from '../../../bots/zalo-oa/client.ts'
import { parseJson } from '../../../bots/zalo-oa/json.ts'
import { receiveZaloOa, type ZaloOaEvent } from '../../../bots/zalo-oa/receive.ts'
import { createZaloOaSender } from '../../../bots/zalo-oa/send.ts'
import { createTokens } from '../../../bots/zalo-oa/tokens.ts'
import { createZaloOaWebhook } from '../../../bots/zalo-oa/webhook.ts'
import { isInteraction } from '../../../bots/zalo-oa/windows.ts'
import type { Ctx } from '../../context.ts'
import { forgetChat, pauseChat } from '../../rooms/conversations/index.ts'
import { noteInteraction } from '../../rooms/delivery/index.ts'
import {
  eraseResident,
  findResidentOfChat,
  markLinkActive,
  markLinkGone,
} from '../../rooms/identity/index.ts'
import type { Config } from '../config.ts'
import { type Channel, type ChannelHost, takeTurn } from './channel.ts'
import { keepPictures, pictureRows } from './pictures.ts'
import { noteEvent } from './waiting.ts'
import { deleteFailedOf } from './waiting-store.ts'
import { createZaloAccount } from './zalo-account.ts'
import { createZaloFetcher, createZaloMedia, mediaHosts } from './zalo-media.ts'

const CHANNEL = 'zalo-oa'
/** After the last message that an official wrote by hand. */
const PAUSE_MS = 12 * 3_600_000

type Event = Exclude<ZaloOaEvent, { kind: 'ignored' }>

/** The Official Account of this installation. */
export function createZaloOaChannel(
  config: Pick<Config, 'publicUrl' | 'channels'> & {
    zaloOa: NonNullable<Config['channels']['zaloOa']>
  },
  host: ChannelHost,
): Channel {
  const { appId, appSecret, oaId, oaSecretKey, refreshToken, templateId, ...way } = config.zaloOa
  const { log } = host
  const send = host.fetchVia?.(way.proxy)
  const graphRoot = config.channels.zaloMiniApp?.graphRoot ?? null
  const client = createZaloClient({
    roots: {
      ...(way.apiRoot === null ? {} : { api: way.apiRoot }),
      ...(way.oauthRoot === null ? {} : { oauth: way.oauthRoot }),
      ...(graphRoot === null ? {} : { graph: graphRoot }),
    },
    ...(send === undefined ? {} : { fetch: send }),
  })
  const account = createZaloAccount(host)
  const now = () => host.ctx(CHANNEL).now()
  const onProblem = (code: string) => log.error('zalo_oa.problem', { code })
  const seed = refreshToken
  const tokens = createTokens({
    ...{ oaId, appId, appSecret, seed, client, now, onProblem },
    store: account,
  })
  const hosts = mediaHosts(config.channels)
  return {
    id: CHANNEL,
    path: '/webhooks/zalo-oa',
    receive: createZaloOaWebhook({
      ...{ appId, oaId, mediaHosts: hosts },
      secretKey: oaSecretKey,
      keep: ({ eventId, chatKey }, body) =>
        noteEvent(host.ctx(CHANNEL), { channel: CHANNEL, eventId, chatKey, body }),
      note: (what, error) => log.warn('zalo_oa.webhook', { what, error }),
    }),
    take: (tx, body) => takeEvent(host, tx, receiveZaloOa(parseJson(body), { mediaHosts: hosts })),
    sender: createZaloOaSender({
      ...{ oaId, client, tokens, now, onProblem },
      pin: account,
      media: createZaloMedia(host, config.publicUrl),
      ...(templateId === null ? {} : { templateId }),
    }),
    fetchPicture: createZaloFetcher(hosts, send ?? fetch),
    jobs: [],
  }
}

/** All that one event changes, in the open transaction; the same event again changes nothing. */
async function takeEvent(host: ChannelHost, tx: Ctx, event: ZaloOaEvent): Promise<void> {
  if (event.kind === 'ignored') return
  if (isInteraction(event)) await noteInteraction(tx, { ...chatOf(event), at: timeOf(tx, event) })
  await act(host, tx, event)
}

const chatOf = ({ chatKey }: Event) => ({ channel: CHANNEL, chatKey }) as const

/** Zalo's clock, but never our future: that would hold the window open for too long. */
const timeOf = (ctx: Ctx, { at }: Event): Date =>
  at === undefined || at > ctx.now() ? ctx.now() : at

async function act(host: ChannelHost, tx: Ctx, event: Event): Promise<void> {
  const { eventId } = event
  const chat = chatOf(event)
  switch (event.kind) {
    case 'message': {
      const { content } = event
      if (content.kind !== 'pictures') return takeTurn(host, tx, { ...chat, eventId, content })
      const group = { ...chat, groupKey: `one-${eventId}` }
      return keepPictures(tx, group, pictureRows(eventId, content), true)
    }
    case 'follow':
      await markLinkActive(tx, chat)
      return takeTurn(host, tx, { ...chat, eventId, content: { kind: 'start' } })
    case 'unfollow':
      return markLinkGone(tx, chat)
    case 'human_echo': {
      const until = event.isHandBack ? null : new Date(timeOf(tx, event).getTime() + PAUSE_MS)
      return pauseChat(tx, { ...chat, until })
    }
    case 'erase_request': {
      const residentId = await findResidentOfChat(tx, chat)
      if (residentId !== undefined) await eraseResident(tx, residentId)
      await deleteFailedOf(tx.db, chat)
      return forgetChat(tx, chat)
    }
  }
}
