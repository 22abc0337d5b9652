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
import { incidentFlows } from '../rooms/incidents/index.ts'
import { sosFlows } from '../rooms/sos/index.ts'

/** All flows of all rooms behind one turn; the same on both hosts. */
export const createTurns = (): Deps['turn'] =>
  createTurn({
    entries: [...sosFlows, ...incidentFlows, ...deliveryFlows, ...dossierFlows],
    knowledge: areaKnowledge,
  })

export const createPreview = (translate: Deps['translators']): Deps['preview'] =>
  createRenderings(channelWords({ translate }, 'vi'))

/** Messages of one run; the loop comes back at once while there are more. */
const BATCH = 200

/** One run over the outbox; resolves to how many messages were settled. */
export const createDrain = (ctxOf: (name: string) => Ctx, senders: readonly Sender[]) => () =>
  drainOutbox(ctxOf('outbox'), [webSender, ...senders], { limit: BATCH })
