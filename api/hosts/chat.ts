import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { channelWords, drainOutbox } from '../../bots/drain.ts'
import { createPreview as createRenderings } from '../../bots/preview.ts'
import { webSender } from '../../bots/web/sender.ts'
import type { Deps } from '../app.ts'
import type { Sender } from '../chat/sender.ts'
import type { Ctx } from '../context.ts'
import { deliveryFlows } from '../rooms/delivery/index.ts'
import { dossierFlows } from '../rooms/dossiers/index.ts'
import { guideFlows } from '../rooms/guides/index.ts'
import { incidentFlows } from '../rooms/incidents/index.ts'
import { sosFlows } from '../rooms/sos/index.ts'
import { type Loop, startLoop } from './loop.ts'

/** All flows of all rooms behind one turn; the same on both hosts. */
export const createTurns = (): Deps['turn'] =>
  createTurn({
    entries: [...sosFlows, ...incidentFlows, ...deliveryFlows, ...dossierFlows, ...guideFlows],
    knowledge: areaKnowledge,
  })

export const createPreview = (translate: Deps['translators']): Deps['preview'] =>
  createRenderings(channelWords({ translate }, 'vi'))

/** Messages of one run of a Worker, which may not last; the next cron run goes on. */
const WORKER_BATCH = 200
/** Messages of one run of a loop, which ends earlier when nothing is due or the server stops. */
const LOOP_BATCH = 10_000

/** One run over the outbox; resolves to how many messages were taken. */
export const createDrain = (ctxOf: (name: string) => Ctx, senders: readonly Sender[]) => () =>
  drainOutbox(ctxOf('outbox'), [webSender, ...senders], { limit: WORKER_BATCH })

/** A loop for each channel, so that one that is dead holds up no other. */
export function startSenders(
  ctxOf: (name: string) => Ctx,
  senders: readonly Sender[],
  options: Parameters<typeof startLoop>[2],
): Loop {
  const loops = [webSender, ...senders].map((sender) =>
    startLoop(
      `outbox ${sender.channel}`,
      (running) =>
        drainOutbox(ctxOf('outbox'), [sender], {
          ...running,
          limit: LOOP_BATCH,
          lookAgainMs: options.pollMs,
        }),
      options,
    ),
  )
  return {
    wake: () => loops.forEach((loop) => void loop.wake()),
    stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))),
  }
}
