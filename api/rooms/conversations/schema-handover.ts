import { z } from 'zod'

export const MAX_ANSWER = 2_000

export const Waiting = z
  .object({
    id: z.uuid(),
    channel: z.string(),
    tail: z.string().meta({ description: 'The last signs of the chat’s address' }),
    state: z.enum(['waiting', 'held']),
    openedAt: z.string(),
    answerBy: z.string().meta({ description: 'When the bot comes back if nobody answers' }),
    takenBy: z.string().nullable(),
    isMine: z.boolean(),
  })
  .meta({ id: 'WaitingChat' })
export type Waiting = z.output<typeof Waiting>

export const Thread = z
  .object({
    id: z.uuid(),
    channel: z.string(),
    state: z.enum(['waiting', 'held']),
    mayViewPhones: z.boolean().meta({ description: 'With a reason, and recorded' }),
    lines: z.array(
      z.object({ at: z.string(), from: z.enum(['resident', 'bot', 'official']), text: z.string() }),
    ),
  })
  .meta({ id: 'ChatThread' })
export type Thread = z.output<typeof Thread>

export const ThreadPhones = z
  .object({ phones: z.array(z.string()).meta({ description: 'Those that the person gave' }) })
  .meta({ id: 'ChatThreadPhones' })
export type ThreadPhones = z.output<typeof ThreadPhones>

export const AnswerInput = z.object({ text: z.string().trim().min(1).max(MAX_ANSWER) })
export type AnswerInput = z.output<typeof AnswerInput>
