import { createMiniAppWebhook } from '../../../bots/zalo-oa/mini-app-webhook.ts'
import { inTransaction } from '../../db/transaction.ts'
import {
  CONSENT_PURPOSES,
  findResidentOfChat,
  withdrawConsent,
} from '../../rooms/identity/index.ts'
import type { Config } from '../config.ts'
import type { ChannelHost } from './channel.ts'

const CHANNEL = 'zalo-mini-app'

/** A person withdrew at Zalo what they agreed to in the mini-app: their consents here end too. */
export const createMiniAppDoor = (
  { appId, apiKey }: NonNullable<Config['channels']['zaloMiniApp']>,
  host: ChannelHost,
) => ({
  id: CHANNEL,
  path: '/webhooks/zalo-mini-app',
  receive: createMiniAppWebhook({
    appId,
    apiKey,
    revoke: (userId) =>
      inTransaction(host.ctx(CHANNEL), async (tx) => {
        const residentId = await findResidentOfChat(tx, { channel: CHANNEL, chatKey: userId })
        if (residentId === undefined) return
        for (const purpose of CONSENT_PURPOSES) await withdrawConsent(tx, { residentId, purpose })
      }),
  }),
})
