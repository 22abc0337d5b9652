import { albumPhoto } from '../../../bots/telegram/albums.ts'
import { COMMANDS } from '../../../bots/telegram/commands.ts'
import { fetchTelegramFile } from '../../../bots/telegram/files.ts'
import type { TelegramInbound, TelegramMe } from '../../../bots/telegram/inbound.ts'
import { groupPointer } from '../../../bots/telegram/pointer.ts'
import { pollTelegram } from '../../../bots/telegram/polling.ts'
import type { TelegramAccess, TelegramFault } from '../../../bots/telegram/ports.ts'
import { createCallbackAnswerer, createTelegramSender } from '../../../bots/telegram/send.ts'
import { setupTelegram, type TelegramWords } from '../../../bots/telegram/setup.ts'
import { telegramWebhook } from '../../../bots/telegram/webhook.ts'
import { asKey, type Language } from '../../../locales/index.ts'
import { withBanner } from '../../chat/banner.ts'
import type { Ctx } from '../../context.ts'
import { enqueueMessages, moveQueued } from '../../db/outbox.ts'
import { inTransaction } from '../../db/transaction.ts'
import { MAX_PHOTO_BYTES } from '../../files/index.ts'
import { markLinkActive, markLinkGone } from '../../rooms/identity/index.ts'
import type { Config } from '../config.ts'
import { type Channel, type ChannelHost, takeTurn } from './channel.ts'
import { readStored } from './media.ts'
import { keepPictures } from './pictures.ts'
import { retryUntilDone } from './retry.ts'

const PATH = '/webhooks/telegram'
const CHANNEL = 'telegram'

/** Telegram of this installation: by webhook where PUBLIC_URL is https, else by long polling. */
export function createTelegramChannel(
  config: Pick<Config, 'publicUrl'> & { telegram: NonNullable<Config['channels']['telegram']> },
  host: ChannelHost,
): Channel {
  const { botToken, webhookSecret, apiRoot, proxy } = config.telegram
  const { log } = host
  const onFault = (fault: TelegramFault) => log.warn('telegram.fault', fault)
  const send = host.fetchVia?.(proxy)
  const access: TelegramAccess & { onFault: typeof onFault } = {
    token: botToken,
    apiRoot,
    onFault,
    ...(send === undefined ? {} : { fetch: send }),
  }
  const known: { me: TelegramMe | undefined } = { me: undefined }
  const me = () => known.me
  const isReachable = config.publicUrl.startsWith('https://')
  const answerCallback = createCallbackAnswerer(access)

  const setUp = async (): Promise<boolean> => {
    const { me: found, failed } = await setupTelegram({
      ...access,
      webhook: isReachable
        ? { url: `${config.publicUrl}${PATH}`, secretToken: webhookSecret }
        : null,
      words: { vi: wordsOf(host.ctx(CHANNEL), 'vi'), en: wordsOf(host.ctx(CHANNEL), 'en') },
      miniAppUrl: `${config.publicUrl}/`,
    })
    known.me = found ?? known.me
    return failed.length === 0
  }

  const onUpdate = async (inbound: TelegramInbound): Promise<void> => {
    await take(host, host.ctx(CHANNEL), inbound, known.me)
    const query = 'callbackQueryId' in inbound ? inbound.callbackQueryId : undefined
    if (query !== undefined) host.background(answerCallback(query))
  }

  return {
    id: CHANNEL,
    path: PATH,
    receive: telegramWebhook({ secretToken: webhookSecret, onUpdate, me, onFault }),
    sender: createTelegramSender({
      ...access,
      media: { bytesOf: (mediaId) => readStored(host.ctx(CHANNEL), mediaId, 'full') },
      migrations: {
        moved: ({ fromChatKey, toChatKey }) =>
          moveQueued(host.ctx(CHANNEL).db, { channel: CHANNEL, from: fromChatKey, to: toChatKey }),
      },
    }),
    fetchPicture: (fileId) => fetchTelegramFile(access, fileId, MAX_PHOTO_BYTES),
    // Whoever changed the webhook by hand is corrected; on Workers this is the only call.
    jobs: [
      {
        name: 'telegram-setup',
        cadence: { everyMinutes: 60 },
        run: async () => {
          if (!(await setUp())) throw new Error('Telegram could not be set up')
        },
      },
    ],
    start: () => {
      const ending = new AbortController()
      const { signal } = ending
      const setting = retryUntilDone(setUp, signal)
      const polling = isReachable
        ? Promise.resolve()
        : setting.then(() => pollTelegram({ ...access, onUpdate, signal, me }))
      return async () => {
        ending.abort()
        await polling
      }
    },
  }
}

async function take(
  host: ChannelHost,
  ctx: Ctx,
  inbound: TelegramInbound,
  me: TelegramMe | undefined,
): Promise<void> {
  switch (inbound.kind) {
    case 'turn': {
      const picture = albumPhoto(inbound, ctx.now())
      if (picture === undefined) return takeTurn(host, ctx, inbound.inbound)
      const { key, photo, isAlone } = picture
      const group = { channel: CHANNEL, chatKey: key.chatKey, groupKey: key.mediaGroupId }
      const { eventId, messageId, file, caption = null, language = null } = photo
      const row = { eventId, position: 0, messageId, caption, language }
      const source = { source: file.fileId, uniqueId: file.uniqueId }
      return inTransaction(ctx, (tx) => keepPictures(tx, group, [{ ...row, ...source }], isAlone))
    }
    case 'group':
      return pointAway(ctx, inbound, me)
    case 'link': {
      const chat = { channel: CHANNEL, chatKey: inbound.chatKey }
      return inbound.state === 'blocked' ? markLinkGone(ctx, chat) : markLinkActive(ctx, chat)
    }
    case 'migrated':
      return moveQueued(ctx.db, {
        channel: CHANNEL,
        from: inbound.chatKey,
        to: inbound.toChatKey,
      })
    case 'ignored':
      ctx.log.debug('telegram.ignored', { why: inbound.why })
  }
}

/** In a group nothing personal is answered: come to the private chat. */
async function pointAway(
  ctx: Ctx,
  inbound: Extract<TelegramInbound, { kind: 'group' }>,
  me: TelegramMe | undefined,
): Promise<void> {
  const { eventId, chatKey, language = 'vi' } = inbound
  const t = ctx.translate(language)
  const words = { text: t('chat:group.pointer'), open: t('chat:group.open') }
  const pointer = groupPointer(words, me?.username)
  const [message = pointer] = ctx.settings.isDemo
    ? withBanner([pointer], t('chat:demo.banner'))
    : [pointer]
  const dedupeKey = `${CHANNEL}:${eventId}:group`
  const head = { channel: CHANNEL, chatKey, lane: 'reply' as const, dedupeKey }
  await inTransaction(ctx, (tx) => enqueueMessages(tx, [{ ...head, message, language }]))
}

function wordsOf(ctx: Ctx, language: Language): TelegramWords {
  const t = ctx.translate(language)
  const commands = COMMANDS.map((name) => [name, t(asKey(`chat:command.${name}`))] as const)
  return {
    commands: Object.fromEntries(commands) as TelegramWords['commands'],
    openApp: t('chat:telegram.app'),
  }
}
