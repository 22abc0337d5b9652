import { createRoute, json, newRouter, problems } from '../../../http/kit.ts'
import { MapPoints, MapQuery } from './schema.ts'
import { readMap } from './service.ts'

const read = createRoute({
  method: 'get',
  path: '/console/map',
  operationId: 'readCaseMap',
  summary: 'Where cases stand, up to 50,000, as columns; as far as the own rights reach',
  tags: ['console'],
  request: { query: MapQuery },
  responses: {
    200: json(MapPoints, 'The points'),
    ...problems('http.invalid_input', 'http.unauthenticated', 'http.forbidden'),
  },
})

export const mapRoutes = () =>
  newRouter().openapi(read, async (c) =>
    c.json(await readMap(c.var.ctx, c.req.valid('query')), 200),
  )
