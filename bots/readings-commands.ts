import type { Message } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import { answerAlerts } from '../api/rooms/alerts/index.ts'
import { answerAirQuality, answerWaterLevel } from '../api/rooms/readings/index.ts'
import type { Command, CommandChat } from './registry.ts'

/** Kinds of warnings that go with a question. */
const WATER = ['flood', 'reservoir', 'storm', 'landslide']
const AIR = ['air']

/** Under the last message: what people ask next. */
function withNext(ctx: Ctx, messages: readonly Message[], intents: readonly string[]): Message[] {
  const labels = {
    water_level: ctx.t('menu:item.water_level'),
    air_quality: ctx.t('menu:item.air_quality'),
    report_incident: ctx.t('menu:item.report_incident'),
    menu: ctx.t('menu:privacy.back'),
  } as const
  const choices = intents.map((id) => ({ id, label: labels[id as keyof typeof labels] }))
  return messages.map((m, i) => (i === messages.length - 1 ? { ...m, choices } : m))
}

/** Questions about rivers and air, answered from stations. */
export const readingsCommands: readonly Command[] = [
  {
    intents: ['water_level'],
    run: async (ctx: Ctx, { words }: CommandChat) =>
      withNext(
        ctx,
        [...(await answerAlerts(ctx, WATER)), ...(await answerWaterLevel(ctx, words))],
        ['air_quality', 'report_incident', 'menu'],
      ),
  },
  {
    intents: ['air_quality'],
    run: async (ctx: Ctx) =>
      withNext(
        ctx,
        [...(await answerAlerts(ctx, AIR)), ...(await answerAirQuality(ctx))],
        ['water_level', 'report_incident', 'menu'],
      ),
  },
]
