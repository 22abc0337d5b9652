import { createRoute, json, jsonBody, newRouter, problems, z } from '../../../http/kit.ts'
import { listScams, moveScam } from './desk.ts'
import { importScams } from './import.ts'
import {
  SCAM_STATES,
  ScamAnswer,
  ScamDesk,
  ScamFile,
  ScamImport,
  ScamListing,
  ScamMoveInput,
  ScamReported,
  ScamText,
} from './schema.ts'
import { checkScam, listScam, reportScam } from './service.ts'

const tags = ['guides']
const denied = ['http.unauthenticated', 'http.forbidden'] as const

const check = createRoute({
  method: 'post',
  path: '/scam-checks',
  operationId: 'checkScam',
  summary:
    'Whether a link, number, account or message is official, a known scam, suspicious, or unknown',
  description: 'Nothing of it is kept, and no link is opened.',
  tags,
  request: { body: jsonBody(ScamText) },
  responses: {
    200: json(ScamAnswer, 'What is known'),
    ...problems('http.invalid_input', 'http.rate_limited'),
  },
})

const report = createRoute({
  method: 'post',
  path: '/scam-reports',
  operationId: 'reportScam',
  summary: 'Tell officials of a scam',
  description:
    'Addresses, numbers and accounts are counted; neither the words nor the sender are kept.',
  tags,
  request: { body: jsonBody(ScamText) },
  responses: {
    200: json(ScamReported, 'Counted'),
    ...problems('http.invalid_input', 'http.rate_limited', 'guides.nothing_to_report'),
  },
})

const desk = createRoute({
  method: 'get',
  path: '/console/scams',
  operationId: 'listScams',
  summary: 'What people reported, and what officials listed',
  tags,
  request: { query: z.object({ state: z.enum(SCAM_STATES).default('reported') }) },
  responses: {
    200: json(ScamDesk, 'At most a hundred, the most reported first'),
    ...problems(...denied),
  },
})

const list = createRoute({
  method: 'post',
  path: '/console/scams',
  operationId: 'listScam',
  summary: 'Put an address, number or account on a list',
  tags,
  request: { body: jsonBody(ScamListing) },
  responses: {
    200: json(z.object({ id: z.string() }), 'Listed'),
    ...problems(...denied, 'http.invalid_input', 'guides.not_listable'),
  },
})

const importList = createRoute({
  method: 'post',
  path: '/console/scams/import',
  operationId: 'importScams',
  summary: 'Take a list of known frauds that somebody else keeps, all of it or nothing',
  tags,
  request: { body: jsonBody(ScamFile) },
  responses: {
    200: json(ScamImport, 'What was taken, or the lines that are faults'),
    ...problems(...denied, 'http.invalid_input'),
  },
})

const move = createRoute({
  method: 'post',
  path: '/console/scams/{id}/moves',
  operationId: 'moveScam',
  summary: 'Decide on what was reported, or ask for a notice',
  tags,
  request: { params: z.object({ id: z.string().max(40) }), body: jsonBody(ScamMoveInput) },
  responses: {
    204: { description: 'Done' },
    ...problems(...denied, 'http.invalid_input', 'http.not_found', 'http.conflict'),
  },
})

/** Checking and reporting for everybody, deciding for officials. */
export const scamRoutes = () =>
  newRouter()
    .openapi(check, async (c) =>
      c.json(await checkScam(c.var.ctx, c.req.valid('json'), c.var.remote), 200),
    )
    .openapi(report, async (c) => {
      await reportScam(c.var.ctx, c.req.valid('json'), c.var.remote)
      return c.json({ text: c.var.ctx.t('guides:scam.reported') }, 200)
    })
    .openapi(desk, async (c) => c.json(await listScams(c.var.ctx, c.req.valid('query').state), 200))
    .openapi(list, async (c) => c.json(await listScam(c.var.ctx, c.req.valid('json')), 200))
    .openapi(importList, async (c) =>
      c.json(await importScams(c.var.ctx, c.req.valid('json')), 200),
    )
    .openapi(move, async (c) => {
      await moveScam(c.var.ctx, c.req.valid('param').id, c.req.valid('json'))
      return c.body(null, 204)
    })
