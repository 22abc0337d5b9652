import { type Login, type RunningServer, startServer } from '../e2e/server.ts'
import { startTelegramFake } from '../fakes/telegram.ts'
import { BOT_DEFAULTS, startZaloBotFake } from '../fakes/zalo-bot.ts'
import { DEFAULTS, startZaloOaFake } from '../fakes/zalo-oa.ts'
import { asksNear, codeIn, SEND_NEW } from '../tour/near.ts'
import { phonePhoto } from '../tour/photo.ts'
import { signIn, upload } from '../tour/tour.ts'

const PHUOC_YEN = { lng: 107.5006, lat: 16.5462 }
export const WEBHOOK_SECRET = 'telegram-webhook-secret'

export type Fakes = {
  telegram: Awaited<ReturnType<typeof startTelegramFake>>
  oa: Awaited<ReturnType<typeof startZaloOaFake>>
  bot: Awaited<ReturnType<typeof startZaloBotFake>>
}

export async function startFakes(options: { perSecond?: number } = {}): Promise<Fakes> {
  const [telegram, oa, bot] = await Promise.all([
    startTelegramFake(options),
    startZaloOaFake(),
    startZaloBotFake(),
  ])
  return { telegram, oa, bot }
}

export const stopFakes = ({ telegram, oa, bot }: Fakes) =>
  Promise.all([telegram.close(), oa.stop(), bot.stop()])

/** What a server needs to speak to these fakes in place of the platforms. */
export const channelEnv = ({ telegram, oa, bot }: Fakes): Record<string, string> => ({
  DEMO_SEND: '1',
  TELEGRAM_BOT_TOKEN: telegram.token,
  TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
  TELEGRAM_API_ROOT: telegram.url,
  ZALO_APP_ID: DEFAULTS.appId,
  ZALO_APP_SECRET: DEFAULTS.appSecret,
  ZALO_OA_ID: DEFAULTS.oaId,
  ZALO_OA_SECRET_KEY: DEFAULTS.oaSecretKey,
  ZALO_OA_REFRESH_TOKEN: DEFAULTS.refreshToken,
  ZALO_API_ROOT: oa.url,
  ZALO_OAUTH_ROOT: oa.url,
  ZALO_GRAPH_ROOT: oa.url,
  ZALO_BOT_TOKEN: BOT_DEFAULTS.token,
  ZALO_BOT_WEBHOOK_SECRET: BOT_DEFAULTS.secret,
  ZALO_BOT_API_ROOT: bot.url,
})

/** A server on an embedded database with every channel on. */
export const startOn = (fakes: Fakes, env: Record<string, string> = {}): Promise<RunningServer> =>
  startServer({ env: { ...channelEnv(fakes), PUBLIC_URL: 'http://loa.test', ...env } })

/** From here on the fake brings updates by webhook to this server instead of waiting to be asked. */
export function useWebhook({ telegram }: Fakes, url: string): void {
  telegram.state.webhook = {
    url: `${url}/webhooks/telegram`,
    secretToken: WEBHOOK_SECRET,
    maxConnections: 40,
  }
}

/** One person on one channel; `heard` is everything that came, `wantsPlace` whether a place was asked for natively. */
export type Resident = {
  say: (text: string) => Promise<unknown>
  photo: (bytes: Uint8Array, caption: string) => Promise<unknown>
  pin: () => Promise<unknown>
  heard: () => { text: string; hasPhoto: boolean; wantsPlace: boolean }[]
}

const head = (name: string, n: number) => ({
  app_id: DEFAULTS.appId,
  event_name: name,
  timestamp: String(Date.now() + n),
  recipient: { id: DEFAULTS.oaId },
})
let numbers = 0

export function onTelegram({ telegram }: Fakes, chatId = 5_210_000_017): Resident {
  return {
    say: (text) => telegram.say(chatId, text),
    photo: (bytes, caption) => telegram.sendPhoto(chatId, bytes, { caption }),
    pin: () => telegram.sendLocation(chatId, PHUOC_YEN),
    heard: () =>
      telegram.sent(chatId).map(({ text, photo, keyboard }) => ({
        text,
        hasPhoto: photo !== undefined,
        wantsPlace: keyboard.some(({ wants }) => wants === 'location'),
      })),
  }
}

