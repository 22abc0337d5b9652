import { z } from 'zod'
import { FIELDS } from './policy/import/fields.ts'
import { State } from './schema.ts'

/** Shapes of sources and of what comes from them, safe in the browser. Times are ISO instants with `Z`. */
const SourceName = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/)
const MappingShape = z.partialRecord(z.enum(FIELDS), z.string().trim().min(1).max(200))
/** A mapping that is tried before it is kept; it stands in a header, where only ASCII goes. */
export const TriedMapping = z
  .string()
  .max(12_000)
  .transform((text, ctx): unknown => {
    try {
      return JSON.parse(decodeURIComponent(text))
    } catch {
      ctx.addIssue({ code: 'custom' })
      return z.NEVER
    }
  })
  .pipe(MappingShape)

export const SaveSource = z.object({
  name: SourceName.meta({ example: 'mot-cua' }),
  unitCode: z.string().max(10).nullish(),
  agencyName: z.string().trim().min(1).max(200),
  mapping: MappingShape.refine(
    (m) => m.code !== undefined && m.state !== undefined && m.procedureName !== undefined,
  ),
})
export type SaveSource = z.input<typeof SaveSource>

export const SourceView = z
  .object({
    name: z.string(),
    unitCode: z.string().nullable(),
    agencyName: z.string(),
    mapping: MappingShape,
  })
  .meta({ id: 'DossierSource' })
export type SourceView = z.infer<typeof SourceView>

export const SavePull = z.object({
  url: z
    .url({ protocol: /^https$/ })
    .max(500)
    .refine((url) => URL.canParse(url) && new URL(url).username + new URL(url).password === '')
    .describe(
      'Answers GET with `{dossiers: [{…}], next?, asOf?}`; asked with `limit`, `since`, `cursor` (the `next` of the page before)',
    ),
  key: z
    .string()
    .regex(/^[\x21-\x7e]{8,500}$/)
    .optional()
    .describe('Sent as a bearer token; left out: none'),
})
export type SavePull = z.output<typeof SavePull>

const time = z.string().nullable()
export const SourceStanding = SourceView.extend({
  lastTakenAt: time.describe('When rows of it were last taken, by file, push or pull'),
  pull: z
    .object({
      url: z.string(),
      hasKey: z.boolean(),
      checkedAt: time,
      okAt: time,
      nextAt: z.string(),
      problem: z.string().nullable().describe('Code of what went wrong the last time'),
      problemText: z.string().nullable(),
    })
    .nullable(),
  dossiers: z.number().int().describe('In the mirror, as this source brought them last'),
  asideCount: z.number().int(),
  aside: z
    .array(
      z.object({
        code: z.string().nullable().describe('Null when that cannot be read either'),
        firstAt: z.string(),
        lastAt: z.string(),
        issues: z.array(z.object({ column: z.string(), reason: z.string(), text: z.string() })),
      }),
    )
    .describe('The newest rows that it sends and that cannot be read'),
}).meta({ id: 'DossierSourceStanding' })
export type SourceStanding = z.output<typeof SourceStanding>

export const LineIssue = z.object({
  line: z.number().int(),
  column: z.string(),
  reason: z.string().meta({ example: 'date_bad' }),
  text: z.string().optional().describe('The reason in the language of the request'),
})
export type LineIssue = z.infer<typeof LineIssue>

export const ImportReport = z
  .object({
    source: z.string(),
    outcome: z.enum(['done', 'refused']),
    readRows: z.number().int(),
    added: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    aside: z
      .number()
      .int()
      .describe('Bad rows of a pulled page, kept aside while the rest went in'),
    issues: z.array(LineIssue),
    moreIssues: z.number().int().describe('Bad cells beyond those listed'),
  })
  .meta({ id: 'DossierImport' })
export type ImportReport = z.infer<typeof ImportReport>

export const Preview = z
  .object({
    columns: z.array(z.string()),
    mapping: MappingShape,
    unused: z.array(z.string()).describe('Columns that nothing is read from'),
    sample: z.array(
      z.object({
        line: z.number().int(),
        code: z.string(),
        procedureName: z.string(),
        state: State,
        stateName: z.string(),
        receivedAt: z.string().optional(),
        dueAt: z.string().optional(),
        applicantMasked: z.string(),
      }),
    ),
    issues: z.array(LineIssue),
  })
  .meta({ id: 'DossierPreview' })
export type Preview = z.infer<typeof Preview>

const MAX_PUSH = 1_000
export const PushDossiers = z.object({
  asOf: z.iso.datetime({ offset: true }).optional(),
  /** Values as an export writes them: dates, states and amounts are read the same way. */
  dossiers: z.array(z.partialRecord(z.enum(FIELDS), z.string().max(5_000))).max(MAX_PUSH),
})
export type PushDossiers = z.input<typeof PushDossiers>

export const KeyList = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      createdAt: z.string(),
      lastUsedAt: z.string().nullable(),
      revokedAt: z.string().nullable(),
    }),
  ),
})
