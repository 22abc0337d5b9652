import { z } from 'zod'

export const SCAM_TEXT_MAX = 4_000
const KINDS = ['domain', 'phone', 'account', 'pattern'] as const
export const SCAM_STATES = ['reported', 'known_scam', 'official', 'dropped'] as const
const Verdict = z.enum(['known_scam', 'suspicious', 'unknown', 'official'])

export const ScamText = z.object({
  text: z
    .string()
    .trim()
    .min(1)
    .max(SCAM_TEXT_MAX)
    .describe('An address, a number, an account, a whole message, or what a QR code holds'),
})

export type ScamText = z.output<typeof ScamText>

export const ScamAnswer = z
  .object({
    verdict: Verdict.describe('The worst of all parts; `unknown` says nothing good'),
    headline: z.string(),
    reasons: z.array(z.string()).describe('One sentence for each part and for each known fraud'),
    advice: z.array(z.string()),
    calls: z.array(z.object({ name: z.string(), phone: z.string() })),
    items: z.array(
      z.object({
        kind: z.enum(KINDS),
        subject: z.string(),
        verdict: Verdict,
        reason: z.string().nullable(),
      }),
    ),
    patterns: z.array(z.string()),
    canReport: z.boolean(),
  })
  .meta({ id: 'ScamAnswer' })
export type ScamAnswer = z.output<typeof ScamAnswer>

export const ScamReported = z.object({ text: z.string() }).meta({ id: 'ScamReported' })

/** `notice` asks for a notice to residents. */
const SCAM_MOVES = ['known_scam', 'official', 'dropped', 'notice'] as const
export type ScamMove = (typeof SCAM_MOVES)[number]
export const ScamMoveInput = z.object({ move: z.enum(SCAM_MOVES), version: z.number().int() })

export const ScamListing = z.object({
  subject: z
    .string()
    .trim()
    .min(3)
    .max(300)
    .describe('An address, a telephone number, or `STK` and an account'),
  state: z.enum(['known_scam', 'official']),
})
export type ScamListing = z.output<typeof ScamListing>

const FILE_MAX = 300_000

/** A list that somebody else keeps, with its owner and its day. */
export const ScamFile = z.object({
  csv: z
    .string()
    .min(1)
    .max(FILE_MAX)
    .describe('One address, number, or `STK` and account a line, in the first column'),
  source: z.string().trim().min(2).max(120),
  sourceOn: z.iso.date(),
})
export type ScamFile = z.output<typeof ScamFile>

export const ScamImport = z
  .object({
    taken: z.number().int(),
    kept: z.number().int().describe('Known already, or decided otherwise by officials here'),
    faults: z
      .array(z.object({ line: z.number().int(), reason: z.enum(['unreadable', 'official']) }))
      .describe('With any, nothing was taken'),
  })
  .meta({ id: 'ScamImport' })
export type ScamImport = z.output<typeof ScamImport>

export const ScamDesk = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(KINDS),
        subject: z.string(),
        name: z.string().describe('In words, for a reader'),
        state: z.enum(SCAM_STATES),
        times: z.number().int(),
        lastOn: z.string(),
        source: z.string().nullable().describe('Whose list it came with'),
        sourceOn: z.string().nullable(),
        version: z.number().int(),
        moves: z.array(z.enum(SCAM_MOVES)),
        draft: z
          .object({ vi: z.string(), en: z.string() })
          .nullable()
          .describe('Text of the notice that was asked for'),
      }),
    ),
  })
  .meta({ id: 'ScamDesk' })
export type ScamDesk = z.output<typeof ScamDesk>
