import { createRoute, json, jsonBody, newRouter, problems, z } from '../../../http/kit.ts'
import { ViewPerson } from '../../identity/index.ts'
import { ReporterView, viewReporter } from './reporter.ts'
import { AuditPage, AuditQuery, SealView } from './schema.ts'
import { checkSeals, exportAudit, searchAudit } from './service.ts'

const tags = ['console']
const denied = ['http.unauthenticated', 'http.forbidden'] as const

const search = createRoute({
  method: 'get',
  path: '/console/audit',
  operationId: 'searchAudit',
  summary: 'Who did what, newest first; ids, field names and codes, never values',
  tags,
  request: { query: AuditQuery },
  responses: {
    200: json(AuditPage, 'Rows'),
    ...problems('http.invalid_input', ...denied),
  },
})

const csv = createRoute({
  method: 'get',
  path: '/console/audit.csv',
  operationId: 'exportAudit',
  summary: 'The same rows as a file, at most 50,000; taking it is audited',
  tags,
  request: { query: AuditQuery.omit({ limit: true, before: true }) },
  responses: {
    200: { description: 'The file', content: { 'text/csv': { schema: z.string() } } },
    ...problems('http.invalid_input', ...denied),
  },
})

const seals = createRoute({
  method: 'get',
  path: '/console/audit/seals',
  operationId: 'checkAuditSeals',
  summary: 'Recompute the seals over the rows; a broken one names the rows under it',
  tags,
  responses: { 200: json(SealView, 'What was checked'), ...problems(...denied) },
})

const reporter = createRoute({
  method: 'post',
  path: '/console/incidents/{id}/reporter',
  operationId: 'viewReporter',
  summary: 'Who reported a case: with the capability and a reason, and audited',
  tags,
  request: { params: z.object({ id: z.string().max(40) }), body: jsonBody(ViewPerson) },
  responses: {
    200: json(ReporterView, 'Who it was'),
    ...problems('http.invalid_input', ...denied, 'incidents.not_found'),
  },
})

export const auditRoutes = () =>
  newRouter()
    .openapi(search, async (c) => c.json(await searchAudit(c.var.ctx, c.req.valid('query')), 200))
    .openapi(csv, async (c) =>
      c.body(await exportAudit(c.var.ctx, c.req.valid('query')), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="loa-audit.csv"',
      }),
    )
    .openapi(seals, async (c) => c.json(await checkSeals(c.var.ctx), 200))
    .openapi(reporter, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await viewReporter(c.var.ctx, { ...c.req.valid('json'), id }), 200)
    })
