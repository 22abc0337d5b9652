import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { Board, BoardQuery, DeskFilter, DeskPage, DraftApology } from './schema.ts'
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

const csv = createRoute({
  method: 'get',
  path: '/dossiers/desk/rows.csv',
  operationId: 'exportDeskDossiers',
  summary: 'The same rows as CSV, at most 20,000, with formulas made harmless',
  tags,
  request: { query: DeskFilter.omit({ limit: true, cursor: true }) },
  responses: {
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
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

/** What officials of the one-stop desk and their leaders see. */
export function boardRoutes() {
  return newRouter()
    .openapi(board, async (c) => c.json(await getBoard(c.var.ctx, c.req.valid('query')), 200))
    .openapi(rows, async (c) => c.json(await listDeskRows(c.var.ctx, c.req.valid('query')), 200))
    .openapi(csv, async (c) => {
      const file = await exportDesk(c.var.ctx, c.req.valid('query'))
      return c.body(file, 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="ho-so.csv"',
      })
    })
    .openapi(apology, async (c) => {
      return c.json(await draftApology(c.var.ctx, c.req.valid('json')), 200)
    })
}

export type DossierBoardClient = ReturnType<typeof boardRoutes>
