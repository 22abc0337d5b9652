import { z } from 'zod'
import { LineIssue } from './import-schema.ts'
import { LIFE_EVENTS } from './policy/life-events.ts'

/** Shapes of procedures: papers, time, fee, place; safe in the browser. */
export const ProcedureImport = z
  .object({
    outcome: z.enum(['done', 'refused']),
    readRows: z.number().int(),
    saved: z.number().int(),
    issues: z.array(LineIssue),
  })
  .meta({ id: 'ProcedureImport' })
export type ProcedureImport = z.infer<typeof ProcedureImport>

const text = z.string().trim().min(1).max(500)
export const SaveProcedure = z.object({
  code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{1,39}$/),
  nameVi: text,
  nameEn: text,
  fieldVi: text,
  papers: z.array(text).max(40),
  workingDays: z.number().int().min(0).max(400).nullish(),
  timeVi: text,
  feeVi: text,
  placeVi: text,
  isOnline: z.boolean(),
  forms: z.array(z.object({ name: text, url: z.url().max(500).optional() })).max(20),
  lifeEvents: z.array(z.enum(LIFE_EVENTS)).max(10),
  keywords: z.array(text).max(60),
  source: text,
  sourceDate: z.iso.date(),
  isIllustration: z.boolean(),
})
export type SaveProcedure = z.input<typeof SaveProcedure>
export const SaveProcedures = z.object({ procedures: z.array(SaveProcedure).min(1).max(2_000) })
export type SaveProcedures = z.input<typeof SaveProcedures>

export const ProcedureView = z
  .object({
    code: z.string(),
    name: z.string(),
    officialName: z.string().describe('In Vietnamese, as the national portal writes it'),
    field: z.string(),
    papers: z.array(z.string()),
    workingDays: z.number().int().nullable(),
    time: z.string(),
    fee: z.string(),
    place: z.string(),
    isOnline: z.boolean(),
    forms: z.array(z.object({ name: z.string(), url: z.string().optional() })),
    lifeEvents: z.array(z.string()),
    source: z.string(),
    sourceDate: z.string(),
    isIllustration: z.boolean(),
    sourceText: z.string(),
    portalUrl: z.string(),
  })
  .meta({ id: 'Procedure' })
export type ProcedureView = z.infer<typeof ProcedureView>
