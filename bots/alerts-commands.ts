import { say } from '../api/chat/message.ts'
import { answerAlerts } from '../api/rooms/alerts/index.ts'
import { placeLabel } from '../api/rooms/areas/index.ts'
import { answerWaterLevel } from '../api/rooms/readings/index.ts'
import { numbersOf } from './emergency.ts'
import type { Knowledge } from './knowledge.ts'
import type { Command } from './registry.ts'

const EVERY_KIND = ['flood', 'reservoir', 'storm', 'landslide', 'air', 'health']

/** "Có cảnh báo gì không", "có lụt không": warnings in force here, or that there are none, and how high the water is. */
export const alertsCommands = (knowledge: Knowledge): readonly Command[] => [
  {
    intents: ['active_alerts'],
    run: async (ctx, { words }) => {
      const found = await answerAlerts(ctx, EVERY_KIND)
      const call = numbersOf(await knowledge.hotlines(ctx))
      const place = placeLabel(ctx.settings.homeUnitCode)
      const warnings = found.length > 0 ? found : [say(ctx.t('alerts:none', { ...call, place }))]
      const messages = [...warnings, ...(await answerWaterLevel(ctx, words))]
      const choices = [
        { id: 'subscribe', label: ctx.t('delivery:stop.undo') },
        { id: 'report_incident', label: ctx.t('menu:item.report_incident') },
        { id: 'menu', label: ctx.t('menu:privacy.back') },
      ]
      return messages.map((m, i) => (i === messages.length - 1 ? { ...m, choices } : m))
    },
  },
]
