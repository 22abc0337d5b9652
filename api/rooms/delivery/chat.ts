import type { FlowEntry, FlowMeta } from '../../chat/entry.ts'
import type { Flow, FlowData } from '../../chat/flow.ts'
import { type Message, say, text } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { type SubscribeData, subscribeFlow, topicText } from './flow.ts'
import { exampleText } from './messages.ts'
import type { Topic } from './schema.ts'
import { subscribe } from './service/subscriptions.ts'

async function finishSubscribe(
  ctx: Ctx,
  raw: FlowData,
  meta: FlowMeta,
): Promise<readonly Message[]> {
  // What the engine hands back is what this flow put there; its version guards the shape.
  const { kind, place, consentVersion, minLevel } = raw as SubscribeData
  const more = [
    { id: 'subscriptions', label: ctx.t('doors:news.list') },
    { id: 'menu', label: ctx.t('menu:privacy.back') },
  ]
  if (consentVersion === null || kind === null || place === null)
    return [say(ctx.t('doors:subscribe.declined'), more)]
  const { unitCode, hamletId } = place
  const topic: Topic = {
    kind,
    ...(unitCode === undefined ? {} : { unitCode }),
    ...(hamletId === undefined ? {} : { hamletId }),
    ...(minLevel === undefined ? {} : { minLevel }),
  }
  await subscribe(ctx, { residentId: meta.residentId, topic })
  const done = ctx.t('doors:subscribe.done', { topic: topicText(ctx.t, topic, place) })
  return [{ parts: [text(done), text(exampleText(ctx.t, kind))], choices: more }]
}

/** The conversation of this room: subscribe to a kind of message for a place. */
export const deliveryFlows: readonly FlowEntry<Ctx>[] = [
  {
    flow: subscribeFlow as Flow,
    intents: ['subscribe'],
    purpose: 'notify',
    finish: finishSubscribe,
  },
]
