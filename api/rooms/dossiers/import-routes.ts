import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import {
  ImportReport,
  type LineIssue,
  Preview,
  PushDossiers,
  TriedMapping,
} from './import-schema.ts'
import { issueText } from './messages/words.ts'
import { type Line, readCsv } from './policy/import/csv.ts'
import { decodeText } from './policy/import/decode.ts'
import { tableEntries } from './policy/import/records.ts'
import { readXlsx } from './policy/import/xlsx.ts'
import { ProcedureImport } from './procedure-schema.ts'
import { importDossiers } from './service/import.ts'
import { importProcedures } from './service/import-procedures.ts'
import { previewFile } from './service/preview.ts'
import { pushDossiers } from './service/push.ts'

const tags = ['dossiers']
/** Packed; a file of text of the same rows may be ten times as large. */
const MAX_WORKBOOK_BYTES = 50_000_000
const RIGHTS = ['http.unauthenticated', 'http.forbidden'] as const
const Source = z.object({ source: z.string().max(40) })
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const binary = { schema: z.string().meta({ format: 'binary' }) }
const fileBody = { required: true, content: { 'text/csv': binary, [XLSX]: binary } }

const worded = (ctx: Ctx, issues: readonly LineIssue[]): LineIssue[] =>
  issues.map((one) => ({ ...one, text: issueText(ctx.t, one.reason) }))

/** Worded for the reader, and an error when nothing was taken. */
function answer(ctx: Ctx, report: ImportReport): ImportReport {
  const issues = worded(ctx, report.issues)
  if (report.outcome === 'done') return { ...report, issues }
  const count = issues.length + report.moreIssues
  throw new AppError('dossiers.import_refused', {
    params: { count },
    detail: { ...report, issues },
  })
}

/** A workbook is read from its end, so it is held whole, but not before whoever sent it may send one. */
async function* workbookLines(request: Request): AsyncGenerator<readonly Line[]> {
  const file = await request.blob()
  if (file.size > MAX_WORKBOOK_BYTES) throw new AppError('http.too_large')
  yield* readXlsx(file)
}

/** A table of text goes by piece by piece. */
const linesOf = (request: Request): AsyncIterable<readonly Line[]> =>
  request.headers.get('content-type')?.startsWith(XLSX) === true
    ? workbookLines(request)
    : readCsv(decodeText(request.body ?? new Blob([]).stream()))

const sync = createRoute({
  method: 'post',
  path: '/dossiers/sync',
  operationId: 'syncDossiers',
  summary: 'A back office sends up to 1,000 dossiers, with the key of its source in X-Api-Key',
  tags,
  request: {
    headers: z.object({ 'x-api-key': z.string().max(200) }),
    body: jsonBody(PushDossiers),
  },
  responses: {
    200: json(ImportReport, 'All were taken; the same again changes nothing'),
    ...problems(
      'http.unauthenticated',
      'http.invalid_input',
      'http.rate_limited',
      'dossiers.import_refused',
    ),
  },
})

const upload = createRoute({
  method: 'post',
  path: '/dossiers/imports/{source}',
  operationId: 'importDossiers',
  summary: 'An export as CSV or XLSX, all or nothing, with a report of each bad line',
  tags,
  request: { params: Source, body: fileBody },
  responses: {
    200: json(ImportReport, 'All rows were taken'),
    ...problems(...RIGHTS, 'http.too_large', 'dossiers.source_unknown', 'dossiers.import_refused'),
  },
})

const preview = createRoute({
  method: 'post',
  path: '/dossiers/imports/{source}/preview',
  operationId: 'previewDossiers',
  summary: 'The first rows of an export, CSV or XLSX, as they would be read; nothing is kept',
  tags,
  request: {
    params: Source,
    headers: z.object({
      'x-mapping': TriedMapping.optional().describe(
        'Field to name of column as percent-encoded JSON, instead of the one kept or guessed',
      ),
    }),
    body: fileBody,
  },
  responses: {
    200: json(Preview, 'Columns, mapping, masked rows, faults'),
    ...problems(...RIGHTS, 'http.invalid_input', 'http.too_large'),
  },
})

const procedureFile = {
  required: true,
  content: {
    'text/csv': { schema: z.string().meta({ format: 'binary' }) },
    'application/json': { schema: z.unknown() },
  },
}

const procedures = createRoute({
  method: 'post',
  path: '/procedures/imports',
  operationId: 'importProcedures',
  summary: 'Procedures with source and date, as CSV or JSON; all or none',
  tags,
  request: { body: procedureFile },
  responses: {
    200: json(ProcedureImport, 'What was read; `refused` kept nothing'),
    ...problems(...RIGHTS, 'http.too_large'),
  },
})

const SYNCS_A_MINUTE = 120

/** What brings rows in: files of officials, and back offices with a key. */
export function dossierImportRoutes() {
  return newRouter()
    .openapi(sync, async (c) => {
      const { ctx, remote } = c.var
      const taken = await ctx.ports.limits.take(`dossiers.sync:${remote}`, SYNCS_A_MINUTE, 60)
      if (!taken.ok) {
        const { retryAfterSeconds } = taken
        throw new AppError('http.rate_limited', { retryAfterSeconds })
      }
      const key = c.req.valid('header')['x-api-key']
      return c.json(answer(ctx, await pushDossiers(ctx, { key, body: c.req.valid('json') })), 200)
    })
    .openapi(upload, async (c) => {
      const { ctx } = c.var
      const { source } = c.req.valid('param')
      const lines = linesOf(c.req.raw)
      const report = await importDossiers(ctx, {
        source,
        kind: 'file',
        entries: (mapping) => tableEntries(lines, mapping),
      })
      return c.json(answer(ctx, report), 200)
    })
    .openapi(preview, async (c) => {
      const { ctx } = c.var
      const mapping = c.req.valid('header')['x-mapping']
      const read = await previewFile(ctx, linesOf(c.req.raw), {
        ...c.req.valid('param'),
        ...(mapping === undefined ? {} : { mapping }),
      })
      return c.json({ ...read, issues: worded(ctx, read.issues) }, 200)
    })
    .openapi(procedures, async (c) => {
      const { ctx } = c.var
      const isJson = /json/.test(c.req.header('content-type') ?? '')
      const bytes = c.req.raw.body ?? new Blob([]).stream()
      const report = await importProcedures(ctx, { kind: isJson ? 'json' : 'csv', bytes })
      return c.json({ ...report, issues: worded(ctx, report.issues) }, 200)
    })
}
