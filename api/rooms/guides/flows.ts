import type { FlowEntry } from '../../chat/entry.ts'
import type { Ctx } from '../../context.ts'
import { helpEntry } from './help/chat.ts'
import { quizEntry } from './learn/chat.ts'
import { scamEntry } from './scam/chat.ts'

/** The conversations of this room; lessons need none. */
export const guideFlows: readonly FlowEntry<Ctx>[] = [scamEntry, helpEntry, quizEntry]
