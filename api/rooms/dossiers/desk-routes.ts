import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { issueText } from './messages/words.ts'
import { type Line, readCsv } from './policy/import/csv.ts'
import { decodeText } from './policy/import/decode.ts'
import { tableEntries } from './policy/import/records.ts'
import { readXlsx } from './policy/import/xlsx.ts'
import {
  ImportReport,
  KeyList,
  Preview,
  ProcedureImport,
  PushDossiers,
  SavePull,
  SaveSource,
  SourceStanding,
  SourceView,
} from './schema.ts'
import { importDossiers } from './service/import.ts'
import { importProcedures } from './service/import-procedures.ts'
import { endPull, setPull } from './service/pull.ts'
import { pushDossiers } from './service/push.ts'
import {
  createKey,
  endKey,
  listDossierSources,
  listSyncKeys,
  previewFile,
  saveSource,
} from './service/sources.ts'

const tags = ['dossiers']
/** Packed; a file of text of the same rows may be ten times as large. */
const MAX_WORKBOOK_BYTES = 50_000_000
const RIGHTS = ['http.unauthenticated', 'http.forbidden'] as const
const Source = z.object({ source: z.string().max(40) })
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const binary = { schema: z.string().meta({ format: 'binary' }) }
const fileBody = { required: true, content: { 'text/csv': binary, [XLSX]: binary } }

/** Worded for the reader, and an error when nothing was taken. */
function answer(ctx: Ctx, report: ImportReport): ImportReport {
  const issues = report.issues.map((one) => ({ ...one, text: issueText(ctx.t, one.reason) }))
  const worded = { ...report, issues }
  if (report.outcome === 'done') return worded
  const count = issues.length + report.moreIssues
  throw new AppError('dossiers.import_refused', { params: { count }, detail: worded })
}

/** A workbook is read from its end, so it is held whole; a table of text goes by piece by piece. */
async function linesOf(request: Request): Promise<AsyncIterable<readonly Line[]>> {
  const isWorkbook = request.headers.get('content-type')?.startsWith(XLSX) === true
  if (!isWorkbook) return readCsv(decodeText(request.body ?? new Blob([]).stream()))
  const file = await request.blob()
  if (file.size > MAX_WORKBOOK_BYTES) throw new AppError('http.too_large')
  return readXlsx(file)
}

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
  request: { params: Source, body: fileBody },
  responses: {
    200: json(Preview, 'Columns, mapping, masked rows, faults'),
    ...problems(...RIGHTS, 'http.too_large'),
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

const sources = createRoute({
  method: 'get',
  path: '/dossiers/sources',
  operationId: 'listDossierSources',
  summary: 'Where dossiers come from, and how columns are read',
  tags,
  responses: {
    200: json(z.object({ sources: z.array(SourceStanding) }), 'The sources'),
    ...problems(...RIGHTS),
  },
})

const save = createRoute({
  method: 'put',
  path: '/dossiers/sources',
  operationId: 'saveDossierSource',
  summary: 'Make a source, or change how its columns are read',
  tags,
  request: { body: jsonBody(SaveSource) },
  responses: {
    200: json(SourceView, 'The source'),
    ...problems(...RIGHTS, 'http.invalid_input'),
  },
})

const pull = createRoute({
  method: 'put',
  path: '/dossiers/sources/{source}/pull',
  operationId: 'setDossierPull',
  summary: 'Ask the back office of a source for what changed, every ten minutes',
  tags,
  request: { params: Source, body: jsonBody(SavePull) },
  responses: {
    204: { description: 'It is asked within a minute' },
    ...problems(...RIGHTS, 'http.invalid_input', 'dossiers.source_unknown'),
  },
})

const noPull = createRoute({
  method: 'delete',
  path: '/dossiers/sources/{source}/pull',
  operationId: 'endDossierPull',
  summary: 'Ask it no more; what it brought stays',
  tags,
  request: { params: Source },
  responses: { 204: { description: 'Ended' }, ...problems(...RIGHTS, 'http.not_found') },
})

const newKey = createRoute({
  method: 'post',
  path: '/dossiers/sources/{source}/keys',
  operationId: 'createDossierKey',
  summary: 'A key for pushing dossiers, shown this once',
  tags,
  request: { params: Source },
  responses: {
    201: json(z.object({ id: z.string(), key: z.string() }), 'The key'),
    ...problems(...RIGHTS, 'dossiers.source_unknown'),
  },
})

const keys = createRoute({
  method: 'get',
  path: '/dossiers/keys',
  operationId: 'listDossierKeys',
  summary: 'Keys with their source and last use',
  tags,
  responses: { 200: json(KeyList, 'The keys'), ...problems(...RIGHTS) },
})

const revoke = createRoute({
  method: 'delete',
  path: '/dossiers/keys/{id}',
  operationId: 'revokeDossierKey',
  summary: 'End a key at once',
  tags,
  request: { params: z.object({ id: z.uuid() }) },
  responses: {
    204: { description: 'Ended' },
    ...problems(...RIGHTS, 'http.invalid_input', 'http.not_found'),
  },
})

const SYNCS_A_MINUTE = 120

/** Sources of the mirror: back offices with a key, and whoever manages the installation. */
export function dossierDeskRoutes() {
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
      const lines = await linesOf(c.req.raw)
      const report = await importDossiers(ctx, {
        source,
        kind: 'file',
        entries: (mapping) => tableEntries(lines, mapping),
      })
      return c.json(answer(ctx, report), 200)
    })
    .openapi(preview, async (c) => {
      const { ctx } = c.var
      const read = await previewFile(ctx, await linesOf(c.req.raw), c.req.valid('param'))
      const issues = read.issues.map((one) => ({ ...one, text: issueText(ctx.t, one.reason) }))
      return c.json({ ...read, issues }, 200)
    })
    .openapi(procedures, async (c) => {
      const { ctx } = c.var
      const isJson = /json/.test(c.req.header('content-type') ?? '')
      const bytes = c.req.raw.body ?? new Blob([]).stream()
      const report = await importProcedures(ctx, { kind: isJson ? 'json' : 'csv', bytes })
      const issues = report.issues.map((one) => ({ ...one, text: issueText(ctx.t, one.reason) }))
      return c.json({ ...report, issues }, 200)
    })
    .openapi(sources, async (c) => {
      return c.json({ sources: await listDossierSources(c.var.ctx) }, 200)
    })
    .openapi(save, async (c) => {
      return c.json(await saveSource(c.var.ctx, c.req.valid('json')), 200)
    })
    .openapi(pull, async (c) => {
      await setPull(c.var.ctx, { ...c.req.valid('json'), ...c.req.valid('param') })
      return c.body(null, 204)
    })
    .openapi(noPull, async (c) => {
      await endPull(c.var.ctx, c.req.valid('param').source)
      return c.body(null, 204)
    })
    .openapi(newKey, async (c) => {
      return c.json(await createKey(c.var.ctx, c.req.valid('param')), 201)
    })
    .openapi(keys, async (c) => {
      return c.json({ keys: await listSyncKeys(c.var.ctx) }, 200)
    })
    .openapi(revoke, async (c) => {
      await endKey(c.var.ctx, c.req.valid('param').id)
      return c.body(null, 204)
    })
}
