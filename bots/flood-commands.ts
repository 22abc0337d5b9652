import { answerDepth, answerFloodPoints } from '../api/rooms/floods/index.ts'
import type { Command } from './registry.ts'

/** Places under water, and one press to say how deep it is there. */
export const floodCommands: readonly Command[] = [
  { intents: ['flood_points'], run: (ctx, { words }) => answerFloodPoints(ctx, words) },
  {
    intents: ['depth'],
    run: (ctx, { words, payload, ...chat }) =>
      payload === undefined ? answerFloodPoints(ctx, words) : answerDepth(ctx, chat, payload),
  },
]
