import type { RenderedPreview } from '../api/app.ts'
import type { ChannelId } from '../api/chat/inbound.ts'
import type { Message } from '../api/chat/message.ts'
import type { ChannelWords, Rendered, RenderTarget } from '../api/chat/sender.ts'
import { renderTelegram } from './telegram/render.ts'
import { renderWeb } from './web/render.ts'
import { renderZaloBot } from './zalo-bot/render.ts'
import { renderZaloOa } from './zalo-oa/render.ts'

type Render = (message: Message, target: RenderTarget) => Rendered<unknown>

const RENDERERS: readonly (readonly [ChannelId, Render])[] = [
  ['web', renderWeb],
  ['telegram', renderTelegram],
  ['zalo-oa', renderZaloOa],
  ['zalo-bot', renderZaloBot],
]

/** The same messages on every channel, as the calls that would be made; nothing is sent. */
export function createPreview(words: ChannelWords) {
  const target: RenderTarget = { chatKey: 'preview', words }
  return (messages: readonly Message[]): readonly RenderedPreview[] =>
    RENDERERS.map(([channel, render]) => {
      const rendered = messages.map((message) => render(message, target))
      return {
        channel,
        calls: rendered.flatMap(({ calls }) => calls),
        dropped: [...new Set(rendered.flatMap(({ dropped }) => dropped))],
      }
    })
}
