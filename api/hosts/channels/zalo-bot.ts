import { createZaloBotClient } from '../../../bots/zalo-bot/client.ts'
import type { ZaloBotEvent } from '../../../bots/zalo-bot/receive.ts'
import { createZaloBotSender } from '../../../bots/zalo-bot/send.ts'
import { createZaloBotWebhook } from '../../../bots/zalo-bot/webhook.ts'
import { withBanner } from '../../chat/banner.ts'
import { type Message, say, text } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { localDate } from '../../core/time.ts'
import { enqueueMessages } from '../../db/outbox.ts'
import { hasRoomFor, ZALO_BOT_PLAN } from '../../db/plan-usage.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Config } from '../config.ts'
import { type Channel, type ChannelHost, takeTurn } from './channel.ts'
import { keepPictures, pictureRows } from './pictures.ts'
import { retryUntilDone } from './retry.ts'
import { createZaloFetcher, mediaHosts } from './zalo-media.ts'

const PATH = '/webhooks/zalo-bot'
const CHANNEL = 'zalo-bot'

/** A bot of the Zalo Bot Platform. Its monthly plan is counted with the channel's pace. */
export function createZaloBotChannel(
  config: Pick<Config, 'publicUrl' | 'channels'> & {
    zaloBot: NonNullable<Config['channels']['zaloBot']>
  },
  host: ChannelHost,
): Channel {
  const { botToken, webhookSecret, apiRoot } = config.zaloBot
  const { log } = host
  const proxy = config.channels.zaloOa?.proxy ?? null
  const send = host.fetchVia?.(proxy)
  const client = createZaloBotClient({
    token: botToken,
    ...(apiRoot === null ? {} : { root: apiRoot }),
    ...(send === undefined ? {} : { fetch: send }),
  })
  const hosts = mediaHosts(config.channels)
  const setUp = async (): Promise<boolean> => {
    const url = `${config.publicUrl}${PATH}`
    const answer = await client.call('setWebhook', { url, secret_token: webhookSecret })
    if (answer.kind === 'ok') return true
    log.warn('zalo_bot.setup_failed', answer)
    return false
  }
  return {
    id: CHANNEL,
    path: PATH,
    receive: createZaloBotWebhook({
      secret: webhookSecret,
      mediaHosts: hosts,
      take: (event) => takeEvent(host, event),
      note: (what, error) => log.warn('zalo_bot.webhook', { what, error }),
    }),
    sender: createZaloBotSender({
      client,
      now: () => host.ctx(CHANNEL).now(),
      onProblem: (code) => log.error('zalo_bot.problem', { code }),
    }),
    fetchPicture: createZaloFetcher(hosts, send ?? fetch),
    jobs: [],
    start: () => {
      const ending = new AbortController()
      // The platform calls only https; elsewhere bodies are posted by hand.
      const setting = config.publicUrl.startsWith('https://')
        ? retryUntilDone(setUp, ending.signal)
        : Promise.resolve()
      return async () => {
        ending.abort()
        await setting
      }
    },
  }
}

type Event = ZaloBotEvent & { kind: 'message' }

async function takeEvent(host: ChannelHost, event: Event): Promise<void> {
  const { eventId, chatKey, content } = event
  const chat = { channel: CHANNEL, chatKey } as const
  await inTransaction(host.ctx(CHANNEL), async (tx) => {
    if (event.isGroup) return pointAway(tx, event)
    if (!(await hasRoomFor(tx.db, chatKey))) return turnAway(host, tx, event)
    if (content.kind !== 'pictures') return takeTurn(host, tx, { ...chat, eventId, content })
    const group = { ...chat, groupKey: `one-${eventId}` }
    await keepPictures(tx, group, pictureRows(eventId, content), true)
  })
}

/** Beyond the people of the plan: where Loa can be reached instead, once a day. Zalo may refuse even that. */
async function turnAway(host: ChannelHost, tx: Ctx, { chatKey }: Event): Promise<void> {
  host.count('loa_plan_refusals_total', { channel: CHANNEL })
  const { users } = ZALO_BOT_PLAN
  const url = `${tx.settings.publicUrl}/chat`
  const message: Message = {
    parts: [
      text(tx.t('chat:plan.full', { users })),
      { kind: 'link', label: tx.t('chat:plan.open'), url },
    ],
  }
  const dedupeKey = `${CHANNEL}:full:${chatKey}:${localDate(tx.now())}`
  await enqueueMessages(tx, [
    { channel: CHANNEL, chatKey, lane: 'reply', dedupeKey, message, language: 'vi' },
  ])
}

/** Nothing personal is said in a group. */
async function pointAway(tx: Ctx, { eventId, chatKey }: Event): Promise<void> {
  const pointer = say(tx.t('chat:group.pointer'))
  const [message = pointer] = tx.settings.isDemo
    ? withBanner([pointer], tx.t('chat:demo.banner'))
    : [pointer]
  const dedupeKey = `${CHANNEL}:${eventId}:group`
  const head = { channel: CHANNEL, chatKey, lane: 'reply' as const, dedupeKey }
  await enqueueMessages(tx, [{ ...head, message, language: 'vi' }])
}