export function onZaloOa({ oa }: Fakes, url: string, userId = '246845883529197922'): Resident {
  const post = (name: string, message: Record<string, unknown>) =>
    oa.post(`${url}/webhooks/zalo-oa`, {
      ...head(name, ++numbers),
      sender: { id: userId },
      message: { msg_id: `m-${userId}-${++numbers}`, ...message },
    })
  return {
    say: (text) => post('user_send_text', { text }),
    photo: (bytes, text) => {
      const name = `p${++numbers}.jpg`
      oa.state.pictures.set(name, new Uint8Array(bytes))
      const payload = { url: `${oa.url}/media/${name}`, thumbnail: `${oa.url}/media/${name}` }
      return post('user_send_image', { text, attachments: [{ type: 'image', payload }] })
    },
    pin: () =>
      post('user_send_location', {
        attachments: [
          {
            type: 'location',
            payload: {
              coordinates: {
                latitude: String(PHUOC_YEN.lat),
                longitude: String(PHUOC_YEN.lng),
              },
            },
          },
        ],
      }),
    heard: () =>
      oa.sent
        .filter((one) => one.userId === userId)
        .map(({ message }) => ({
          text: String(message.text ?? ''),
          hasPhoto: JSON.stringify(message).includes('"media"'),
          wantsPlace: false,
        })),
  }
}

export function onZaloBot({ bot, oa }: Fakes, url: string, chatId = 'zb-001'): Resident {
  const post = (type: string, message: Record<string, unknown>) =>
    bot.post(`${url}/webhooks/zalo-bot`, {
      event_name: `message.${type}.received`,
      message: {
        message_id: `b-${++numbers}`,
        date: Date.now(),
        chat: { id: chatId, chat_type: 'PRIVATE' },
        from: { id: chatId, is_bot: false },
        ...message,
      },
    })
  return {
    say: (text) => post('text', { text }),
    photo: (bytes, caption) => {
      const name = `p${++numbers}.jpg`
      oa.state.pictures.set(name, new Uint8Array(bytes))
      return post('image', { photo_url: `${oa.url}/media/${name}`, caption })
    },
    pin: () => post('text', { text: '1' }),
    heard: () =>
      bot.sent
        .filter(({ payload }) => payload.chat_id === chatId)
        .map(({ method, payload }) => ({
          text: String(payload.text ?? payload.caption ?? ''),
          hasPhoto: method === 'sendPhoto',
          wantsPlace: false,
        })),
  }
}

/** Waits until something new came and nothing more for a moment. */
async function listen(resident: Resident, known: number): Promise<number> {
  const late = Date.now() + 30_000
  let last = known
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 700))
    const now = resident.heard().length
    if (now > known && now === last) return now
    last = now
    if (Date.now() > late) throw new Error(`nothing came\n${JSON.stringify(resident.heard())}`)
  }
}

/** Reports with a photo and answers whatever is asked until there is a code. */
export async function reportWithPhoto(resident: Resident): Promise<string> {
  let known = resident.heard().length
  const from = known
  const picture = await phonePhoto({ label: 'Ngập tới gối', ...PHUOC_YEN })
  await resident.photo(picture, 'ngap o phuoc yen toi goi roi')
  for (let turn = 0; turn < 12; turn++) {
    const before = known
    known = await listen(resident, before)
    const heard = resident.heard()
    const code = codeIn(heard.slice(from).map(({ text }) => text))
    if (code !== undefined) return code
    const news = heard.slice(before)
    if (news.some(({ wantsPlace }) => wantsPlace)) await resident.pin()
    else if (news.some(({ text }) => asksNear(text))) await resident.say(SEND_NEW)
    else await resident.say('1')
  }
  throw new Error(`no code within twelve turns\n${JSON.stringify(resident.heard())}`)
}

/** Officials accept, forward, start and answer with a photo; resolves when that has come to the resident. */
export async function answerWithPhoto(
  { url, logins }: { url: string; logins: Record<'dispatcher' | 'officer', Login> },
  resident: Resident,
  code: string,
): Promise<{ photos: number; ownPhotos: number }> {
  const dispatcher = await signIn(url, logins.dispatcher)
  const found = (await dispatcher.list()).items.find((item) => item.publicCode === code)
  if (found === undefined) throw new Error('the case is not on the list')
  const page = await dispatcher.get<{ media?: unknown[] }>(`/console/incidents/${found.id}`)
  // The story is told at any hour of the day.
  let known = resident.heard().length
  await resident.say('tắt giờ yên lặng')
  known = await listen(resident, known)
  const move = { kind: 'accept_and_assign', agencyCode: '19867.kinh-te' }
  const assigned = await dispatcher.move(found, move)
  known = await listen(resident, known)
  const officer = await signIn(url, logins.officer)
  const started = await officer.move(assigned, { kind: 'start' })
  const proof = await upload(
    url,
    await phonePhoto({ label: 'Nước rút', ...PHUOC_YEN }),
    officer.headers,
  )
  const before = resident.heard().filter(({ hasPhoto }) => hasPhoto).length
  await officer.move(started, { kind: 'answer', text: 'Nước rút.', mediaIds: [proof.mediaId] })
  await listen(resident, known)
  const late = Date.now() + 20_000
  const photos = () => resident.heard().filter(({ hasPhoto }) => hasPhoto).length - before
  while (photos() === 0 && Date.now() < late) await new Promise((r) => setTimeout(r, 200))
  return { photos: photos(), ownPhotos: page.media?.length ?? 0 }
}
