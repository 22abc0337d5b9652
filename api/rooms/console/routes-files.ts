import type { Context } from 'hono'
import type { SheetFormat } from '../../core/sheet.ts'
import { createRoute, type HttpEnv, newRouter, problems, z } from '../../http/kit.ts'
import { WorkListQuery } from './schema.ts'
import { exportWork } from './service/export.ts'

const query = WorkListQuery.omit({ limit: true, cursor: true })

const fileRoute = (format: SheetFormat, type: string) =>
  createRoute({
    method: 'get',
    path: `/console/incidents.${format}`,
    operationId: `exportWork${format === 'csv' ? 'Csv' : 'Xlsx'}`,
    summary: `The rows of a list as ${format.toUpperCase()}, up to 10,000; formulas are made harmless`,
    tags: ['console'],
    request: { query },
    responses: {
      200: { description: 'The file', content: { [type]: { schema: z.string() } } },
      ...problems('http.invalid_input', 'http.unauthenticated', 'http.forbidden'),
    },
  })
const csv = fileRoute('csv', 'text/csv')
const xlsx = fileRoute('xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')

async function sendFile(c: Context<HttpEnv>, wanted: unknown, format: SheetFormat) {
  const { body, type, name } = await exportWork(c.var.ctx, wanted, format)
  return c.body(body, 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
  })
}

export const fileRoutes = () =>
  newRouter()
    .openapi(csv, (c) => sendFile(c, c.req.valid('query'), 'csv'))
    .openapi(xlsx, (c) => sendFile(c, c.req.valid('query'), 'xlsx'))
