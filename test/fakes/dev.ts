import { spawn } from 'node:child_process'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { phonePhoto } from '../tour/photo.ts'
import { fakesPage, type ShownButton, type ShownChat } from './dev-page.ts'
import { startTelegramFake } from './telegram.ts'
import { BOT_DEFAULTS, startZaloBotFake } from './zalo-bot.ts'
import { DEFAULTS, startZaloOaFake } from './zalo-oa.ts'

/**
 * `npm run dev:fakes`: the fakes of all platforms, a server that speaks to them and to nobody else, and a page that
 * shows what each fake received and lets one speak as the person.
 */
const PAGE_PORT = Number(process.env.FAKES_PORT ?? 8090)
const PORT = process.env.PORT ?? '8080'
const APP = `http://127.0.0.1:${PORT}`
const CHATS = { telegram: '5210000017', 'zalo-oa': '246845883529197922', 'zalo-bot': 'zb-001' }
const PHUOC_YEN = { lng: 107.5006, lat: 16.5462 }
let numbers = Date.now()

const [telegram, oa, bot] = await Promise.all([
  startTelegramFake(),
  startZaloOaFake({ forgiving: true }),
  startZaloBotFake(),
])
telegram.make.chatOf(Number(CHATS.telegram))

const server = spawn(
  process.execPath,
  ['-r', './api/hosts/require-node.cjs', 'api/hosts/node.ts'],
  {
    cwd: new URL('../..', import.meta.url).pathname,
    stdio: 'inherit',
    env: {
      ...process.env,
      PORT,
      DATA_DIR: process.env.DATA_DIR ?? '.data/fakes',
      DEMO: '1',
      DEMO_SEND: '1',
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_WEBHOOK_SECRET: 'dev-fakes',
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
    },
  },
)

const messageId = () => `dev-${++numbers}`

const postOa = (userId: string, name: string, message: Record<string, unknown>) =>
  oa.post(`${APP}/webhooks/zalo-oa`, {
    app_id: DEFAULTS.appId,
    event_name: name,
    timestamp: String(Date.now()),
    sender: { id: userId },
    recipient: { id: DEFAULTS.oaId },
    message: { msg_id: messageId(), ...message },
  })

const postBot = (chatId: string, type: string, message: Record<string, unknown>) =>
  bot.post(`${APP}/webhooks/zalo-bot`, {
    event_name: `message.${type}.received`,
    message: {
      message_id: messageId(),
      date: Date.now(),
      chat: { id: chatId, chat_type: 'PRIVATE' },
      from: { id: chatId, is_bot: false },
      ...message,
    },
  })

async function say(channel: string, chat: string, text: string): Promise<unknown> {
  if (channel === 'telegram') return telegram.say(Number(chat), text)
  if (channel === 'zalo-oa') return postOa(chat, 'user_send_text', { text })
  return postBot(chat, 'text', { text })
}

async function sendPhoto(channel: string, chat: string): Promise<unknown> {
  const bytes = new Uint8Array(await phonePhoto({ label: 'Ảnh thử', ...PHUOC_YEN }))
  if (channel === 'telegram') return telegram.sendPhoto(Number(chat), bytes)
  const name = `${messageId()}.jpg`
  oa.state.pictures.set(name, bytes)
  const url = `${oa.url}/media/${name}`
  if (channel === 'zalo-bot') return postBot(chat, 'image', { photo_url: url })
  return postOa(chat, 'user_send_image', { attachments: [{ type: 'image', payload: { url } }] })
}

function chats(): ShownChat[] {
  const ofTelegram = [...telegram.state.chats.values()].map(
    ({ id, messages }): ShownChat => ({
      channel: 'telegram',
      chat: String(id),
      messages: messages.map(({ text, photo, buttons }) => ({
        text,
        pictures: photo === undefined ? [] : [JSON.stringify(photo)],
        buttons: buttons.map((b) => ({
          label: b.text,
          ...(b.data === undefined ? {} : { id: b.data }),
          ...(b.url === undefined ? {} : { url: b.url }),
        })),
      })),
    }),
  )
  const ofOa: ShownChat = {
    channel: 'zalo-oa',
    chat: CHATS['zalo-oa'],
    messages: oa.sent.map(({ message }) => oaMessage(message)),
  }
  const ofBot: ShownChat = {
    channel: 'zalo-bot',
    chat: CHATS['zalo-bot'],
    messages: bot.sent.map(({ payload }) => ({
      text: String(payload.text ?? payload.caption ?? ''),
      pictures: payload.photo === undefined ? [] : [String(payload.photo)],
      buttons: [],
    })),
  }
  return [...ofTelegram, ofOa, ofBot]
}

function oaMessage(message: Record<string, unknown>): ShownChat['messages'][number] {
  const payload = Object(Object(message.attachment).payload)
  const buttons: { title: string; payload: unknown }[] = payload.buttons ?? []
  return {
    text: String(message.text ?? ''),
    pictures: (payload.elements ?? []).map((one: unknown) => JSON.stringify(one)),
    buttons: buttons.map(
      (b): ShownButton =>
        typeof b.payload === 'string'
          ? { label: b.title, id: b.payload }
          : { label: b.title, url: String(Object(b.payload).url) },
    ),
  }
}

const app = new Hono()
app.get('/', (c) => c.html(fakesPage(chats(), APP)))
/** The answer comes a moment later; the page is shown when it most likely has. */
const PAUSE_MS = 900
for (const action of ['say', 'press', 'photo'] as const) {
  app.post(`/${action}`, async (c) => {
    const form = await c.req.parseBody()
    const [channel, chat] = [String(form.channel), String(form.chat)]
    if (action === 'photo') await sendPhoto(channel, chat)
    else if (action === 'press' && channel === 'telegram')
      await telegram.press(Number(chat), String(form.id))
    else await say(channel, chat, String(form.text ?? form.id))
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    return c.redirect('/', 303)
  })
}
const page = serve({ fetch: app.fetch, port: PAGE_PORT, hostname: '127.0.0.1' }, () =>
  process.stdout.write(`Fakes: http://127.0.0.1:${PAGE_PORT}/ shows what each platform received\n`),
)

let isEnding = false
async function end(): Promise<void> {
  if (isEnding) return
  isEnding = true
  server.kill('SIGTERM')
  page.close()
  await Promise.all([telegram.close(), oa.stop(), bot.stop()])
}
process.on('SIGINT', end)
process.on('SIGTERM', end)
server.on('exit', async (code) => {
  await end()
  process.exit(code ?? 0)
})
