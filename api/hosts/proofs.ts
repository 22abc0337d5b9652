import { createZaloClient } from '../../bots/zalo-oa/client.ts'
import { createGraph } from '../../bots/zalo-oa/graph.ts'
import type { Proofs } from '../context.ts'
import { checkInitData, TELEGRAM_PUBLIC_KEY, type TelegramKey } from '../rooms/identity/index.ts'
import type { Config } from './config.ts'
import { createOidc } from './oidc.ts'

function telegramKey({ channels, telegramMiniAppBotId }: Config): TelegramKey | undefined {
  if (channels.telegram !== null) return { botToken: channels.telegram.botToken }
  if (telegramMiniAppBotId === null) return undefined
  return { botId: telegramMiniAppBotId, publicKeyHex: TELEGRAM_PUBLIC_KEY }
}

/** The hosts whose proofs of a person this installation can check. Reading who somebody is sends nobody anything. */
export function createProofs(config: Config, proxyFetch?: (proxy: string) => typeof fetch): Proofs {
  const key = telegramKey(config)
  const { zaloMiniApp } = config.channels
  return {
    telegram: key === undefined ? null : (initData, now) => checkInitData(initData, key, now),
    zalo: zaloMiniApp && createZaloPeople(zaloMiniApp, proxyFetch),
    oidc: config.oidc && createOidc(config.oidc),
    officialOidc: config.officialOidc && createOidc(config.officialOidc, 'openid email'),
  }
}

function createZaloPeople(
  { appSecret, graphRoot, proxy }: NonNullable<Config['channels']['zaloMiniApp']>,
  proxyFetch: ((proxy: string) => typeof fetch) | undefined,
) {
  const client = createZaloClient({
    ...(graphRoot === null ? {} : { roots: { graph: graphRoot } }),
    ...(proxy === null || proxyFetch === undefined ? {} : { fetch: proxyFetch(proxy) }),
  })
  return createGraph(client, appSecret)
}
