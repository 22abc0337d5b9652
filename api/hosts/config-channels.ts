import type { EnvReader } from './config-reader.ts'

/** A channel without its variables is null, that is: off. */
export type Channels = {
  telegram: {
    botToken: string
    webhookSecret: string
    apiRoot: string | null
    proxy: string | null
  } | null
  zaloOa: {
    appId: string
    appSecret: string
    oaId: string
    oaSecretKey: string
    refreshToken: string
    /** Approved template for steps of a case after Zalo's window. */
    templateId: string | null
    apiRoot: string | null
    oauthRoot: string | null
    proxy: string | null
  } | null
  zaloBot: { botToken: string; webhookSecret: string; apiRoot: string | null } | null
  zaloMiniApp: {
    appId: string
    appSecret: string
    miniAppId: string
    apiKey: string
    graphRoot: string | null
    proxy: string | null
  } | null
}

const APP = ['ZALO_APP_ID', 'ZALO_APP_SECRET'] as const
const OA = ['ZALO_OA_ID', 'ZALO_OA_SECRET_KEY', 'ZALO_OA_REFRESH_TOKEN'] as const
const MINI_APP = ['ZALO_MINIAPP_ID', 'ZALO_MINIAPP_API_KEY'] as const

export function readChannels(read: EnvReader): Channels {
  const telegram = read.group('Telegram', ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET'])
  const zaloOa = read.group('Zalo OA', [...APP, ...OA], OA)
  const miniApp = read.group('Zalo Mini App', [...APP, ...MINI_APP], MINI_APP)
  const zaloBot = read.group('Zalo Bot', ['ZALO_BOT_TOKEN', 'ZALO_BOT_WEBHOOK_SECRET'])
  if ([...OA, ...MINI_APP].every((name) => read.text(name) === null)) read.group('Zalo', APP)
  const templateId = read.text('ZALO_OA_TEMPLATE_ID')
  const zaloProxy = read.url('ZALO_PROXY')
  const roots = {
    telegram: read.url('TELEGRAM_API_ROOT'),
    telegramProxy: read.url('TELEGRAM_PROXY'),
    zalo: read.url('ZALO_API_ROOT'),
    oauth: read.url('ZALO_OAUTH_ROOT'),
    graph: read.url('ZALO_GRAPH_ROOT'),
    bot: read.url('ZALO_BOT_API_ROOT'),
  }
  return {
    telegram: telegram && {
      botToken: telegram.TELEGRAM_BOT_TOKEN,
      webhookSecret: telegram.TELEGRAM_WEBHOOK_SECRET,
      apiRoot: roots.telegram,
      proxy: roots.telegramProxy,
    },
    zaloOa: zaloOa && {
      appId: zaloOa.ZALO_APP_ID,
      appSecret: zaloOa.ZALO_APP_SECRET,
      oaId: zaloOa.ZALO_OA_ID,
      oaSecretKey: zaloOa.ZALO_OA_SECRET_KEY,
      refreshToken: zaloOa.ZALO_OA_REFRESH_TOKEN,
      templateId,
      apiRoot: roots.zalo,
      oauthRoot: roots.oauth,
      proxy: zaloProxy,
    },
    zaloBot: zaloBot && {
      botToken: zaloBot.ZALO_BOT_TOKEN,
      webhookSecret: zaloBot.ZALO_BOT_WEBHOOK_SECRET,
      apiRoot: roots.bot,
    },
    zaloMiniApp: miniApp && {
      appId: miniApp.ZALO_APP_ID,
      appSecret: miniApp.ZALO_APP_SECRET,
      miniAppId: miniApp.ZALO_MINIAPP_ID,
      apiKey: miniApp.ZALO_MINIAPP_API_KEY,
      graphRoot: roots.graph,
      proxy: zaloProxy,
    },
  }
}
