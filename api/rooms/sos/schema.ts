import { z } from 'zod'

export const SOS_STATES = ['open', 'claimed', 'reached', 'safe', 'withdrawn', 'closed'] as const
export type SosState = (typeof SOS_STATES)[number]

/** People who are helped first; as understanding names them. */
export const VULNERABLE = ['elderly', 'child', 'pregnant', 'sick', 'disabled'] as const
export type Vulnerable = (typeof VULNERABLE)[number]

export const MAX_PEOPLE = 500
export const MAX_WORDS = 1_000

/** What a page's sender keeps: 32 random bytes as hex, made there, so that a call that is sent twice is one. */
const Secret = z.string().regex(/^[0-9a-f]{64}$/)

/** A call from the page; everything but the secret may be missing and may come later under the same one. */
export const CallInput = z
  .object({
    secret: Secret,
    at: z.object({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }),
    placeWords: z.string().trim().min(1).max(200),
    people: z.number().int().min(1).max(MAX_PEOPLE),
    vulnerable: z.array(z.enum(VULNERABLE)).max(VULNERABLE.length),
    phone: z.string().trim().min(8).max(20),
    words: z.string().trim().min(1).max(MAX_WORDS),
  })
  .partial()
  .required({ secret: true })
  .meta({ id: 'SosCallInput' })
export type CallInput = z.output<typeof CallInput>

export const CallRef = z.object({ secret: Secret })
export const EndCall = CallRef.extend({
  as: z.enum(['safe', 'withdrawn']).meta({ description: '`withdrawn`: it was a mistake' }),
})
export type EndCall = z.output<typeof EndCall>

/** What the sender sees of a call: who took it by office, never by name. */
export const CallView = z
  .object({
    state: z.enum(SOS_STATES),
    isTold: z.boolean().meta({ description: 'False: nobody on duty could be told yet' }),
    unit: z.string().meta({ example: 'xã Quảng Điền' }),
    place: z.string().nullable(),
    people: z.number().int().nullable(),
    vulnerable: z.array(z.enum(VULNERABLE)),
    createdAt: z.string(),
    claimedBy: z.string().nullable().meta({ example: 'Trực ban xã Quảng Điền' }),
    claimedAt: z.string().nullable(),
    reachedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    hotlines: z.array(z.object({ name: z.string(), phone: z.string() })),
  })
  .meta({ id: 'SosCall' })
export type CallView = z.output<typeof CallView>

export const MOVES = ['claim', 'release', 'reach', 'safe', 'close'] as const
export const CLOSE_REASONS = ['false_alarm', 'handed_over', 'duplicate', 'unreachable'] as const

export const MoveInput = z
  .object({
    move: z.enum(MOVES),
    reason: z.enum(CLOSE_REASONS).optional().meta({ description: 'Needed to close' }),
  })
  .refine(({ move, reason }) => move !== 'close' || reason !== undefined, { path: ['reason'] })
export type MoveInput = z.output<typeof MoveInput>

export const BoardCase = z
  .object({
    id: z.uuid(),
    state: z.enum(SOS_STATES),
    channel: z.string(),
    unitCode: z.string(),
    unit: z.string(),
    place: z.string().nullable(),
    placeWords: z.string().nullable(),
    lng: z.number().nullable(),
    lat: z.number().nullable(),
    people: z.number().int().nullable(),
    vulnerable: z.array(z.string()),
    depthCm: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Water where they are, about, as they said it' }),
    phone: z.string().nullable(),
    notes: z.array(
      z.object({
        at: z.string(),
        text: z.string(),
        mediaId: z.uuid().nullable().meta({ description: 'A photo; the text is empty then' }),
      }),
    ),
    water: z
      .object({ text: z.string(), stage: z.number().int(), distanceKm: z.number().nullable() })
      .nullable()
      .meta({ description: 'The nearest river gauge, with its own time' }),
    isTold: z.boolean(),
    round: z.number().int(),
    claimedBy: z.string().nullable(),
    isMine: z.boolean(),
    createdAt: z.string(),
    claimedAt: z.string().nullable(),
    reachedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    endReason: z.string().nullable(),
  })
  .meta({ id: 'SosBoardCase' })
export type BoardCase = z.output<typeof BoardCase>

export const Board = z.object({
  at: z.string(),
  onDuty: z.array(z.object({ name: z.string(), hasChat: z.boolean() })),
  cases: z.array(BoardCase),
})
export type Board = z.output<typeof Board>
