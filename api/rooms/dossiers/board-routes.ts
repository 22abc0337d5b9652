import type { Context } from 'hono'
import type { SheetFormat } from '../../core/sheet.ts'
import {
  createRoute,
  type HttpEnv,
  json,
  jsonBody,
  newRouter,
  problems,
  z,
} from '../../http/kit.ts'
import { Board, BoardQuery, DeskFilter, DeskPage, DraftApology } from './board-schema.ts'
import { draftApology, exportDesk, getBoard, listDeskRows } from './service/desk.ts'

const tags = ['dossiers']
const RIGHTS = ['http.unauthenticated', 'http.forbidden'] as const

const board = createRoute({
  method: 'get',
  path: '/dossiers/desk/board',
  operationId: 'getDossierBoard',
  summary: 'Open, due, late and still dossiers, and the on-time rate by the national rule',
  tags,
  request: { query: BoardQuery },
  responses: { 200: json(Board, 'The board'), ...problems(...RIGHTS, 'http.invalid_input') },
})

const rows = createRoute({
  method: 'get',
  path: '/dossiers/desk/rows',
  operationId: 'listDeskDossiers',
  summary: 'The dossiers behind a figure of the board, the longest due first',
  tags,
  request: { query: DeskFilter },
  responses: { 200: json(DeskPage, 'One page'), ...problems(...RIGHTS, 'http.invalid_input') },
})

const FileFilter = DeskFilter.omit({ limit: true, cursor: true })
type FileFilter = z.output<typeof FileFilter>

const csv = createRoute({
  method: 'get',
  path: '/dossiers/desk/rows.csv',
  operationId: 'exportDeskDossiers',
  summary: 'The same rows as CSV, at most 20,000, with formulas made harmless',
  tags,
  request: { query: FileFilter },
  responses: {
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
    ...problems(...RIGHTS, 'http.invalid_input'),
  },
})

const xlsx = createRoute({
  method: 'get',
  path: '/dossiers/desk/rows.xlsx',
  operationId: 'exportDeskWorkbook',
  summary: 'The same rows as a workbook, at most 20,000, with formulas made harmless',
  tags,
  request: { query: FileFilter },
  responses: {
    200: {
      description: 'XLSX',
      content: {
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
          schema: z.string().meta({ format: 'binary' }),
        },
      },
    },
    ...problems(...RIGHTS, 'http.invalid_input'),
  },
})

const apology = createRoute({
  method: 'post',
  path: '/dossiers/desk/apology',
  operationId: 'draftDossierApology',
  summary: 'The words of an apology with a new day; nothing is sent or kept',
  tags,
  request: { body: jsonBody(DraftApology) },
  responses: {
    200: json(z.object({ text: z.string() }), 'The draft'),
    ...problems(...RIGHTS, 'http.invalid_input', 'dossiers.not_found', 'dossiers.apology_twice'),
  },
})

async function sendFile(c: Context<HttpEnv>, filter: FileFilter, format: SheetFormat) {
  const { body, type, name } = await exportDesk(c.var.ctx, filter, format)
  return c.body(body, 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
  })
}

/** What officials of the one-stop desk and their leaders see. */
export function boardRoutes() {
  return newRouter()
    .openapi(board, async (c) => c.json(await getBoard(c.var.ctx, c.req.valid('query')), 200))
    .openapi(rows, async (c) => c.json(await listDeskRows(c.var.ctx, c.req.valid('query')), 200))
    .openapi(csv, (c) => sendFile(c, c.req.valid('query'), 'csv'))
    .openapi(xlsx, (c) => sendFile(c, c.req.valid('query'), 'xlsx'))
    .openapi(apology, async (c) => {
      return c.json(await draftApology(c.var.ctx, c.req.valid('json')), 200)
    })
}

export type DossierBoardClient = ReturnType<typeof boardRoutes>
