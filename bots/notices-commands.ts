import { say } from '../api/chat/message.ts'
import { placeLabel } from '../api/rooms/areas/index.ts'
import { answerNotices } from '../api/rooms/notices/index.ts'
import { numbersOf } from './emergency.ts'
import type { Knowledge } from './knowledge.ts'
import type { Command } from './registry.ts'

/** "Có thông báo gì không": the newest that hold here, and how to get them by oneself. */
export const noticesCommands = (knowledge: Knowledge): readonly Command[] => [
  {
    intents: ['notices'],
    run: async (ctx) => {
      const found = await answerNotices(ctx)
      const { hotline } = numbersOf(await knowledge.hotlines(ctx))
      const place = placeLabel(ctx.settings.homeUnitCode)
      const messages = found.length > 0 ? found : [say(ctx.t('notices:none', { place, hotline }))]
      const choices = [
        { id: 'subscribe', label: ctx.t('delivery:stop.undo') },
        { id: 'menu', label: ctx.t('menu:privacy.back') },
      ]
      return messages.map((m, i) => (i === messages.length - 1 ? { ...m, choices } : m))
    },
  },
]
