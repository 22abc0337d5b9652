import { z } from 'zod'
import { isLocalDate } from '../../../core/time.ts'

const day = z.string().refine(isLocalDate)

export const AuditQuery = z.object({
  from: day.optional(),
  to: day.optional(),
  action: z.string().trim().max(80).optional().describe('An action, or its beginning'),
  actor: z.string().trim().max(80).optional().describe('Login or id of an official'),
  subject: z.string().trim().max(80).optional().describe('Id, or public code of a case'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.coerce.number().int().positive().optional().describe('Number of the row to go on from'),
})
export type AuditQuery = z.infer<typeof AuditQuery>

/** Who did what to what; names of fields and codes, never what a person wrote. */
export const AuditRow = z
  .object({
    seq: z.number().int(),
    at: z.string(),
    actorKind: z.string(),
    actorId: z.string().nullable(),
    actorName: z.string().optional().describe('Officials only'),
    action: z.string(),
    subjectKind: z.string(),
    subjectId: z.string(),
    fields: z.array(z.string()),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    requestId: z.string(),
  })
  .meta({ id: 'AuditRow' })
export type AuditRow = z.infer<typeof AuditRow>

export const AuditPage = z.object({
  rows: z.array(AuditRow),
  nextBefore: z.number().int().optional(),
})
export type AuditPage = z.infer<typeof AuditPage>

export const SealView = z
  .object({
    sealed: z.number().int(),
    unsealed: z.number().int().describe('Younger than the last seal'),
    brokenSeals: z.array(
      z.object({ n: z.number().int(), fromSeq: z.number().int(), toSeq: z.number().int() }),
    ),
    checkedAt: z.string(),
  })
  .meta({ id: 'AuditSeals' })
export type SealView = z.infer<typeof SealView>
