import { z } from 'zod'

/** Shapes of dossiers as residents see and follow them, safe in the browser. Times: ISO with `Z`; money: whole đồng. */
const Code = z.string().max(200).meta({ example: '000.00.09.H57-230215-0012' })
/** National number of a state. */
export const State = z.number().int().min(1).max(10)

export const LookUp = z.object({
  code: Code.describe('A code as people type it, or what the QR of the receipt says'),
  digits: z
    .string()
    .max(20)
    .optional()
    .describe('Last four digits of the registered phone or identity number: opens the details'),
})
export type LookUp = z.infer<typeof LookUp>

export const TimeLeftShape = z.object({
  kind: z.enum(['left', 'today', 'late']),
  workingDays: z.number().int().optional(),
})

/** Details that need the second factor. */
const Details = z.object({
  applicantMasked: z.string().meta({ example: 'N*** V** A' }),
  missingPapers: z.array(z.string()),
  fee: z
    .object({ amountVnd: z.number().int(), isPaid: z.boolean().nullable(), payUrl: z.string() })
    .optional()
    .describe('Shown only: it is paid on the national portal'),
  lateReason: z.string().optional(),
  resultPlace: z.string().optional(),
})

export const DossierView = z
  .object({
    code: z.string(),
    state: State,
    stateName: z.string(),
    plain: z.string().describe('What the state means, in the language of the request'),
    waitsFor: z.enum(['desk', 'office', 'applicant', 'nobody', 'fetch']),
    waitsText: z.string(),
    agencyName: z.string(),
    procedureName: z.string(),
    procedureCode: z.string().optional(),
    receivedAt: z.string().optional(),
    dueAt: z.string().optional(),
    newDueAt: z.string().optional().describe('The new appointment of the apology'),
    timeLeft: TimeLeftShape.optional().describe('In the calendar that it was accepted under'),
    timeText: z.string().optional(),
    apology: z.string().optional(),
    asOf: z.string(),
    updatedText: z.string().meta({ example: 'Dữ liệu cập nhật lúc 08:30 27/11/2026' }),
    portalUrl: z.string(),
    calendarUrl: z.string().optional().describe('The appointed day as an iCalendar file'),
    steps: z.array(z.object({ state: State, stateName: z.string(), at: z.string() })),
    details: Details.optional(),
  })
  .meta({ id: 'Dossier' })
export type DossierView = z.infer<typeof DossierView>

export const LookUpAnswer = z
  .discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('found'), dossier: DossierView }),
    z.object({ outcome: z.literal('did_you_mean'), code: z.string() }),
    z.object({
      outcome: z.literal('elsewhere'),
      issuer: z.enum(['province', 'ministry', 'other']),
      text: z.string(),
      portalUrl: z.string(),
    }),
  ])
  .meta({ id: 'DossierLookUp' })
export type LookUpAnswer = z.infer<typeof LookUpAnswer>

export const FollowedView = z
  .object({
    dossier: DossierView,
    since: z.string(),
    isDelegated: z.boolean().describe('Let in by somebody else'),
    mayDelegate: z.boolean(),
    relatives: z
      .array(z.object({ id: z.string(), since: z.string() }))
      .describe('Whom this person let in'),
    openCodeUntil: z.string().nullable().describe('Until when a code can be taken that is out'),
  })
  .meta({ id: 'FollowedDossier' })
export type FollowedView = z.infer<typeof FollowedView>

export const FollowInput = LookUp.extend({
  consentVersion: z.number().int().positive().optional(),
})
export const AcceptDelegation = z.object({
  delegation: z.string().max(20),
  consentVersion: z.number().int().positive().optional(),
})

export const EndDelegation = z.object({
  code: Code,
  which: z
    .union([z.enum(['all', 'codes']), z.uuid()])
    .describe('One relative by id, the codes that nobody took, or everybody and these'),
})
export type EndDelegation = z.infer<typeof EndDelegation>
