import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { OfficialMove } from '../incidents/index.ts'
import { auditRoutes } from './audit/routes.ts'
import { besideRoutes } from './beside/routes.ts'
import { createCountKeeper } from './inbox/counts.ts'
import { inboxRoutes, type Live } from './inbox/routes.ts'
import { mapRoutes } from './map/routes.ts'
import { numbersRoutes } from './numbers/routes.ts'
import { fileRoutes } from './routes-files.ts'
import { CasePage, WorkList, WorkListQuery } from './schema.ts'
import { listWorkItems } from './service/list.ts'
import { getCase, moveCase } from './service/page.ts'
import { settingsRoutes } from './settings/routes.ts'

const tags = ['console']
const params = z.object({ id: z.string().max(40) })

const list = createRoute({
  method: 'get',
  path: '/console/incidents',
  operationId: 'listWork',
  summary: 'Work list by urgency and time left, as far as the own rights reach',
  tags,
  request: { query: WorkListQuery },
  responses: {
    200: json(WorkList, 'One page and the counts'),
    ...problems('http.invalid_input', 'http.unauthenticated', 'http.forbidden'),
  },
})

const get = createRoute({
  method: 'get',
  path: '/console/incidents/{id}',
  operationId: 'getCase',
  summary: 'One case with all that an official works with; never who reported',
  tags,
  request: { params },
  responses: {
    200: json(CasePage, 'The case'),
    ...problems('http.unauthenticated', 'http.forbidden', 'incidents.not_found'),
  },
})

const move = createRoute({
  method: 'post',
  path: '/console/incidents/{id}/moves',
  operationId: 'moveCase',
  summary: 'Make one step of a case; `version` is the one that the official has seen',
  tags,
  request: {
    params,
    body: jsonBody(z.object({ version: z.number().int().positive(), move: OfficialMove })),
  },
  responses: {
    200: json(CasePage, 'The case after the step'),
    ...problems(
      'http.invalid_input',
      'http.unauthenticated',
      'http.forbidden',
      'incidents.not_found',
      'incidents.stale',
      'incidents.bad_transition',
      'incidents.proof_missing',
      'incidents.agency_unknown',
      'files.not_found',
    ),
  },
})

export function consoleRoutes(live: Live) {
  const keep = createCountKeeper()
  return newRouter()
    .route('/', inboxRoutes(live, keep))
    .route('/', besideRoutes())
    .route('/', mapRoutes())
    .route('/', fileRoutes())
    .route('/', numbersRoutes())
    .route('/', auditRoutes())
    .route('/', settingsRoutes())
    .openapi(list, async (c) => {
      return c.json(await listWorkItems(c.var.ctx, c.req.valid('query'), keep), 200)
    })
    .openapi(get, async (c) => {
      return c.json(await getCase(c.var.ctx, c.req.valid('param').id), 200)
    })
    .openapi(move, async (c) => {
      const { version, move } = c.req.valid('json')
      const { id } = c.req.valid('param')
      return c.json(await moveCase(c.var.ctx, { id, version, move }), 200)
    })
}

export type ConsoleClient = ReturnType<typeof consoleRoutes>
