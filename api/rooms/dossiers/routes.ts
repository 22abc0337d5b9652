import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { LookUp, LookUpAnswer } from './schema.ts'
import { dossierCalendar } from './service/calendar.ts'
import { type Looker, lookUpDossier } from './service/look-up.ts'

const tags = ['dossiers']

type Vars = { remote: string; ctx: { actor: { kind: string; residentId?: string } } }

/** Whose guesses are counted together. */
function lookerOf({ remote, ctx: { actor } }: Vars): Looker {
  const { residentId } = actor
  return residentId === undefined ? { remote } : { remote, person: residentId }
}

const lookUp = createRoute({
  method: 'post',
  path: '/dossiers/lookup',
  operationId: 'lookUpDossier',
  summary: 'A dossier by its code: public facts; with the last four digits also the details',
  tags,
  request: { body: jsonBody(LookUp) },
  responses: {
    200: json(LookUpAnswer, 'The dossier, a better reading of the code, or whose code it is'),
    ...problems(
      'http.invalid_input',
      'http.rate_limited',
      'dossiers.not_found',
      'dossiers.code_invalid',
      'dossiers.too_many_tries',
    ),
  },
})

const calendar = createRoute({
  method: 'post',
  path: '/dossiers/calendar',
  operationId: 'getDossierCalendar',
  summary: 'The appointed day of a dossier as a calendar file',
  tags,
  request: { body: jsonBody(LookUp.pick({ code: true })) },
  responses: {
    200: {
      description: 'iCalendar (RFC 5545)',
      content: { 'text/calendar': { schema: z.string() } },
    },
    ...problems(
      'http.invalid_input',
      'http.rate_limited',
      'dossiers.not_found',
      'dossiers.code_invalid',
    ),
  },
})

/** What anybody may ask; codes stand in bodies, so that no log of addresses holds them. */
export function dossierRoutes() {
  return newRouter()
    .openapi(lookUp, async (c) => {
      return c.json(await lookUpDossier(c.var.ctx, c.req.valid('json'), lookerOf(c.var)), 200)
    })
    .openapi(calendar, async (c) => {
      const file = await dossierCalendar(c.var.ctx, c.req.valid('json').code, lookerOf(c.var))
      return c.body(file, 200, { 'Content-Type': 'text/calendar; charset=utf-8' })
    })
}

export type DossiersClient = ReturnType<typeof dossierRoutes>
