import { z } from 'zod'
import { FIELDS } from './policy/import/fields.ts'
import { LIFE_EVENTS } from './policy/life-events.ts'

/** Shapes of dossiers, safe in the browser. Times are ISO instants with `Z`; money is whole đồng. */
const Code = z.string().max(200).meta({ example: '000.00.09.H57-230215-0012' })
const State = z.number().int().min(1).max(10)

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

export const ProcedureImport = z
  .object({
    outcome: z.enum(['done', 'refused']),
    readRows: z.number().int(),
    saved: z.number().int(),
    issues: z.array(LineIssue),
  })
  .meta({ id: 'ProcedureImport' })
export type ProcedureImport = z.infer<typeof ProcedureImport>

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

export const DESK_GROUPS = ['all', 'unit', 'agency', 'field', 'state', 'age'] as const
export type DeskGroup = (typeof DESK_GROUPS)[number]
export const DESK_LISTS = [
  'open',
  'due_today',
  'late',
  'still',
  'on_time',
  'overdue',
  'unknown',
] as const

const Period = {
  from: z.iso.date().optional().describe('First day of the index; left out: 30 days ago'),
  to: z.iso.date().optional().describe('Last day of the index; left out: today'),
}
export const BoardQuery = z.object({ by: z.enum(DESK_GROUPS).default('agency'), ...Period })
export type BoardQuery = z.output<typeof BoardQuery>

export const DeskFilter = z.object({
  list: z.enum(DESK_LISTS).default('late'),
  by: z.enum(DESK_GROUPS).optional(),
  key: z.string().max(500).optional(),
  ...Period,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type DeskFilter = z.output<typeof DeskFilter>

const Figures = z.object({
  key: z.string(),
  label: z.string(),
  open: z.number().int(),
  dueToday: z.number().int(),
  late: z.number().int(),
  still: z.number().int().describe('Open without a new step for seven days'),
  onTime: z.number().int(),
  overdue: z.number().int(),
  unknown: z.number().int().describe('Ended without an appointed day'),
  onTimePercent: z.number().nullable().describe('By the national rule; null when nothing ended'),
})

export const Board = z
  .object({ from: z.string(), to: z.string(), total: Figures, groups: z.array(Figures) })
  .meta({ id: 'DossierBoard' })
export type Board = z.infer<typeof Board>

export const DeskItem = z
  .object({
    id: z.string(),
    code: z.string(),
    agencyName: z.string(),
    procedureName: z.string(),
    field: z.string().optional(),
    state: State,
    stateName: z.string(),
    stateAt: z.string(),
    receivedAt: z.string().optional(),
    dueAt: z.string().optional(),
    newDueAt: z.string().optional(),
    endedAt: z.string().optional(),
    applicantMasked: z.string(),
    timeLeft: TimeLeftShape.optional(),
  })
  .meta({ id: 'DeskDossier' })
export type DeskItem = z.infer<typeof DeskItem>

export const DeskPage = z.object({ items: z.array(DeskItem), nextCursor: z.string().optional() })
export type DeskPage = z.infer<typeof DeskPage>

export const DraftApology = z.object({
  id: z.uuid(),
  reason: z.string().trim().min(1).max(500),
  newDue: z.iso.date(),
})
export type DraftApology = z.infer<typeof DraftApology>
