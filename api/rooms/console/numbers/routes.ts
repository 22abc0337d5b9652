import type { Context } from 'hono'
import { createRoute, type HttpEnv, json, newRouter, problems, z } from '../../../http/kit.ts'
import { exportNumbers } from './export.ts'
import { Numbers, NumbersQuery } from './schema.ts'
import { readNumbers } from './service.ts'

const tags = ['console']
const denied = ['http.invalid_input', 'http.unauthenticated', 'http.forbidden'] as const

const read = createRoute({
  method: 'get',
  path: '/console/numbers',
  operationId: 'readNumbers',
  summary: 'Cases received in a span: open, on time, late, times, satisfaction, by one group',
  tags,
  request: { query: NumbersQuery },
  responses: { 200: json(Numbers, 'The figures'), ...problems(...denied) },
})

const fileRoute = (format: 'csv' | 'xlsx', type: string) =>
  createRoute({
    method: 'get',
    path: `/console/numbers.${format}`,
    operationId: `exportNumbers${format === 'csv' ? 'Csv' : 'Xlsx'}`,
    summary: `The same figures as ${format.toUpperCase()}; formulas in names are made harmless`,
    tags,
    request: { query: NumbersQuery },
    responses: {
      200: { description: 'The file', content: { [type]: { schema: z.string() } } },
      ...problems(...denied),
    },
  })
const csv = fileRoute('csv', 'text/csv')
const xlsx = fileRoute('xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')

async function sendFile(c: Context<HttpEnv>, query: unknown, format: 'csv' | 'xlsx') {
  const { body, type, name } = await exportNumbers(c.var.ctx, query, format)
  return c.body(body, 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
  })
}

export const numbersRoutes = () =>
  newRouter()
    .openapi(read, async (c) => c.json(await readNumbers(c.var.ctx, c.req.valid('query')), 200))
    .openapi(csv, (c) => sendFile(c, c.req.valid('query'), 'csv'))
    .openapi(xlsx, (c) => sendFile(c, c.req.valid('query'), 'xlsx'))
