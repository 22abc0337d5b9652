import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { channelWords, drainOutbox } from '../../bots/drain.ts'
import { createPreview as createRenderings } from '../../bots/preview.ts'
import { webSender } from '../../bots/web/sender.ts'
import type { Deps } from '../app.ts'
import type { Sender } from '../chat/sender.ts'
import type { Ctx } from '../context.ts'
import { incidentFlows } from '../rooms/incidents/index.ts'
import type { Config } from './config.ts'

/** Which channels speak here. Only the web does yet; the others are rendered for the simulator, never sent. */
export const channelStates = (config: Pick<Config, 'isDemo'>): ReturnType<Deps['channels']> => ({
  web: config.isDemo ? 'demo' : 'on',
  telegram: 'off',
  'zalo-oa': 'off',
  'zalo-bot': 'off',
})

/** All flows of all rooms behind one turn; the same on both hosts. */
export const createTurns = (): Deps['turn'] =>
  createTurn({ entries: incidentFlows, knowledge: areaKnowledge })

export const createPreview = (translate: Deps['translators']): Deps['preview'] =>
  createRenderings(channelWords({ translate }, 'vi'))

const SENDERS: readonly Sender[] = [webSender]
/** Messages of one run; the loop comes back at once while there are more. */
const BATCH = 200

/** One run over the outbox; resolves to how many messages were settled. */
export const createDrain = (ctxOf: (name: string) => Ctx) => () =>
  drainOutbox(ctxOf('outbox'), SENDERS, { limit: BATCH })
