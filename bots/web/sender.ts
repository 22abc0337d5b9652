import type { Sender } from '../../api/chat/sender.ts'
import { renderWeb, type WebCall } from './render.ts'

/** The web chat reads its messages from the outbox itself: to settle a row is to send it. */
export const webSender: Sender<WebCall> = {
  channel: 'web',
  render: renderWeb,
  send: async () => ({ kind: 'sent' }),
}
