import { createRoute, json, jsonBody, newRouter, problems, z } from '../../../http/kit.ts'
import { ActivityInput, TeamBoard } from './schema.ts'
import { dropActivity, enterActivity, readBoard } from './service.ts'

const tags = ['console']
const denied = ['http.unauthenticated', 'http.forbidden'] as const

const board = createRoute({
  method: 'get',
  path: '/console/team',
  operationId: 'readTeamBoard',
  summary: 'What the community digital team did in a year, by hamlet and task; counts, no names',
  tags,
  responses: { 200: json(TeamBoard, 'The board'), ...problems(...denied) },
})

const enter = createRoute({
  method: 'post',
  path: '/console/team/activities',
  operationId: 'enterTeamActivity',
  summary: 'Enter a session, a visit, or a training of the members',
  tags,
  request: { body: jsonBody(ActivityInput) },
  responses: {
    204: { description: 'Entered, or so already' },
    ...problems(...denied, 'http.invalid_input', 'http.conflict'),
  },
})

const drop = createRoute({
  method: 'delete',
  path: '/console/team/activities/{id}',
  operationId: 'dropTeamActivity',
  summary: 'Take back what you entered by mistake',
  tags,
  request: { params: z.object({ id: z.string().max(40) }) },
  responses: { 204: { description: 'Gone' }, ...problems(...denied, 'http.not_found') },
})

/** The community digital team's own doors. */
export const teamRoutes = () =>
  newRouter()
    .openapi(board, async (c) => c.json(await readBoard(c.var.ctx), 200))
    .openapi(enter, async (c) => {
      await enterActivity(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(drop, async (c) => {
      await dropActivity(c.var.ctx, c.req.valid('param').id)
      return c.body(null, 204)
    })
